import { expect, test } from 'vitest'
import { errorEvent } from '#domain/errors/errorEvent.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { observation } from '#domain/observation.ts'
import { durationMs, type EpochMs, epochMs, later, MINUTE_MS, SECOND_MS } from '#domain/units.ts'
import { someMetric } from '#testing/someMetric.ts'
import { stillMonitor } from '#testing/stillMonitor.ts'
import { evidenceAnswer } from './evidenceAnswer.ts'
import type { EvidenceDesk } from './evidenceDesk.ts'
import type { EvidenceRequest } from './evidenceRequest.ts'
import { createEvidenceWatch, type EvidenceView, type Watched } from './evidenceWatch.ts'

const START = epochMs(1_789_642_800_000)
const LIMIT = 100
const connections: Metric = someMetric('connections.open', {
  group: 'connections',
  intervalMs: SECOND_MS,
})
const TEN_MINUTES = 600_000

/**
 * At the limit now and then, with two refusals a second there: a strict beat would prove nothing,
 * since shifts repeat it.
 */
const FULL = [
  [300, 340],
  [420, 435],
  [500, 560],
  [640, 665],
  [760, 840],
] as const
const isFull = (sec: number) => FULL.some(([from, to]) => sec >= from && sec < to)

function setup(seconds: number) {
  const now = later(START, seconds * 1_000)
  const monitor = stillMonitor(now)
  const fill = (from: number, to: number) => {
    const secs = Array.from({ length: to - from }, (_, i) => from + i)
    monitor.observe(
      observation({
        metrics: [connections],
        samples: [
          {
            metric: connections.id,
            series: {
              timeMs: Float64Array.from(secs, (sec) => START + sec * 1_000),
              value: Float64Array.from(secs, (sec) => (isFull(sec) ? LIMIT : 40)),
            },
          },
        ],
        limits: [{ metric: connections.id, step: { from: START, value: LIMIT, source: 'test' } }],
        errors: secs.filter(isFull).map((sec) =>
          errorEvent({
            at: later(START, sec * 1_000 + 500),
            class: 'capacity',
            source: 'feed',
            status: 503,
            count: 2,
          }),
        ),
      }),
    )
  }
  fill(0, seconds)
  const asked: EvidenceRequest[] = []
  let failure: Error | null = null
  const desk: EvidenceDesk = {
    ask: async (request) => {
      asked.push(request)
      if (failure) throw failure
      return evidenceAnswer(structuredClone(request))
    },
    close: () => undefined,
  }
  const watch = createEvidenceWatch({ monitor, desk })
  const watched = (to: EpochMs, isMoving: boolean): Watched => ({
    window: { from: later(to, -TEN_MINUTES), to },
    isMoving,
    isDetailed: false,
    subject: { metric: connections, attempts: null },
  })
  /** Says what is on the screen and waits for what comes of it. */
  async function shown(to: EpochMs, isMoving = true): Promise<EvidenceView> {
    const before = asked.length
    const settled = new Promise<void>((resolve) => {
      const leave = watch.subscribe(() => {
        const view = watch.view()
        if (view.kind === 'ready' && view.isComputing) return
        leave()
        resolve()
      })
    })
    watch.watch(watched(to, isMoving))
    if (asked.length > before) await settled
    return watch.view()
  }
  const fail = (error: Error | null) => {
    failure = error
  }
  /** Until nothing is on its way any more: the desk here answers at once. */
  const quiet = () => new Promise<void>((resolve) => void setImmediate(resolve))
  return { monitor, watch, watched, asked, now, fill, shown, fail, quiet }
}

const wordOf = (view: EvidenceView) => (view.kind === 'ready' ? view.report.verdict.word : null)

test('a moving window is judged by three looks, twenty bins apart', async () => {
  const { asked, now, shown } = setup(900)
  const view = await shown(now)
  expect(asked[0]?.earlier).toHaveLength(2)
  expect(view).toMatchObject({
    kind: 'ready',
    report: {
      verdict: { word: 'capacity-bound' },
      looks: ['capacity-bound', 'capacity-bound', 'capacity-bound'],
    },
  })
})

test('a look that was computed once is not computed again', async () => {
  const { asked, fill, now, shown } = setup(900)
  await shown(now)
  fill(900, 920)
  await shown(later(now, 20_000))
  expect(asked).toHaveLength(2)
  expect(asked[1]?.earlier).toHaveLength(0)
})

test('between two looks nothing is asked', async () => {
  const { asked, now, shown } = setup(900)
  await shown(now)
  await shown(later(now, 3_000))
  expect(asked).toHaveLength(1)
})

test('news of the past is looked at at once', async () => {
  const { asked, monitor, now, shown } = setup(900)
  await shown(now)
  monitor.observe(
    observation({
      errors: [
        errorEvent({ at: later(START, 700_250), class: 'capacity', source: 'jtl', status: 503 }),
      ],
    }),
  )
  await shown(now)
  expect(asked).toHaveLength(2)
  expect(asked[1]?.earlier.length).toBeGreaterThan(0)
})

test('a window that stands still is judged at the first look', async () => {
  const { asked, now, shown } = setup(900)
  const view = await shown(now, false)
  expect(asked[0]?.earlier).toHaveLength(0)
  expect(wordOf(view)).toBe('capacity-bound')
  await shown(now, false)
  expect(asked).toHaveLength(1)
})

test('while the history is read back nothing is judged', async () => {
  const { asked, monitor, now, shown } = setup(900)
  monitor.setFacts({ isLoadingHistory: true })
  expect(await shown(now)).toEqual({ kind: 'waiting' })
  monitor.setFacts({ isLoadingHistory: false })
  await shown(now)
  expect(asked).toHaveLength(1)
})

