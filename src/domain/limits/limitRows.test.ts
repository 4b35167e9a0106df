import { expect, test } from 'vitest'
import { someMetric } from '#testing/someMetric.ts'
import { someRegistry } from '#testing/someRegistry.ts'
import type { Metric } from '../metrics/metric.ts'
import { durationMs, epochMs } from '../units.ts'
import { limitRows, type MetricUse } from './limitRows.ts'
import { limitsInForce } from './limitsInForce.ts'
import { NO_LIMIT_SETTINGS, type LimitSettings } from './limitSettings.ts'
import { EMPTY_BOOK, withRegistryFacts } from './registryBook.ts'

const NOW = epochMs(1_795_000_000_000)
const CONNECTIONS = {
  namespace: 'notifications',
  key: 'simulated.connections.concurrent.max',
}
const open = someMetric('open', {
  title: 'WebSocket connections',
  group: 'connections',
  limitKey: CONNECTIONS,
})
const calls = someMetric('calls', { title: 'Calls', group: 'sessions' })
const queue = someMetric('waiting', { group: 'queue' })
const file = someMetric('threads', { intervalMs: null })
const { book } = withRegistryFacts(EMPTY_BOOK, someRegistry(NOW))

const value = (used: number): MetricUse => ({ kind: 'value', value: used, at: NOW, isStale: false })

function rowsOf(
  uses: Readonly<Record<string, MetricUse>> = { open: value(850), calls: value(400) },
  settings: LimitSettings = NO_LIMIT_SETTINGS,
  metrics: readonly Metric[] = [open, calls, queue, file],
) {
  const told = new Map([[calls.id, [{ from: NOW, value: 1000, source: 'told with the value' }]]])
  const limits = limitsInForce({ told, metrics, book, settings })
  return limitRows({
    metrics,
    limits,
    book,
    settings,
    now: NOW,
    inUseOf: ({ id }) => uses[id] ?? { kind: 'waiting' },
  })
}
const row = (rows: ReturnType<typeof rowsOf>, title: string) =>
  rows.find((one) => one.title === title)!

test('every key has a row, and so has every metric that a limit could apply to', () => {
  expect(rowsOf().map(({ id }) => id)).toEqual([
    'metric:calls',
    'key:dataactions actions.concurrent.executions.max',
    'key:dataactions actions.total.max',
    'key:notifications simulated.connections.concurrent.max',
  ])
})

test('a key that limits a metric shows what is in use of it, against the limit in force', () => {
  expect(row(rowsOf(), CONNECTIONS.key)).toMatchObject({
    metric: { id: 'open' },
    defaultValue: 1000,
    effective: { value: 1000 },
    use: { kind: 'measured', value: 850, ratio: 0.85, state: 'warn' },
    headroom: 150,
    scope: 'organisation',
  })
})

test('a key that nothing counts says why, what is told, and what was asked for', () => {
  expect(row(rowsOf(), 'actions.concurrent.executions.max')).toMatchObject({
    metric: null,
    use: { kind: 'notMeasurable', reason: 'no public call counts running actions' },
    headroom: null,
    defaultValue: 50,
    effective: { value: 75 },
    request: { requestedValue: 100 },
  })
})

test('a metric that no key limits stands with its own kind', () => {
  expect(row(rowsOf(), 'Calls')).toMatchObject({
    key: null,
    group: { title: 'Calls and sessions' },
    effective: { value: 1000, source: 'told with the value' },
    use: { ratio: 0.4, state: 'ok' },
  })
})

test.each([
  { kind: 'off', reason: 'no', permission: 'a:b:view' },
  { kind: 'blind', reason: 'no reply', since: NOW },
  { kind: 'waiting' },
] as const)('a metric that is not seen at present has no number: %o', (use) => {
  expect(row(rowsOf({ calls: use }), 'Calls')).toMatchObject({ use, headroom: null })
})

test('an unknown limit leaves use without a share, and headroom unknown', () => {
  const users = someMetric('users', { title: 'Users', intervalMs: durationMs(15_000) })
  expect(row(rowsOf({ users: value(600) }, NO_LIMIT_SETTINGS, [users]), 'Users')).toMatchObject({
    effective: null,
    use: { kind: 'measured', value: 600, ratio: null, state: 'unknown' },
    headroom: null,
  })
})

test('a typed limit is in force, and its row names it', () => {
  const limit = {
    metric: calls.id,
    value: 500,
    from: NOW,
    until: null,
    author: 'Ada',
    setAt: NOW,
    note: '',
  }
  const rows = rowsOf(undefined, { limitKeys: {}, manualLimits: [limit] })
  expect(row(rows, 'Calls')).toMatchObject({ effective: { value: 500 }, manual: limit })
  const ended = { ...limit, from: epochMs(NOW - 20), until: epochMs(NOW - 10) }
  expect(
    row(rowsOf(undefined, { limitKeys: {}, manualLimits: [ended] }), 'Calls').manual,
  ).toBeNull()
})

test('what the platform records of a key shows where nothing else counts it', () => {
  const recorded = someMetric('limits.pressure:dataactions/actions.total.max', {
    intervalMs: null,
    limitKey: { namespace: 'dataactions', key: 'actions.total.max' },
  })
  const rows = rowsOf({ [recorded.id]: value(4800) }, NO_LIMIT_SETTINGS, [recorded])
  expect(row(rows, 'actions.total.max')).toMatchObject({
    metric: { id: recorded.id },
    use: { kind: 'measured', value: 4800 },
  })
})
