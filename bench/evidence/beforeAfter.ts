/** Whether a raised limit is called a success where nothing changed, and where it was one. Run with `npx tsx bench/evidence/beforeAfter.ts [--full]`. */
import { beforeAfterOf, type BeforeAfter } from '#domain/evidence/raise/beforeAfter.ts'
import type { GuardedSeries } from '#domain/evidence/raise/guards.ts'
import { poissonFrom, type Random } from '#domain/stats/random.ts'
import { epochMs, SECOND_MS } from '#domain/units.ts'
import { errorsOf } from './causes.ts'
import { type Cell, runIfStarted, runStudy, type Scale, type Study } from './study.ts'
import { percent, pointsOf, printTable, shareOf } from './table.ts'
import { between, LIMIT, wander } from './usage.ts'
import { attemptsSeries, failuresOf, watchedSeconds } from './window.ts'

/** Half an hour of seconds on either side. */
const SIDE = 1_800
const RAISED = 800
/** Seconds of a burst, and the share that fails in it. */
const BURST = 30
const FAILING = 0.8

type Word = BeforeAfter['word'] | 'none'

type Setting = {
  /** Bursts that are expected before and after, wherever the count stands. */
  bursts?: readonly [before: number, after: number]
  /** The limit refuses 30 % when it is reached. */
  isCausal?: boolean
  /** The load after, as a share of the load before. */
  loadAfter?: number
  /** Queues are watched as well. */
  queues?: Queues
}

/** What queues hold after, as a share of what they held before. */
type Queues = { callersAfter: number; waitingAfter: number }

const SETTINGS: Record<string, Setting> = {
  'no change, 1 burst per side': { bursts: [1, 1] },
  'no change, 3 bursts per side': { bursts: [3, 3] },
  'no change, 6 bursts per side': { bursts: [6, 6] },
  'no change, 12 bursts per side': { bursts: [12, 12] },
  'no change, 6 bursts, half the load after': { bursts: [6, 6], loadAfter: 0.5 },
  'five times fewer bursts, 3 before': { bursts: [3, 0.6] },
  'five times fewer bursts, 6 before': { bursts: [6, 1.2] },
  'five times fewer bursts, 12 before': { bursts: [12, 2.4] },
  'the limit refused, now nothing does': { isCausal: true },
  'the same, half the load after': { isCausal: true, loadAfter: 0.5 },
  'the limit refused, queues as before': {
    isCausal: true,
    queues: { callersAfter: 1, waitingAfter: 1 },
  },
  'the limit refused, half the callers after': {
    isCausal: true,
    queues: { callersAfter: 0.5, waitingAfter: 0.5 },
  },
  'the limit refused, callers wait twice as long': {
    isCausal: true,
    queues: { callersAfter: 1, waitingAfter: 2 },
  },
  'no change, 3 bursts per side, queues as before': {
    bursts: [3, 3],
    queues: { callersAfter: 1, waitingAfter: 1 },
  },
}

/** Levels of queues come every 15 s. */
const QUEUE_EVERY = 15

/** Five guards that wander for minutes, all of them about one crowd of callers. */
function guardsOf(
  { callersAfter, waitingAfter }: Queues,
  random: Random,
): readonly GuardedSeries[] {
  const every = (level: number, after: number) => {
    const moods = wander((2 * SIDE) / QUEUE_EVERY, 4, random, 1, 0.15)
    return {
      timeMs: Float64Array.from(moods, (_, i) => i * QUEUE_EVERY * SECOND_MS),
      value: Float64Array.from(
        moods,
        (mood, i) => level * Math.max(0, mood) * (i * QUEUE_EVERY < SIDE ? 1 : after),
      ),
    }
  }
  const waiting = every(5, waitingAfter)
  const interacting = every(45, callersAfter)
  const waits = waitingAfter / callersAfter
  return [
    { title: 'Waiting', unit: 'count', worse: 'higher', series: waiting, load: [] },
    {
      title: 'Interacting',
      unit: 'count',
      worse: 'lower',
      series: interacting,
      load: [interacting, waiting],
    },
    {
      title: 'Longest waiting',
      unit: 'seconds',
      worse: 'higher',
      series: every(30, waits),
      load: [],
    },
    {
      title: 'Abandons per minute',
      unit: 'perMinute',
      worse: 'higher',
      series: every(1, callersAfter * waits),
      load: [every(30, callersAfter)],
    },
    { title: 'Service level', unit: 'percent', worse: 'lower', series: every(80, 1), load: [] },
  ]
}

/** The count wanders around 85 % of the old limit and is cut off at the one in force; attempts follow what is wanted. */
function judged(
  { bursts, isCausal = false, loadAfter = 1, queues }: Setting,
  random: Random,
): Word {
  const wanted = wander(2 * SIDE, 120, random, 0.85, 0.15).map(
    (share, i) => Math.max(0, share) * (i < SIDE ? 1 : loadAfter),
  )
  const limitAt = (i: number) => (i < SIDE ? LIMIT : RAISED)
  const value = wanted.map((share, i) => Math.min(limitAt(i), Math.round(share * LIMIT)))
  const attempts = wanted.map((share) => poissonFrom(random, 3 * share))
  const chance = wanted.map((share, i) => (isCausal && share * LIMIT >= limitAt(i) ? 0.3 : 0.001))
  bursts?.forEach((expected, side) => {
    for (let burst = poissonFrom(random, expected); burst > 0; burst--) {
      const start = side * SIDE + Math.floor(between(random, 0, SIDE - BURST))
      chance.fill(FAILING, start, start + BURST)
    }
  })
  const found = beforeAfterOf({
    from: epochMs(0),
    to: epochMs(2 * SIDE * SECOND_MS),
    subject: {
      ...watchedSeconds(value),
      limits: [
        { from: epochMs(0), value: LIMIT, source: 'planted' },
        { from: epochMs(SIDE * SECOND_MS), value: RAISED, source: 'planted' },
      ],
    },
    capacity: failuresOf(errorsOf({ value, attempts, chance }, random)),
    attempts: attemptsSeries(attempts),
    clients: null,
    guards: queues ? guardsOf(queues, random) : [],
  })
  return found?.word ?? 'none'
}

export const study: Study<Word> = {
  seed: 1_867,
  cells: Object.entries(SETTINGS).map(
    ([name, setting]): Cell<Word> => ({ name, run: (random) => judged(setting, random) }),
  ),
}

const WORDS = ['worked', 'did-not', 'cannot-tell', 'load-not-comparable'] as const

export async function benchBeforeAfter(scale: Scale) {
  const results = await runStudy(import.meta.url, study, scale)
  printTable(
    `Before and after a raise, in %, ${scale.runs} runs per row; one standard error at 5 %: ${pointsOf(0.05, scale.runs)} points`,
    ['truth', ...WORDS],
    [...results].map(([name, words]) => [
      name,
      ...WORDS.map((word) => percent(shareOf(words, (one) => one === word))),
    ]),
  )
}

await runIfStarted(import.meta.url, benchBeforeAfter)
