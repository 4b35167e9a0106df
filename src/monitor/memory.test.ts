import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { NO_LIMIT_SETTINGS } from '#domain/limits/limitSettings.ts'
import { errorEvent } from '#domain/errors/errorEvent.ts'
import { observation } from '#domain/observation.ts'
import { EMPTY_SERIES, type Series } from '#domain/series/series.ts'
import {
  DAY_MS,
  type DurationMs,
  durationMs,
  type EpochMs,
  epochMs,
  HOUR_MS,
  later,
  metricId,
  MINUTE_MS,
  orgId,
} from '#domain/units.ts'
import { createMemoryHistory } from '#sources/history/memoryHistory.ts'
import { countingSource, gauge } from '#testing/countingSource.ts'
import { setupMonitor } from '#testing/monitorSetup.ts'
import { STEERED_START } from '#testing/steeredClock.ts'
import { createClientLog } from './clientLog.ts'
import { createDrawnSeries } from './drawnSeries.ts'
import { createErrorLog } from './errorLog.ts'
import { createIntake } from './intake.ts'
import { createLedger } from './ledger.ts'
import { createMemory, HELD_MS, SLACK_MS } from './memory.ts'
import { createSeriesStore } from './seriesStore.ts'
import { createSummaryStore } from './summaryStore.ts'

const ORG = orgId('test')
const CALLS = gauge('calls', MINUTE_MS)
const THREADS = { ...gauge('threads', 1_000), intervalMs: null }
const ALL = [epochMs(-Infinity), epochMs(Infinity)] as const
const atOnce = (flush: () => void) => flush()

/** Stores that take in everything the history gets, and a clock that is set by hand. */
function setup(startAt: EpochMs = STEERED_START, heldMs?: DurationMs) {
  let at = startAt
  const history = createMemoryHistory('test', startAt)
  const series = createSeriesStore(atOnce)
  const ledger = createLedger([CALLS, THREADS], NO_LIMIT_SETTINGS, () => undefined)
  const summaries = createSummaryStore(atOnce)
  const errors = createErrorLog(atOnce)
  const clients = createClientLog(atOnce)
  const intake = createIntake({ series, errors, clients, ledger })
  const memory = createMemory({
    org: ORG,
    history,
    series,
    summaries,
    errors,
    clients,
    ledger,
    intake,
    now: () => at,
    pacing: () => async () => undefined,
    isStopped: () => false,
    heldMs,
  })
  return {
    memory,
    history,
    ledger,
    series,
    drawn: createDrawnSeries(series, summaries),
    summaries,
    errors,
    clients,
    held: (metric = CALLS) => series.slice(metric.id, ...ALL),
    take: (added: Series, metric = CALLS) => {
      const observed = observation({ samples: [{ metric: metric.id, series: added }] })
      intake.restore(observed, false)
      history.write(ORG, observed)
    },
    limit: (from: EpochMs, value: number) => {
      const limits = [{ metric: CALLS.id, step: { from, value, source: 'test' } }]
      intake.restore(observation({ limits }), false)
      history.write(ORG, observation({ limits }))
    },
    setNow: (now: EpochMs) => {
      at = now
    },
  }
}

/** One sample a minute over [from, to). */
const everyMinute = (from: EpochMs, to: EpochMs): Series => {
  const timeMs = Float64Array.from(
    { length: (to - from) / MINUTE_MS },
    (_, i) => from + i * MINUTE_MS,
  )
  return { timeMs, value: timeMs.map((time) => (time / MINUTE_MS) % 97) }
}
const days = (count: number) => later(STEERED_START, count * DAY_MS)
const between = ({ timeMs }: Series, from: number, to: number) =>
  timeMs.filter((time) => time >= from && time <= to)

