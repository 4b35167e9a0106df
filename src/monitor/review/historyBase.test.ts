import { expect, test } from 'vitest'
import { NO_LIMIT_SETTINGS } from '#domain/limits/limitSettings.ts'
import { errorEvent } from '#domain/errors/errorEvent.ts'
import { DEFAULT_THRESHOLDS } from '#domain/metrics/metric.ts'
import { observation } from '#domain/observation.ts'
import { DAY_MS, type EpochMs, epochMs, HOUR_MS, later, MINUTE_MS, orgId } from '#domain/units.ts'
import { createMemoryHistory } from '#sources/history/memoryHistory.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { someMetric } from '#testing/someMetric.ts'
import { historyBase, type LiveSide } from './historyBase.ts'
import { createIncidentStores } from './incidentStores.ts'
import { incidentOf, EMPTY_DRAFT } from '#domain/incident/draft.ts'
import { unjudgedTier } from './unjudgedTier.ts'

const NOW = epochMs(Date.UTC(2026, 8, 17, 12, 30))
const ago = (ms: number) => epochMs(NOW - ms)
const EVERY_MS = 20_000
const ORGANISATION = {
  id: orgId('alder'),
  name: 'Alder Retail',
  region: 'eu_central_1',
  domain: 'mypurecloud.de',
  simulation: null,
}
const open = someMetric('connections.open', { group: 'connections' })
/** Has neither a limit nor samples once these are gone. */
const waiting = someMetric('acd.waiting', { group: 'queue' })
const LIVE: LiveSide = {
  own: 0,
  clockErrorMs: null,
  clients: [],
  thresholdsAt: () => null,
  limitSettings: NO_LIMIT_SETTINGS,
}

/** A count that was taken from one instant to another, 10 and 48 by turns, and aged as a history does. */
function recorded(from: EpochMs, to: EpochMs) {
  const history = createMemoryHistory('a test', from)
  const timeMs = Float64Array.from(
    { length: (to - from) / EVERY_MS },
    (_, i) => from + i * EVERY_MS,
  )
  const series = { timeMs, value: timeMs.map((_, i) => (i % 2 === 0 ? 10 : 48)) }
  history.write(
    ORGANISATION.id,
    observation({
      metrics: [open, waiting],
      samples: [open, waiting].map(({ id }) => ({ metric: id, series })),
      limits: [{ metric: open.id, step: { from: epochMs(0), value: 50, source: 'test' } }],
    }),
  )
  void history.prune(NOW)
  return history
}

async function read(from: EpochMs, to: EpochMs, live = LIVE) {
  const reader = {
    history: recorded(from, to),
    now: () => NOW,
    pacing: () => () => Promise.resolve(),
  }
  const { base, summarised } = await historyBase(reader, ORGANISATION, { from, to }, live)
  const draft = { ...EMPTY_DRAFT, zone: 'UTC', span: { from, to }, base }
  const incident = incidentOf(draft)!
  const stores = createIncidentStores(incident, summarised)
  const times = base.observation.samples.find(({ metric }) => metric === open.id)?.series.timeMs
  return {
    base,
    summarised,
    incident,
    drawn: stores.drawn,
    unjudged: unjudgedTier(incident, stores),
    firstSampleAt: times?.[0] ?? null,
    kind: plainSpaces(base.source.kind),
    warning: base.source.warnings.map(plainSpaces).join(),
  }
}

test('an hour of the last fortnight is samples and nothing else', async () => {
  const { summarised, kind, warning, firstSampleAt } = await read(ago(HOUR_MS), NOW)
  expect(summarised).toBeNull()
  expect([kind, warning]).toEqual(['raw, every 2 s', ''])
  expect(firstSampleAt).toBe(ago(HOUR_MS))
})

test('samples that another machine kept at a slower pace are told at that pace, and are no gaps', async () => {
  const history = recorded(ago(HOUR_MS), NOW)
  history.here = () => createMemoryHistory('a test', NOW)
  const reader = { history, now: () => NOW, pacing: () => () => Promise.resolve() }
  const window = { from: ago(HOUR_MS), to: NOW }
  const { base } = await historyBase(reader, ORGANISATION, window, LIVE)
  expect(plainSpaces(base.source.kind)).toBe('raw, every 20 s')
  expect(base.observation.metrics.map(({ intervalMs }) => intervalMs)).toEqual([EVERY_MS, EVERY_MS])
})

test('an hour of last month is steps and nothing else, of every metric that was counted', async () => {
  const from = ago(30 * DAY_MS)
  const { base, summarised, drawn, kind, warning, unjudged } = await read(
    from,
    later(from, HOUR_MS),
  )
  expect(base.observation.samples).toEqual([])
  expect(base.source.samples).toBe(0)
  expect(summarised!.metrics.map(({ id }) => id).toSorted()).toEqual([waiting.id, open.id])
  expect(drawn.range(waiting.id, from, later(from, HOUR_MS))).toMatchObject({ min: 10, max: 48 })
  expect(drawn.step(open.id, later(from, MINUTE_MS))).toMatchObject({ lowest: 10, highest: 48 })
  expect(kind).toBe('lowest and highest of each minute')
  expect(warning).toMatch(/kept for 14 days: in this window there is.*a bundle holds nothing else/)
  expect(unjudged).toMatchObject({ isPruned: true })
})

