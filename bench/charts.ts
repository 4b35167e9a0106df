/**
 * What the charts cost in a real browser, against uPlot and idiomatic Recharts doing the same in the same run: docs/performance.md.
 * Run alone, on a quiet machine, with `npx tsx bench/charts.ts`, a part of it with `npx tsx bench/charts.ts hover`.
 */
import { isMainThread } from 'node:worker_threads'
import { fileURLToPath } from 'node:url'
import {
  type BenchBrowser,
  type BenchPage,
  type Cost,
  openBenchBrowser,
} from './browser/benchBrowser.ts'
import type { ChartLoad } from './browser/pages/chartBench.ts'
import type { FrameTimes } from './browser/pages/frameTimes.ts'
import { medianOf } from './measure.ts'
import type { Findings, Goal, Measured } from './findings.ts'
import { report } from './record.ts'

type Library = 'tidemark' | 'uplot' | 'recharts' | 'live'
/** One thing measured of one library: in a fresh page each time. */
type Case = { library: Library; load: ChartLoad }
type Part = (browser: BenchBrowser) => Promise<Pick<Findings, 'title' | 'rows' | 'goals'>>

const FRAMES = 240
const LEAST_MS = 4_000
const RUNS = 5
const DAY = 86_400
const CHART: ChartLoad = { panels: 1, series: 8, points: 2 * DAY, limits: 0, events: 0 }
/** Twice the events that are in view: the window shows half of the data. */
const FULL: ChartLoad = { ...CHART, limits: 8, events: 200_000 }

/** Every case `runs` times, by turns, so that a slow phase of the machine meets all alike; medians. */
async function compared<Name extends string>(
  browser: BenchBrowser,
  cases: Readonly<Record<Name, Case>>,
  measure: (page: BenchPage, load: ChartLoad) => Promise<Measured>,
  runs = RUNS,
): Promise<Record<Name, Measured>> {
  const names = Object.keys(cases) as Name[]
  const found = new Map<Name, Measured[]>(names.map((name) => [name, []]))
  for (let run = 0; run < runs; run++)
    for (const name of names) {
      const { library, load } = cases[name]
      const one = await browser.open(`${library}.html`, (page) => measure(page, load))
      found.get(name)!.push(one)
    }
  const medians = names.map((name) => {
    const all = found.get(name)!
    const keys = Object.keys(all[0]!)
    return [
      name,
      Object.fromEntries(keys.map((key) => [key, medianOf(all.map((one) => one[key]!))])),
    ]
  })
  return Object.fromEntries(medians) as Record<Name, Measured>
}

function averageOf(all: readonly Measured[]): Measured {
  const keys = Object.keys(all[0]!)
  const sum = (key: string) => all.reduce((sum, one) => sum + one[key]!, 0)
  return Object.fromEntries(keys.map((key) => [key, sum(key) / all.length]))
}

const perFrame = ({ mainMs, cpuMs }: Cost, frames: number) => ({
  main: mainMs / frames,
  // Where the system does not tell what a process used, the main thread stands for it.
  cpu: (cpuMs ?? mainMs) / frames,
})

async function opened({ call }: BenchPage, load: ChartLoad) {
  await call('prepare', load)
  await call('mount')
}

/** To and fro in so many frames, for as often as it takes to measure longer than the steps in which CPU time is told. */
const panOf = (frames: number) => async (page: BenchPage, load: ChartLoad) => {
  await opened(page, load)
  await page.call('pan', Math.min(20, frames))
  const rounds: Measured[] = []
  for (const begun = performance.now(); performance.now() - begun < LEAST_MS; ) {
    const { result, ...cost } = await page.measured<FrameTimes>('pan', frames)
    rounds.push({
      ...perFrame(cost, frames),
      p95: result.p95Ms,
      dropped: 100 * result.droppedShare,
      nodes: await page.call<number>('nodes'),
    })
  }
  return averageOf(rounds)
}

async function hover(page: BenchPage, load: ChartLoad) {
  await opened(page, load)
  await page.call('hover', 20)
  return perFrame(await page.measured('hover', FRAMES), FRAMES)
}

const TICKS = 20
async function tick(page: BenchPage, load: ChartLoad) {
  await opened(page, load)
  await page.call('tick', { times: 3, everyMs: 1_000 })
  const { mainMs, cpuMs } = await page.measured('tick', { times: TICKS, everyMs: 1_000 })
  return { main: mainMs / (10 * TICKS), core: (cpuMs ?? mainMs) / (10 * TICKS) }
}

async function first(page: BenchPage, load: ChartLoad) {
  await page.call('prepare', load)
  await page.call('longestTaskMs')
  const cost = await page.measured('mount')
  return { main: cost.mainMs, longest: await page.call<number>('longestTaskMs') }
}

const most = (words: string, value: number, most: number, unit = '×'): Goal => ({
  words,
  value,
  most,
  unit,
})