test('a desk that fails is told, and the next look tries again', async () => {
  const { fail, fill, now, shown } = setup(900)
  fail(new Error('out of memory'))
  expect(await shown(now)).toEqual({ kind: 'failed', message: 'out of memory' })
  fail(null)
  fill(900, 930)
  expect(wordOf(await shown(later(now, 30_000)))).toBe('capacity-bound')
})

test('a window that stands still is tried again ten seconds after a failure, when something is new', async () => {
  const { asked, fail, fill, monitor, now, quiet, shown, watch } = setup(900)
  fail(new Error('could not be loaded'))
  expect(await shown(now, false)).toMatchObject({ kind: 'failed' })
  fail(null)
  fill(910, 915)
  expect(asked).toHaveLength(1)
  monitor.setNow(later(now, 10_000))
  fill(915, 920)
  await quiet()
  expect(wordOf(watch.view())).toBe('capacity-bound')
})

test('the window that was wanted last is the one that is shown, although nobody says it again', async () => {
  const { asked, now, quiet, watch, watched } = setup(900)
  const [first, second, last] = [0, -60_000, -120_000].map((by) => watched(later(now, by), false))
  watch.watch(first!)
  watch.watch(second!)
  watch.watch(last!)
  await quiet()
  expect(asked.map(({ input }) => input.to)).toEqual([first!.window.to, last!.window.to])
  expect(watch.view()).toMatchObject({ report: { to: last!.window.to }, isComputing: false })
})

test('a report that is no longer wanted is shown as one of another window', async () => {
  const { now, quiet, watch, watched } = setup(900)
  const seen: EvidenceView[] = []
  watch.subscribe(() => seen.push(watch.view()))
  watch.watch(watched(now, false))
  watch.watch(watched(later(now, -60_000), false))
  await quiet()
  expect(seen.map((view) => view.kind === 'ready' && view.isComputing)).toEqual([true, false])
})

test('a window that stands still is looked at again when something is learnt of it', async () => {
  const { asked, fill, monitor, now, quiet, shown } = setup(900)
  await shown(now, false)
  fill(910, 915)
  await quiet()
  expect(asked).toHaveLength(1)
  const signedOut = errorEvent({
    at: later(START, 700_250),
    class: 'auth',
    source: 'jtl',
    status: 401,
  })
  monitor.observe(observation({ errors: [signedOut] }))
  await quiet()
  expect(asked).toHaveLength(2)
  expect(asked[1]?.input.profile.classes.auth).toBe(1)
})

test('once the history is read back a look begins by itself', async () => {
  const { asked, monitor, now, quiet, shown } = setup(900)
  monitor.setFacts({ isLoadingHistory: true })
  await shown(now, false)
  expect(asked).toHaveLength(0)
  monitor.setFacts({ isLoadingHistory: false })
  await quiet()
  expect(asked).toHaveLength(1)
})

test('a window that is shown in steps is not judged, and is once its samples are there', async () => {
  const { asked, monitor, now, quiet, watch, watched } = setup(900)
  const span = {
    from: later(now, -TEN_MINUTES),
    to: later(now, -300_000),
    stepMs: MINUTE_MS,
    isPruned: false,
  }
  const { id } = connections
  monitor.summarise(span, [{ metric: id, series: monitor.series.slice(id, span.from, span.to) }])
  watch.watch(watched(now, false))
  await quiet()
  expect(asked).toHaveLength(0)
  expect(watch.view()).toEqual({
    kind: 'summarised',
    tier: { until: span.to, stepMs: MINUTE_MS, isPruned: false },
  })
  monitor.summarise({ ...span, to: span.from }, [])
  await quiet()
  expect(wordOf(watch.view())).toBe('capacity-bound')
})

test('after many other windows the earlier looks of the first one still agree', async () => {
  const { fill, now, shown } = setup(900)
  await shown(now)
  for (let i = 1; i < 40; i++) await shown(later(now, -i * 1_000), false)
  fill(900, 920)
  expect(await shown(later(now, 20_000))).toMatchObject({
    report: { looks: ['capacity-bound', 'capacity-bound', 'capacity-bound'] },
  })
})

test('a screen that is gone hears of no news', async () => {
  const { asked, fill, now, quiet, shown, watch } = setup(900)
  await shown(now)
  watch.rest()
  fill(900, 960)
  await quiet()
  expect(asked).toHaveLength(1)
})

test('what was on the way when the screen went is not shown, and a new one begins anew', async () => {
  const { asked, now, shown, watch } = setup(900)
  const leaving = shown(now)
  watch.rest()
  void leaving
  expect(watch.view()).toEqual({ kind: 'waiting' })
  expect(wordOf(await shown(now))).toBe('capacity-bound')
  expect(asked).toHaveLength(2)
})

test('a forecast is made only where the window ends now', async () => {
  const { asked, now, shown } = setup(900)
  await shown(now, false)
  await shown(now, true)
  expect(asked.map(({ input }) => input.forecasts.length)).toEqual([0, 1])
})

test('a metric without a limit says so', async () => {
  const { monitor, watch, now } = setup(60)
  monitor.setFacts({ limits: new Map() })
  const ready = new Promise<void>((resolve) => watch.subscribe(resolve))
  watch.watch({
    window: { from: later(now, -TEN_MINUTES), to: now },
    isMoving: false,
    isDetailed: true,
    subject: { metric: { ...connections, intervalMs: durationMs(2_000) }, attempts: null },
  })
  await ready
  expect(watch.view()).toMatchObject({ report: { verdict: { reason: 'no-limit' } } })
})
