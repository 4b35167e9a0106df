import 'fake-indexeddb/auto'
import { describe, expect, test } from 'vitest'
import { errorEvent } from '#domain/errors/errorEvent.ts'
import { EMPTY_BOOK, keyIn, withRegistryFacts } from '#domain/limits/registryBook.ts'
import { factId } from '#domain/limits/registryFact.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { NOTHING_OBSERVED, observation } from '#domain/observation.ts'
import { oneSample } from '#domain/series/series.ts'
import {
  DAY_MS,
  durationMs,
  type EpochMs,
  epochMs,
  HOUR_MS,
  metricId,
  MINUTE_MS,
  orgId,
} from '#domain/units.ts'
import { someRegistry } from '#testing/someRegistry.ts'
import type { History } from './history.ts'
import { createIndexedDbHistory } from './indexedDbHistory.ts'
import { createMemoryHistory } from './memoryHistory.ts'

const START = epochMs(Date.UTC(2026, 8, 17, 12))
const ORG = orgId('alder')
const CALLS = metricId('calls.concurrent')
const ALWAYS = [epochMs(START - 30 * DAY_MS), epochMs(START + 30 * DAY_MS)] as const

const calls: Metric = {
  id: CALLS,
  title: 'Calls',
  unit: 'count',
  kind: 'gauge',
  group: 'sessions',
  provenance: 'measured',
  scope: 'organisation',
  origin: 'Genesys Cloud',
  intervalMs: durationMs(10_000),
  thresholds: { warnAt: 0.8, criticalAt: 0.9 },
}

const at = (afterMs: number) => epochMs(START + afterMs)
const sample = (when: EpochMs, value: number) =>
  observation({ metrics: [calls], samples: [{ metric: CALLS, series: oneSample(when, value) }] })

let databases = 0
const KINDS: [string, () => History][] = [
  ['memory', () => createMemoryHistory('for a test', START)],
  [
    'IndexedDB',
    () =>
      createIndexedDbHistory({
        name: `contract-${(databases += 1)}`,
        now: () => START,
        after: () => () => undefined,
      }),
  ],
]

async function samplesOf(history: History, from: EpochMs = ALWAYS[0], to: EpochMs = ALWAYS[1]) {
  const { samples } = await history.read(ORG, from, to)
  const series = samples.find(({ metric }) => metric === CALLS)?.series
  return series ? Array.from(series.timeMs, (time, i) => [time - START, series.value[i]]) : []
}

const halfHour = durationMs(30 * MINUTE_MS)

/** The minutes of CALLS, times in milliseconds since the start. */
async function minutesOf(history: History) {
  const { summaries } = await history.readSummaries(ORG, ...ALWAYS, MINUTE_MS)
  const steps = summaries.find(({ metric }) => metric === CALLS)?.steps
  if (!steps) return []
  return Array.from(steps.startMs, (start, i) => ({
    at: start - START,
    range: [steps.min[i], steps.max[i]],
    sum: steps.sum[i],
    last: steps.last[i],
    count: steps.count[i],
  }))
}