const PARTS: Readonly<Record<string, Part>> = {
  async pan(browser) {
    const found = await compared(
      browser,
      {
        uplot: { library: 'uplot', load: CHART },
        tidemark: { library: 'tidemark', load: FULL },
        'no events': { library: 'tidemark', load: { ...FULL, events: 0 } },
      },
      panOf(FRAMES),
    )
    const { uplot, tidemark, 'no events': without } = found
    return {
      title: 'pan over 24 h of seconds, 8 series, 8 limit steps, 100 000 events in view: per frame',
      rows: found,
      goals: [
        most('CPU against uPlot without events', tidemark['cpu']! / uplot['cpu']!, 1.25),
        most('p95 frame', tidemark['p95']!, 17, 'ms'),
        most('dropped', tidemark['dropped']!, 2, '%'),
        most('events add to the main thread', tidemark['main']! - without['main']!, 3, 'ms'),
        most('events add', tidemark['nodes']! - without['nodes']!, 10, 'nodes'),
      ],
    }
  },
  async million(browser) {
    const load = { ...CHART, points: 2_000_000 }
    const found = await compared(
      browser,
      {
        uplot: { library: 'uplot', load },
        tidemark: { library: 'tidemark', load: { ...load, limits: 8, events: 200_000 } },
      },
      panOf(20),
      3,
    )
    return {
      title: 'pan over 1 000 000 points per series in view',
      rows: found,
      goals: [most('CPU against uPlot', found.tidemark['cpu']! / found.uplot['cpu']!, 0.5)],
    }
  },
  async recharts(browser) {
    const load = { ...CHART, series: 4, points: 20_000, limits: 4, events: 50 }
    const found = await compared(
      browser,
      { recharts: { library: 'recharts', load }, tidemark: { library: 'tidemark', load } },
      panOf(20),
      3,
    )
    return {
      title:
        'pan over 10 000 points in view, 4 series, 4 limits, 50 events, against idiomatic Recharts',
      rows: found,
      goals: [
        {
          words: 'times as fast, CPU',
          value: found.recharts['cpu']! / found.tidemark['cpu']!,
          least: 20,
          unit: '×',
        },
      ],
    }
  },
  async small(browser) {
    const load = { ...CHART, points: 2_000 }
    const found = await compared(
      browser,
      {
        uplot: { library: 'uplot', load },
        tidemark: { library: 'tidemark', load: { ...load, limits: 1 } },
      },
      panOf(FRAMES),
    )
    return {
      title: 'pan over 1 000 points in view, 8 series',
      rows: found,
      goals: [most('CPU against uPlot', found.tidemark['cpu']! / found.uplot['cpu']!, 2)],
    }
  },
  async hover(browser) {
    const load = { panels: 3, series: 2, limits: 0, events: 0 }
    const few = { ...load, points: 2_000 }
    const many = { ...load, points: 2 * DAY }
    const busy = { limits: 8, events: 20_000 }
    const found = await compared(
      browser,
      {
        'uplot 1e3': { library: 'uplot', load: few },
        'uplot 1e5': { library: 'uplot', load: many },
        'live 1e3': { library: 'live', load: { ...few, ...busy } },
        'live 1e5': { library: 'live', load: { ...many, ...busy } },
      },
      hover,
    )
    return {
      title:
        'hover with its readout: the Live screen against three uPlot charts with live legends, per move',
      rows: found,
      goals: [
        most('CPU against uPlot', found['live 1e5']['cpu']! / found['uplot 1e5']['cpu']!, 2),
        most(
          'main thread against uPlot',
          found['live 1e5']['main']! / found['uplot 1e5']['main']!,
          2,
        ),
        most(
          'with 86 times the points',
          found['live 1e5']['main']! / found['live 1e3']['main']!,
          1.25,
        ),
      ],
    }
  },
  async tick(browser) {
    const load = { ...CHART, panels: 6, points: 7_200, limits: 1 }
    const found = await compared(
      browser,
      { uplot: { library: 'uplot', load }, tidemark: { library: 'tidemark', load } },
      tick,
      3,
    )
    return {
      title: 'live tick: 6 panels of 8 series at 1 Hz, % of one core',
      rows: found,
      goals: [most('of one core', found.tidemark['core']!, 12, '%')],
    }
  },
  async first(browser) {
    const load = { ...CHART, panels: 6, points: 7_200, limits: 1 }
    const found = await compared(
      browser,
      { uplot: { library: 'uplot', load }, tidemark: { library: 'tidemark', load } },
      first,
    )
    return {
      title: 'first dashboard: 6 panels of 8 series, ms',
      rows: found,
      goals: [
        most('main thread against uPlot', found.tidemark['main']! / found.uplot['main']!, 4),
        most('longest task', found.tidemark['longest']!, 100, 'ms'),
      ],
    }
  },
}

/** All parts, or the one that is named. */
export async function benchCharts(wanted?: string) {
  const browser = await openBenchBrowser()
  for (const [name, part] of Object.entries(PARTS))
    if (wanted === undefined || wanted === name)
      report(name, { ...(await part(browser)), command: `npx tsx bench/charts.ts ${name}` })
  await browser.close()
}

if (isMainThread && process.argv[1] === fileURLToPath(import.meta.url))
  await benchCharts(process.argv.slice(2).find((word) => !word.startsWith('--')))