test('what is kept here is at hand before another machine has answered, and its answer joins it', async () => {
  const { memory, history, held, summaries } = setup()
  const far = createMemoryHistory('test', STEERED_START)
  const at = (hours: number) => later(STEERED_START, hours * HOUR_MS)
  const write = (kept: typeof history, from: EpochMs, to: EpochMs) =>
    kept.write(ORG, observation({ samples: [{ metric: CALLS.id, series: everyMinute(from, to) }] }))
  write(history, at(-2), at(-1))
  write(far, at(-2), at(0))
  const near = { read: history.read, readSummaries: history.readSummaries }
  let answer = () => undefined as void
  const asked = new Promise<void>((done) => {
    answer = done
  })
  history.here = () => near
  history.read = async (...wanted) => {
    await asked
    return far.read(...wanted)
  }
  history.readSummaries = far.readSummaries
  const loading = memory.load(at(-3), at(0))
  await vi.waitFor(() => expect(held().timeMs).toHaveLength(60), 20_000)
  answer()
  await loading
  expect(held().timeMs).toHaveLength(120)
  await memory.recall(at(-480), at(-479))
  expect(summaries.span()).not.toBeNull()
})

test('a page open for weeks holds a day and a little, however long it has been open', () => {
  const { memory, take, held, setNow } = setup()
  const sizes = Array.from({ length: 21 }, (_, day) => {
    take(everyMinute(days(day), days(day + 1)))
    setNow(days(day + 1))
    memory.trim()
    return held().timeMs.length
  })
  expect(Math.max(...sizes)).toBeLessThanOrEqual((HELD_MS + SLACK_MS) / MINUTE_MS)
  expect(between(held(), days(20), days(21))).toHaveLength(1440)
})

test('where nobody looks back two hours are held, and the limits of a day and more', () => {
  const hours = durationMs(2 * HOUR_MS)
  const { memory, take, limit, held, setNow, ledger } = setup(STEERED_START, hours)
  take(everyMinute(days(0), days(1)))
  for (const hour of [0, 6, 12]) limit(later(days(0), hour * HOUR_MS), 100 + hour)
  setNow(days(1))
  memory.trim()
  expect(held().timeMs.length).toBeLessThanOrEqual(hours / MINUTE_MS + 1)
  expect(ledger.limits().get(CALLS.id)).toHaveLength(3)
})

test('samples are dropped together and not one by one', () => {
  const { memory, take, held, setNow } = setup()
  take(everyMinute(days(0), days(2)))
  setNow(later(days(0), HELD_MS + SLACK_MS))
  memory.trim()
  expect(held().timeMs).toHaveLength(2 * 1440)
  setNow(later(days(0), HELD_MS + SLACK_MS + MINUTE_MS))
  memory.trim()
  expect(2 * 1440 - held().timeMs.length).toBeGreaterThanOrEqual(SLACK_MS / MINUTE_MS)
})

test('an older stretch that somebody asks for comes back whole, and stays while it is looked at', async () => {
  const { memory, take, held, setNow } = setup()
  const all = everyMinute(days(0), days(10))
  take(all)
  setNow(days(10))
  memory.trim()
  const [from, to] = [days(3), later(days(3), HOUR_MS)]
  expect(between(held(), from, to)).toHaveLength(0)
  await memory.recall(from, to)
  const wanted = between(all, from, to)
  expect(between(held(), from, to)).toEqual(wanted)
  setNow(days(13))
  memory.trim()
  expect(between(held(), from, to)).toEqual(wanted)
  await memory.recall(days(5), days(5))
  memory.trim()
  expect(between(held(), from, later(to, -1))).toHaveLength(0)
})

test('a long stretch comes in steps, apart from the samples, and its peaks with it', async () => {
  const { memory, drawn, take, held, setNow } = setup()
  const all = everyMinute(days(0), days(30))
  all.value[12_345] = 4_000
  take(all)
  setNow(days(30))
  memory.trim()
  const before = held()
  await memory.recall(days(0), days(30))
  expect(held()).toEqual(before)
  expect(drawn.tier(days(0), days(30))).toEqual({
    until: days(29),
    stepMs: 30 * MINUTE_MS,
    isPruned: true,
  })
  expect(drawn.range(CALLS.id, days(0), days(30))?.max).toBe(4_000)
  expect(drawn.window(CALLS.id, days(0), days(30), 800).value.includes(4_000)).toBe(true)
})

