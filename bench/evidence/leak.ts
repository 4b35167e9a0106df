/** False and true calls of a leak, iteration by iteration. Run with `npx tsx bench/evidence/leak.ts [--full]`. */
import { type Leak, type LeakWord, leakOf } from '#domain/evidence/leak/leak.ts'
import type { Series } from '#domain/series/series.ts'
import { normalFrom, type Random } from '#domain/stats/random.ts'
import { median } from '#domain/stats/quantile.ts'
import { epochMs, SECOND_MS } from '#domain/units.ts'
import { writePlot } from '../plot.ts'
import { type Cell, runIfStarted, runStudy, type Scale, type Study } from './study.ts'
import { percent, pointsOf, printTable, shareOf } from './table.ts'

const ITERATIONS = 12
const LOAD_SEC = 60
const DRAIN_SEC = 60
/** As a feed is read. */
const STEP_SEC = 2
const FLOOR = 100
const AMPLITUDE = 400
/** 2 % of the first peak: floor and amplitude. */
const SLOPE_OF_ISSUE = 0.02 * (FLOOR + AMPLITUDE)
const LIMIT = 700

/** What each look said; a look after every iteration. */
type Looked = {
  words: readonly LeakWord[]
  wanders: boolean
  /** At the first look that said `leak`: the iteration in which the limit is truly reached less the one foreseen, and whether the interval held it. */
  reach: { error: number; isHeld: boolean } | null
}

type Test = {
  slope?: number
  /** Deviations of the floors from their line, one per iteration. */
  noise?: (random: Random) => Float64Array
  /** More amplitude with every iteration. */
  growth?: number
  /** Time constant of the drain, in seconds. */
  decaySec?: number
  /** Share of the load that is given back within minutes only. */
  slowShare?: number
  /** Every other pause is so short that nothing comes to rest in it. */
  hasShortPauses?: boolean
}

const SHORT_DRAIN_SEC = 30

/** When each iteration begins and ends, in seconds. */
function planOf({ hasShortPauses = false }: Test) {
  let start = 0
  return Array.from({ length: ITERATIONS }, (_, i) => {
    const drainSec = hasShortPauses && i % 2 === 1 ? SHORT_DRAIN_SEC : DRAIN_SEC
    const from = start
    start += LOAD_SEC + drainSec
    return { number: i + 1, from, to: from + LOAD_SEC, until: start }
  })
}

/** Time constant of what is given back slowly. */
const SLOW_SEC = 120

const white = (sd: number) => (random: Random) =>
  Float64Array.from({ length: ITERATIONS }, () => sd * normalFrom(random))

const autoregressive = (rho: number, sd: number) => (random: Random) => {
  let state = sd * normalFrom(random)
  return Float64Array.from({ length: ITERATIONS }, () => {
    const now = state
    state = rho * state + sd * Math.sqrt(1 - rho * rho) * normalFrom(random)
    return now
  })
}

const walk = (sd: number) => (random: Random) => {
  let state = 0
  return Float64Array.from({ length: ITERATIONS }, () => (state += sd * normalFrom(random)))
}

const NULLS: Record<string, Test> = {
  'white, sd 3': { noise: white(3) },
  'white, sd 0.7': { noise: white(0.7) },
  'AR(1) 0.5, sd 3': { noise: autoregressive(0.5, 3) },
  'AR(1) 0.8, sd 3': { noise: autoregressive(0.8, 3) },
  'random walk, step 3': { noise: walk(3) },
  'load grows by 50, drains with 12 s': { noise: white(1), growth: 50, decaySec: 12 },
  'load grows by 50, drains with 15 s': { noise: white(1), growth: 50, decaySec: 15 },
  'load grows by 50, 5 % stays for 2 min': { noise: white(1), growth: 50, slowShare: 0.05 },
  'the same, every other pause too short': {
    noise: white(1),
    growth: 50,
    slowShare: 0.05,
    hasShortPauses: true,
  },
}
const SLOPES = [1, 2, 3, 5, SLOPE_OF_ISSUE, 15] as const
const slopeName = (slope: number) => `+${slope} per iteration, sd 3`

/** Counts of one test: load and pause, over and over. */
function seriesOf(test: Test, random: Random): Series {
  const { slope = 0, noise, growth = 0, decaySec = 5, slowShare = 0 } = test
  const deviations = noise?.(random) ?? new Float64Array(ITERATIONS)
  const timeMs: number[] = []
  const value: number[] = []
  for (const { number, from, to, until } of planOf(test)) {
    const i = number - 1
    const floor = FLOOR + slope * i + deviations[i]!
    const before = i === 0 ? FLOOR : floor - slope
    const amplitude = AMPLITUDE + growth * i
    for (let sec = from; sec < until; sec += STEP_SEC) {
      const rise = Math.min(1, (sec - from + STEP_SEC) / 20)
      const level =
        sec < to
          ? before + amplitude * rise
          : floor +
            (before + amplitude - floor) * leftAfter(sec - to, decaySec, slowShare) +
            normalFrom(random)
      // Samples of a drain tremble; peaks do not, so that it is known when the limit is reached.
      timeMs.push(sec * SECOND_MS)
      value.push(Math.max(0, Math.round(level)))
    }
  }
  return { timeMs: Float64Array.from(timeMs), value: Float64Array.from(value) }
}