describe.each(KINDS)('a history in %s', (_kind, open) => {
  test('what is known of the registry of limits grows with each look, and is read whole', async () => {
    const history = open()
    const [first, later] = [at(0), at(HOUR_MS)]
    history.write(ORG, observation({ registry: someRegistry(first) }))
    await history.flushed()
    history.write(ORG, observation({ registry: someRegistry(later) }))
    await history.flushed()
    const { registry } = await history.read(ORG, at(2 * HOUR_MS), at(3 * HOUR_MS))
    expect(registry.map(factId).toSorted()).toEqual([
      'namespace:dataactions',
      'namespace:notifications',
      'namespace:quality',
      'requests',
    ])
    const { book } = withRegistryFacts(EMPTY_BOOK, registry)
    const key = { namespace: 'dataactions', key: 'actions.total.max' }
    expect(keyIn(book, key)?.effective).toEqual([
      { value: 5000, firstSeenAt: first, lastSeenAt: later },
    ])
    await history.clear(ORG)
    expect((await history.read(ORG, ...ALWAYS)).registry).toEqual([])
  })

  test('gives back what was written, before and after it is flushed', async () => {
    const history = open()
    history.write(ORG, sample(at(0), 7))
    expect(await samplesOf(history)).toEqual([[0, 7]])
    await history.flushed()
    history.write(ORG, sample(at(10_000), 8))
    expect(await samplesOf(history)).toEqual([
      [0, 7],
      [10_000, 8],
    ])
    expect((await history.read(ORG, ...ALWAYS)).metrics).toEqual([calls])
  })

  test('knows nothing of an organisation it was told nothing about', async () => {
    const history = open()
    history.write(orgId('other'), sample(at(0), 7))
    await history.flushed()
    expect(await history.read(ORG, ...ALWAYS)).toEqual(NOTHING_OBSERVED)
  })

  test('gives a window across hours with both its ends and nothing beyond', async () => {
    const history = open()
    for (const hour of [0, 1, 2, 3]) history.write(ORG, sample(at(hour * HOUR_MS), hour))
    await history.flushed()
    expect(await samplesOf(history, at(HOUR_MS), at(2 * HOUR_MS))).toEqual([
      [HOUR_MS, 1],
      [2 * HOUR_MS, 2],
    ])
  })

  test('keeps a gap a gap', async () => {
    const history = open()
    history.write(ORG, sample(at(0), 7))
    history.write(ORG, sample(at(10_000), Number.NaN))
    history.write(ORG, sample(at(40_000), 9))
    await history.flushed()
    expect(await samplesOf(history)).toEqual([
      [0, 7],
      [10_000, Number.NaN],
      [40_000, 9],
    ])
  })

  test('a sample that comes twice is one, and the later value wins', async () => {
    const history = open()
    history.write(ORG, sample(at(0), 7))
    await history.flushed()
    history.write(ORG, sample(at(0), 8))
    await history.flushed()
    expect(await samplesOf(history)).toEqual([[0, 8]])
  })

  test('an error reported twice is one; one with another correlation id is another', async () => {
    const history = open()
    const refused = errorEvent({ at: at(0), class: 'capacity', source: 'feed', status: 503 })
    history.write(ORG, observation({ errors: [refused] }))
    await history.flushed()
    history.write(ORG, observation({ errors: [refused, { ...refused, correlationId: 'b20f' }] }))
    await history.flushed()
    const { errors } = await history.read(ORG, ...ALWAYS)
    expect(errors).toHaveLength(2)
    expect(new Set(errors.map((each) => each.correlationId))).toEqual(new Set([null, 'b20f']))
  })

  test('a window knows the limit that was in force when it began', async () => {
    const history = open()
    const step = (from: EpochMs, value: number | null) => ({
      metric: CALLS,
      step: { from, value, source: 'told with the value' },
    })
    history.write(ORG, observation({ limits: [step(at(0), 800), step(at(1000), 800)] }))
    await history.flushed()
    history.write(ORG, observation({ limits: [step(at(2000), null), step(at(9000), 1200)] }))
    const { limits } = await history.read(ORG, at(1500), at(5000))
    expect(limits.map(({ step: { from, value } }) => [from - START, value])).toEqual([
      [0, 800],
      [2000, null],
    ])
  })

  test('a marker is kept, and gone once it is taken back', async () => {
    const history = open()
    const marker = { id: 'm1', at: at(0), kind: 'run', label: 'Run 1', origin: 'here' } as const
    history.write(ORG, observation({ markers: [marker, { ...marker, id: 'm2' }] }))
    await history.flushed()
    history.removeMarker(ORG, 'm1')
    const idsOf = async () => (await history.read(ORG, ...ALWAYS)).markers.map(({ id }) => id)
    expect(await idsOf()).toEqual(['m2'])
    await history.flushed()
    expect(await idsOf()).toEqual(['m2'])
  })

  test('what is older than fourteen days is kept as minutes, with all that a limit could be about', async () => {
    const history = open()
    history.write(ORG, sample(at(0), 5))
    history.write(ORG, sample(at(10_000), 9))
    history.write(ORG, sample(at(20_000), Number.NaN))
    history.write(ORG, sample(at(15 * DAY_MS), 2))
    await history.flushed()
    await history.prune(at(15 * DAY_MS))
    expect(await samplesOf(history)).toEqual([[15 * DAY_MS, 2]])
    expect(await minutesOf(history)).toEqual([
      { at: 0, range: [5, 9], sum: 14, last: Number.NaN, count: 2 },
      { at: 15 * DAY_MS, range: [2, 2], sum: 2, last: 2, count: 1 },
    ])
    expect((await history.readSummaries(ORG, ...ALWAYS, MINUTE_MS)).metrics).toEqual([calls])
  })

  test('errors older than fourteen days are one per minute and kind, their count kept', async () => {
    const history = open()
    const refused = errorEvent({ at: at(0), class: 'capacity', source: 'feed', status: 503 })
    const events = [0, 10_000, 59_999, 60_000].map((ms, i) => ({
      ...refused,
      at: at(ms),
      correlationId: `id-${i}`,
    }))
    history.write(ORG, observation({ errors: events }))
    await history.flushed()
    const errorsAfter = async (days: number) => {
      await history.prune(at(days * DAY_MS))
      return (await history.read(ORG, at(30_000), ALWAYS[1])).errors
    }
    expect(await errorsAfter(14)).toEqual(events.slice(2))
    const folded = [
      { ...refused, count: 3 },
      { ...refused, at: at(60_000) },
    ]
    expect(await errorsAfter(15)).toEqual(folded)
    expect(await errorsAfter(16)).toEqual(folded)
  })

  test('thirteen months later all is gone but the limit then in force', async () => {
    const history = open()
    const step = { from: at(0), value: 1000, source: 'registry' }
    const marker = { id: 'm1', at: at(0), kind: 'run', label: 'Run 1', origin: 'here' } as const
    const old = errorEvent({ at: at(0), class: 'rate', source: 'monitor' })
    history.write(ORG, sample(at(0), 1))
    history.write(
      ORG,
      observation({ limits: [{ metric: CALLS, step }], errors: [old], markers: [marker] }),
    )
    await history.flushed()
    const left = async () => {
      const { errors, limits, markers } = await history.read(ORG, ...ALWAYS)
      const { summaries } = await history.readSummaries(ORG, ...ALWAYS, MINUTE_MS)
      return [summaries, errors, markers, limits].map(({ length }) => length)
    }
    await history.prune(at(395 * DAY_MS))
    expect(await left()).toEqual([1, 1, 1, 1])
    await history.prune(at(398 * DAY_MS))
    expect(await left()).toEqual([0, 0, 0, 1])
  })

  test('minutes are there as soon as samples are, flushed or not', async () => {
    const history = open()
    history.write(ORG, sample(at(0), 7))
    await history.flushed()
    history.write(ORG, sample(at(10_000), 9))
    expect(await minutesOf(history)).toEqual([{ at: 0, range: [7, 9], sum: 16, last: 9, count: 2 }])
  })

  test('steps of half an hour hold what their minutes held, and begin within the window', async () => {
    const history = open()
    for (const minute of [0, 29, 30, 59, 60])
      history.write(ORG, sample(at(minute * MINUTE_MS), minute))
    await history.flushed()
    const { summaries } = await history.readSummaries(ORG, at(0), at(HOUR_MS), halfHour)
    const { startMs, min, max, count } = summaries[0]!.steps
    expect([...startMs].map((start) => (start - START) / MINUTE_MS)).toEqual([0, 30])
    expect([[...min], [...max], [...count]]).toEqual([
      [0, 30],
      [29, 59],
      [2, 2],
    ])
  })

  test('a sample that comes after its hour was pruned is added to its minute', async () => {
    const history = open()
    const now = at(15 * DAY_MS)
    for (const seconds of [0, 10, 20]) history.write(ORG, sample(at(seconds * 1_000), seconds))
    await history.flushed()
    await history.prune(now)
    history.write(ORG, sample(at(30_000), 90))
    const expected = [{ at: 0, range: [0, 90], sum: 120, last: 90, count: 4 }]
    expect(await minutesOf(history)).toEqual(expected)
    await history.flushed()
    await history.prune(now)
    await history.prune(now)
    expect(await minutesOf(history)).toEqual(expected)
    expect(await samplesOf(history)).toEqual([])
  })

  test('a file that is read again after its hours were pruned is not counted twice', async () => {
    const history = open()
    const refused = errorEvent({ at: at(5_000), class: 'capacity', source: 'jtl', count: 4 })
    for (let round = 0; round < 2; round += 1) {
      history.write(ORG, observation({ errors: [refused] }))
      for (const seconds of [0, 10, 20]) history.write(ORG, sample(at(seconds * 1_000), seconds))
      await history.flushed()
      await history.prune(at(15 * DAY_MS))
      expect(await minutesOf(history)).toEqual([
        { at: 0, range: [0, 20], sum: 30, last: 20, count: 3 },
      ])
      const { errors } = await history.read(ORG, ...ALWAYS)
      expect(errors.map(({ count }) => count)).toEqual([4])
    }
  })

  test('forgets one organisation and no other', async () => {
    const history = open()
    const other = orgId('alder-2')
    history.write(ORG, sample(at(0), 1))
    history.write(other, sample(at(0), 2))
    await history.flushed()
    await history.clear(ORG)
    expect(await history.read(ORG, ...ALWAYS)).toEqual(NOTHING_OBSERVED)
    expect((await history.read(other, ...ALWAYS)).samples).toHaveLength(1)
    expect((await history.readSummaries(ORG, ...ALWAYS, MINUTE_MS)).summaries).toEqual([])
  })
})