test('of a stretch in steps nothing is left once another one is looked at', async () => {
  const { memory, drawn, take, held, setNow } = setup()
  take(everyMinute(days(0), days(30)))
  setNow(days(30))
  memory.trim()
  await memory.recall(days(0), days(30))
  await memory.recall(days(20), days(21))
  expect(drawn.tier(days(0), days(30))).toBeNull()
  expect(drawn.range(CALLS.id, days(1), days(2))).toBeNull()
  expect(between(held(), days(20), days(21))).toHaveLength(1441)
  await memory.recall(days(0), days(30))
  expect(between(held(), days(20), days(21))).toHaveLength(0)
})

test('what is read back too late for the window on screen is not shown', async () => {
  const { memory, drawn, take, held, setNow } = setup()
  take(everyMinute(days(0), days(30)))
  setNow(days(30))
  memory.trim()
  const long = memory.recall(days(0), days(30))
  const short = memory.recall(days(20), days(21))
  await Promise.all([long, short])
  expect(drawn.tier(days(0), days(30))).toBeNull()
  expect(between(held(), days(20), days(21))).toHaveLength(1441)
})

test('an old file that was just read is shown as it is, and in steps only where it is not at hand', async () => {
  const { memory, drawn, take, setNow, series } = setup()
  setNow(days(30))
  take(everyMinute(days(1), days(2)), THREADS)
  await memory.recall(days(1), days(2))
  expect(drawn.tier(days(1), days(2))).toBeNull()
  expect(drawn.at(THREADS.id, days(1))).not.toBeNull()

  const reloaded = setup()
  reloaded.setNow(days(30))
  const kept = observation({
    metrics: [THREADS],
    samples: [{ metric: THREADS.id, series: series.slice(THREADS.id, ...ALL) }],
  })
  reloaded.history.write(ORG, kept)
  await reloaded.history.prune(days(30))
  await reloaded.memory.recall(days(1), days(2))
  expect(reloaded.drawn.step(THREADS.id, days(1))).not.toBeNull()
})

test('errors of which the page still holds the single ones are not counted again', async () => {
  const { memory, history, errors, setNow } = setup()
  const refused = [1, 2, 3].map((second) =>
    errorEvent({
      at: later(days(0), second * 1_000),
      class: 'capacity',
      source: 'feed',
      correlationId: `${second}`,
    }),
  )
  errors.add(refused)
  const old = errorEvent({ at: later(days(0), HOUR_MS), class: 'capacity', source: 'feed' })
  history.write(ORG, observation({ errors: [...refused, old] }))
  setNow(days(20))
  await history.prune(days(20))
  await memory.recall(days(0), days(1))
  await memory.recall(days(0), days(2))
  expect(errors.count('capacity', days(0), days(1))).toBe(4)
})

test('what came from a file is never dropped: no history may have it', () => {
  const { memory, take, held } = setup(days(30))
  take(everyMinute(days(0), days(1)), THREADS)
  memory.trim()
  expect(held(THREADS).timeMs).toHaveLength(1440)
})

test('what clients did is dropped with its time, and cannot come back', () => {
  const { memory, clients, setNow } = setup()
  const seen = (at: EpochMs) => ({ at, kind: 'opened', client: 'a', tookMs: 5 }) as const
  clients.add([seen(days(0)), seen(days(2))])
  setNow(days(2))
  memory.trim()
  clients.add([seen(days(0))])
  expect(clients.between(...ALL)).toEqual([seen(days(2))])
  expect(clients.incompleteBefore()).toBe(days(2))
})