const leftAfter = (sec: number, decaySec: number, slowShare: number) =>
  (1 - slowShare) * Math.exp(-sec / decaySec) + slowShare * Math.exp(-sec / SLOW_SEC)

function look(test: Test, random: Random): Looked {
  const series = seriesOf(test, random)
  const plan = planOf(test)
  const iterations = plan.map(({ number, from, to }) => ({
    number,
    label: '',
    from: epochMs(from * SECOND_MS),
    to: epochMs(to * SECOND_MS),
  }))
  const looks = plan.map(({ number, until }): Leak => {
    const samples = until / STEP_SEC
    return leakOf({
      series: {
        timeMs: series.timeMs.subarray(0, samples),
        value: series.value.subarray(0, samples),
      },
      limits: [{ from: epochMs(0), value: LIMIT, source: 'planted' }],
      iterations: iterations.slice(0, number),
      own: 0,
      to: epochMs(until * SECOND_MS - 1),
    })
  })
  const first = looks.find(({ word }) => word === 'leak')
  const truth = reachedIn(test)
  return {
    words: looks.map(({ word }) => word),
    wanders: looks.at(-1)!.doesWander,
    reach:
      first?.reaches && truth !== null
        ? {
            error: first.reaches.value - truth,
            isHeld: first.reaches.low <= truth && truth <= first.reaches.high,
          }
        : null,
  }
}

/** The iteration in which the line of the floors and the amplitude reach the limit. */
function reachedIn({ slope = 0 }: Test): number | null {
  return slope > 0 ? 2 + Math.ceil((LIMIT - AMPLITUDE - FLOOR) / slope) : null
}

export const study: Study<Looked> = {
  seed: 5_923,
  cells: [
    ...Object.entries(NULLS).map(
      ([name, test]): Cell<Looked> => ({ name, run: (random) => look(test, random) }),
    ),
    ...SLOPES.map(
      (slope): Cell<Looked> => ({
        name: slopeName(slope),
        run: (random) => look({ slope, noise: white(3) }, random),
      }),
    ),
  ],
}

export async function benchLeak(scale: Scale) {
  const results = await runStudy(import.meta.url, study, scale)
  const calledBy = (name: string, word: LeakWord, looks: number) =>
    shareOf(results.get(name)!, ({ words }) => words.slice(0, looks).includes(word))
  printTable(
    `Leak, no leak planted: called at any of ${ITERATIONS} looks, in %, ${scale.runs} runs per row; one standard error at 3 %: ${pointsOf(0.03, scale.runs)} points`,
    ['floors', 'leak', 'suspected (look 4)', 'cannot separate', 'said to wander, of leaks'],
    Object.keys(NULLS).map((name) => {
      const called = results.get(name)!.filter(({ words }) => words.includes('leak'))
      return [
        name,
        percent(calledBy(name, 'leak', ITERATIONS)),
        percent(calledBy(name, 'suspected', ITERATIONS)),
        percent(calledBy(name, 'cannot-separate', ITERATIONS)),
        percent(shareOf(called, ({ wanders }) => wanders)),
      ]
    }),
  )
  printTable(
    `Leak planted: called in %, peak ${FLOOR + AMPLITUDE}, ${scale.runs} runs per row`,
    [
      'floors',
      'before floor 4',
      'suspected at 4',
      'leak by 5',
      'leak by 6',
      'leak by 8',
      'break foreseen: median error (interval holds it)',
    ],
    SLOPES.map((slope) => {
      const name = slopeName(slope)
      const runs = results.get(name)!
      const reaches = runs.flatMap(({ reach }) => reach ?? [])
      const held = percent(shareOf(reaches, ({ isHeld }) => isHeld))
      return [
        name,
        percent(shareOf(runs, ({ words }) => words.slice(0, 3).some((word) => word !== 'none'))),
        percent(shareOf(runs, ({ words }) => words[3] === 'suspected')),
        ...[5, 6, 8].map((looks) => percent(calledBy(name, 'leak', looks))),
        `${median(reaches.map(({ error }) => error)) ?? '–'} (${held} %)`,
      ]
    }),
  )
  if (scale.isFull)
    writePlot('evidence-leak', {
      title: 'Leak found, by its size: floors with a standard deviation of 3, peak 500',
      xLabel: 'true rise per iteration (10 is 2 % of the peak)',
      yLabel: '% called',
      xTicks: [0, ...SLOPES].map((at) => ({ at, text: `${at}` })),
      yTicks: [0, 20, 40, 60, 80, 100],
      x: [0, 15.5],
      rules: [{ x: SLOPE_OF_ISSUE, text: '2 % of the peak' }],
      lines: [
        {
          name: 'suspected at the fourth floor',
          marks: SLOPES.map((x) => ({
            x,
            y: 100 * shareOf(results.get(slopeName(x))!, ({ words }) => words[3] === 'suspected'),
          })),
        },
        ...[5, 6, 8].map((looks) => ({
          name: `leak by floor ${looks}`,
          marks: SLOPES.map((x) => ({ x, y: 100 * calledBy(slopeName(x), 'leak', looks) })),
        })),
      ].map((line) => ({ ...line, isJoined: true })),
    })
}

await runIfStarted(import.meta.url, benchLeak)
