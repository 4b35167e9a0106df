import { expect, test } from 'vitest'
import { errorEvent } from '#domain/errors/errorEvent.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { observation } from '#domain/observation.ts'
import { durationMs, epochMs, later, sourceId } from '#domain/units.ts'
import type { OrgFacts, SourceStatus } from '#monitor/orgFacts.ts'
import { someMetric } from '#testing/someMetric.ts'
import { stillMonitor } from '#testing/stillMonitor.ts'
import { FACTS_AT } from '#testing/wellFacts.ts'
import { orgStanding } from './orgStanding.ts'

const open = someMetric('connections.open', { title: 'Connections', group: 'connections' })
const calls = someMetric('calls', { title: 'Calls', group: 'sessions' })

type Shown = {
  metric: Metric
  values: readonly number[]
  limit?: number | null
  ageSeconds?: number
}

/** Samples two seconds apart, the newest one two seconds old unless said otherwise. */
function standing(shown: readonly Shown[], facts: Partial<OrgFacts> = {}, refused = 0) {
  const monitor = stillMonitor(FACTS_AT, { metrics: shown.map(({ metric }) => metric), ...facts })
  for (const { metric, values, limit = 100, ageSeconds = 2 } of shown)
    monitor.observe(
      observation({
        samples: [
          {
            metric: metric.id,
            series: {
              timeMs: Float64Array.from(
                values,
                (_, i) => FACTS_AT - 1_000 * (ageSeconds + 2 * (values.length - 1 - i)),
              ),
              value: Float64Array.from(values),
            },
          },
        ],
        limits: [{ metric: metric.id, step: { from: epochMs(0), value: limit, source: 'test' } }],
      }),
    )
  monitor.observe(
    observation({
      errors: Array.from({ length: refused }, (_, i) =>
        errorEvent({ at: later(FACTS_AT, -1_000 * (i + 1)), class: 'capacity', source: 'feed' }),
      ),
    }),
  )
  return orgStanding(monitor.facts(), monitor, FACTS_AT)
}

const failing = (known: Partial<SourceStatus> = {}): SourceStatus => ({
  id: sourceId('feed'),
  title: 'Feed',
  everyMs: durationMs(2_000),
  metrics: [open.id],
  state: 'failing',
  lastOkAt: null,
  failingSince: later(FACTS_AT, -60_000),
  failure: {
    kind: 'network',
    message: '',
    status: null,
    retryAfterMs: null,
    permission: null,
  } as never,
  nextAt: null,
  skippedTicks: 0,
  ...known,
})

test('the worst metric speaks, the fullest of equals', () => {
  expect(
    standing([
      { metric: open, values: [40] },
      { metric: calls, values: [85] },
    ]),
  ).toMatchObject({ state: 'warn', metric: calls, value: 85, limit: 100, lastRatio: 0.85 })
})

test('at the limit it says since when', () => {
  const since = later(FACTS_AT, -6_000)
  expect(standing([{ metric: open, values: [90, 99, 100, 100] }])).toMatchObject({
    state: 'atLimit',
    since,
    peak: { value: 100 },
  })
})

test('a stay at the limit that is older than an hour has no beginning that was looked for', () => {
  const hours = Array.from({ length: 2_000 }, () => 100)
  expect(standing([{ metric: open, values: hours }])).toMatchObject({
    state: 'atLimit',
    since: null,
  })
})

test('a watch that found it at the limit counts from its first sample', () => {
  expect(standing([{ metric: open, values: [100, 100] }]).since).toBe(later(FACTS_AT, -4_000))
})

test('connections that cannot be read are said before calls that are well', () => {
  const both = [
    { metric: open, values: [40], ageSeconds: 90 },
    { metric: calls, values: [10] },
  ]
  expect(standing(both, { sources: [failing()] })).toMatchObject({
    state: 'blind',
    metric: open,
    value: null,
    lastRatio: 0.4,
    since: later(FACTS_AT, -90_000),
    reason: 'no reply, network',
  })
})

test('what is not well is said before what cannot be read, which is counted', () => {
  const both = [
    { metric: open, values: [40], ageSeconds: 90 },
    { metric: calls, values: [95] },
  ]
  expect(standing(both, { sources: [failing()] })).toMatchObject({
    state: 'critical',
    metric: calls,
    unread: 1,
  })
})

test('a stale number is shown with its share unknown', () => {
  expect(standing([{ metric: open, values: [40], ageSeconds: 10 }])).toMatchObject({
    state: 'stale',
    value: 40,
    reason: 'no reply',
  })
})

test('without any limit it is unknown, and never well', () => {
  expect(standing([{ metric: open, values: [40], limit: null }])).toMatchObject({
    state: 'unknown',
    value: 40,
    limit: null,
  })
})

test('signed out while nothing else is read, that is what is said', () => {
  const session = { kind: 'signedOut', reason: 'expired' } as const
  const old = [{ metric: open, values: [40], ageSeconds: 90 }]
  expect(standing(old, { session })).toMatchObject({ state: 'signedOut', reason: 'signed out' })
  // A feed needs no sign-in: its numbers still count.
  const read = standing([{ metric: open, values: [40] }], { session })
  expect(read).toMatchObject({ state: 'ok', isSignedOut: true })
})

test('refusals of the last hour are counted', () => {
  expect(standing([{ metric: open, values: [40] }], {}, 12).refusedLastHour).toBe(12)
})

test('before anything answered it is awaited', () => {
  expect(standing([])).toMatchObject({ state: 'loading', metric: null, value: null })
})