test('errors go with the samples where nobody looks back, and stay where somebody may', () => {
  const failed = (at: EpochMs) =>
    errorEvent({ at, class: 'capacity', status: 503, source: 'feed', route: 'WS /v1' })
  for (const heldMs of [durationMs(HOUR_MS), undefined]) {
    const { memory, errors, setNow } = setup(STEERED_START, heldMs)
    errors.add([failed(days(0)), failed(days(2))])
    setNow(days(2))
    memory.trim()
    expect(errors.size()).toBe(heldMs === undefined ? 2 : 1)
  }
})

test('of limits the step in force stays, and older ones come back with their stretch', async () => {
  const { memory, ledger, limit, setNow } = setup()
  for (let day = 0; day < 10; day += 1) limit(days(day), 100 + day)
  const steps = () => ledger.limits().get(CALLS.id) ?? []
  setNow(days(10))
  memory.trim()
  expect(steps().map(({ value }) => value)).toEqual([108, 109])
  await memory.recall(days(2), days(4))
  expect(steps().map(({ value }) => value)).toEqual([102, 103, 104, 108, 109])
})

test('whatever is recalled and trimmed: the newest is there, the recalled is there, and gaps divide them', async () => {
  const anyHour = fc.integer({ min: 0, max: 10 * 24 })
  const anyStep = fc.record({
    from: anyHour,
    hours: fc.integer({ min: 0, max: 48 }),
    passed: anyHour,
    isTrimmed: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 1, maxLength: 6 }), async (steps) => {
      const { memory, series, take, held, setNow } = setup()
      const all = everyMinute(days(0), days(10))
      take(all)
      let now = days(0)
      for (const { from, hours, passed, isTrimmed } of steps) {
        now = epochMs(Math.max(now, later(STEERED_START, passed * HOUR_MS)))
        setNow(now)
        memory.trim()
        const start = later(STEERED_START, from * HOUR_MS)
        const end = later(start, hours * HOUR_MS)
        await memory.recall(start, end)
        if (isTrimmed) memory.trim()
        expect(between(held(), start, end)).toEqual(between(all, start, end))
        expect(between(held(), epochMs(now - HELD_MS), days(10))).toEqual(
          between(all, epochMs(now - HELD_MS), days(10)),
        )
      }
      const { timeMs, value } = series.slice(CALLS.id, ...ALL)
      for (let i = 1; i < timeMs.length; i += 1) {
        const isApart = timeMs[i]! - timeMs[i - 1]! > MINUTE_MS
        if (isApart) expect(Number.isNaN(value[i - 1]! + value[i]!)).toBe(true)
      }
    }),
    { numRuns: 15 },
  )
})

test('a clock that is set back takes what seems to come from the future with it', () => {
  const { memory, take, held, series, setNow } = setup(days(1))
  take(everyMinute(days(0), days(1)))
  take(everyMinute(days(0), days(1)), THREADS)
  memory.followClock()
  const back = epochMs(days(1) - HOUR_MS)
  setNow(back)
  memory.followClock()
  expect(series.latest(CALLS.id)?.at).toBe(back)
  expect(between(held(), days(0), back)).toHaveLength(1440 - 59)
  expect(held(THREADS).timeMs).toHaveLength(1440)
  setNow(later(back, -500))
  memory.followClock()
  expect(series.latest(CALLS.id)?.at).toBe(back)
})

test('a monitor left alone for two days keeps no more than it shows', async () => {
  const { advance, monitor } = setupMonitor({ sources: [countingSource('calls', MINUTE_MS)] })
  await advance(2 * DAY_MS)
  const held = monitor.series.slice(metricId('calls'), ...ALL) ?? EMPTY_SERIES
  expect(held.timeMs.length).toBeLessThanOrEqual((HELD_MS + SLACK_MS) / MINUTE_MS + 11)
  await monitor.loadHistory(STEERED_START, later(STEERED_START, HOUR_MS))
  expect(
    monitor.series.range(metricId('calls'), STEERED_START, later(STEERED_START, HOUR_MS))?.count,
  ).toBe(61)
})