test('a window over the edge of the samples has both, one after the other, and is judged by the samples', async () => {
  const edge = epochMs(NOW - 14 * DAY_MS)
  const { firstSampleAt, drawn, kind, warning, unjudged, incident } = await read(
    later(edge, -6 * HOUR_MS),
    later(edge, 6 * HOUR_MS),
  )
  expect(firstSampleAt).toBe(edge)
  expect(drawn.at(open.id, later(edge, -1 * HOUR_MS))).toBeNull()
  expect(drawn.step(open.id, later(edge, -1 * HOUR_MS))).not.toBeNull()
  expect(drawn.at(open.id, later(edge, HOUR_MS))?.value).toBe(10)
  expect(kind).toBe('lowest and highest of each minute, then raw, every 2 s')
  expect(warning).toContain('before Thu 3 Sep 2026, 12:30 UTC')
  expect(unjudged).toBeNull()
  expect(incident.metrics).toHaveLength(2)
})

test('of a long window the newest day is read as samples, which Live has at hand', async () => {
  const { firstSampleAt, kind, warning, unjudged } = await read(ago(3 * DAY_MS), NOW)
  expect(firstSampleAt).toBe(ago(DAY_MS))
  expect(kind).toBe('lowest and highest of each minute, then raw, every 2 s')
  expect(warning).toContain('Of more than two days not every sample is read')
  expect(unjudged).toBeNull()
})

test('where a long window ends before that day, a verdict needs a shorter one', async () => {
  const { unjudged } = await read(ago(6 * DAY_MS), ago(2 * DAY_MS))
  expect(unjudged).toMatchObject({ isPruned: false })
})

test('a file of the same count says more than its minutes', async () => {
  const from = ago(30 * DAY_MS)
  const to = later(from, HOUR_MS)
  const { incident, summarised } = await read(from, to)
  const series = { timeMs: Float64Array.of(from), value: Float64Array.of(7) }
  const { drawn } = createIncidentStores(
    { ...incident, samples: [{ metric: open.id, series }] },
    summarised,
  )
  expect(drawn.at(open.id, later(from, 1))?.value).toBe(7)
  expect(drawn.step(open.id, from)).toBeNull()
  expect(drawn.step(waiting.id, from)).not.toBeNull()
})

test('thresholds are those in force at the start of the window', async () => {
  const from = ago(30 * DAY_MS)
  const then = { warnAt: 0.5, criticalAt: 0.6 }
  const thresholdsAt: LiveSide['thresholdsAt'] = (metric, at) =>
    metric === open.id && at <= from ? then : null
  const { incident, summarised } = await read(from, later(from, HOUR_MS), { ...LIVE, thresholdsAt })
  expect(incident.metrics.map(({ id, thresholds }) => [id, thresholds])).toEqual([[open.id, then]])
  expect(summarised!.metrics.find(({ id }) => id === open.id)?.thresholds).toEqual(then)
  expect(summarised!.metrics.find(({ id }) => id === waiting.id)?.thresholds).toEqual(
    DEFAULT_THRESHOLDS,
  )
})

test('limits are those that held then, as far as is known now: also one that was typed in later', async () => {
  const [from, to] = [ago(HOUR_MS), NOW]
  const manual = {
    metric: open.id,
    value: 40,
    from: later(from, 10 * MINUTE_MS),
    until: null,
    author: 'Ada',
    setAt: later(NOW, DAY_MS),
    note: '',
  }
  const { incident } = await read(from, to, {
    ...LIVE,
    limitSettings: { limitKeys: {}, manualLimits: [manual] },
  })
  expect(incident.limits).toMatchObject([
    { metric: open.id, steps: [{ value: 50 }, { value: 40, from: manual.from }] },
  ])
})

test('what a feed said is cleaned before it is reviewed, and its source lists what was taken out', async () => {
  const [from, to] = [ago(HOUR_MS), NOW]
  const history = recorded(from, to)
  const at = later(from, MINUTE_MS)
  const message = 'refused for jane.doe@example.com'
  history.write(
    ORGANISATION.id,
    observation({ errors: [errorEvent({ at, class: 'capacity', source: 'feed', message })] }),
  )
  const clients = [{ at, kind: 'opened' as const, client: 'jane.doe@example.com', tookMs: 1 }]
  const reader = { history, now: () => NOW, pacing: () => () => Promise.resolve() }
  const { base } = await historyBase(reader, ORGANISATION, { from, to }, { ...LIVE, clients })
  expect(base.observation.errors).toHaveLength(1)
  expect(base.observation.clients).toHaveLength(1)
  expect(JSON.stringify(base)).not.toContain('jane')
  expect(base.source.removals).toEqual([{ what: 'e-mail address', count: 1 }])
})
