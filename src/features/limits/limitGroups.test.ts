import { expect, test } from 'vitest'
import { limitJournal } from '#domain/limits/limitJournal.ts'
import { limitRows, type MetricUse } from '#domain/limits/limitRows.ts'
import { NO_LIMIT_SETTINGS } from '#domain/limits/limitSettings.ts'
import { EMPTY_BOOK, withRegistryFacts } from '#domain/limits/registryBook.ts'
import { DAY_MS, epochMs, later } from '#domain/units.ts'
import { DEFAULT_LIMITS_VIEW, type LimitsView } from '#state/link/limitsLink.ts'
import { someMetric } from '#testing/someMetric.ts'
import { someRegistry } from '#testing/someRegistry.ts'
import { isFound, limitFilters, limitGroups } from './limitGroups.ts'

const NOW = epochMs(1_795_000_000_000)
const open = someMetric('open', {
  title: 'WebSocket connections',
  group: 'connections',
  limitKey: { namespace: 'notifications', key: 'simulated.connections.concurrent.max' },
})
const calls = someMetric('calls', { title: 'Calls', group: 'sessions' })
const users = someMetric('users', { title: 'Users online', group: 'connections' })
const { book } = withRegistryFacts(EMPTY_BOOK, someRegistry(NOW))

function setup(uses: Readonly<Record<string, number>> = { open: 700, calls: 900, users: 600 }) {
  const metrics = [open, calls, users]
  const step = (value: number) => [{ from: NOW, value, source: 'test' }]
  const limits = new Map([
    [open.id, step(1000)],
    [calls.id, step(1000)],
  ])
  const rows = limitRows({
    metrics,
    limits,
    book,
    settings: NO_LIMIT_SETTINGS,
    now: NOW,
    inUseOf: ({ id }): MetricUse =>
      uses[id] === undefined
        ? { kind: 'waiting' }
        : { kind: 'value', value: uses[id], at: NOW, isStale: false },
  })
  const journal = limitJournal({ book, metrics, told: limits, settings: NO_LIMIT_SETTINGS })
  const listed = (view: Partial<LimitsView>, at = NOW) =>
    limitGroups(rows, limitFilters(journal, at), { ...DEFAULT_LIMITS_VIEW, ...view }).map(
      ({ title, rows: own }) => [title, own.map((row) => row.title)],
    )
  return { rows, listed }
}

test('listed at first: what is in use of a known limit, and what was asked for, worst group first', () => {
  expect(setup().listed({})).toEqual([
    ['Calls and sessions', ['Calls']],
    ['Notifications', ['simulated.connections.concurrent.max']],
    ['Data actions', ['actions.concurrent.executions.max']],
  ])
})

test.each([
  ['high', [['Calls and sessions', ['Calls']]]],
  ['unmeasured', [['Data actions', ['actions.concurrent.executions.max', 'actions.total.max']]]],
  ['changed', [['Data actions', ['actions.concurrent.executions.max']]]],
] as const)('the filter %s', (filter, expected) => {
  expect(setup().listed({ filter })).toEqual(expected)
})

test('what changed long ago is not listed as changed', () => {
  expect(setup().listed({ filter: 'changed' }, later(NOW, 31 * DAY_MS))).toEqual([])
})

test('all limits in one list, worst first, what is unknown after what is known', () => {
  expect(setup().listed({ filter: 'all', sort: 'worst' })).toEqual([
    [
      '',
      [
        'Calls',
        'simulated.connections.concurrent.max',
        'Users online',
        'actions.concurrent.executions.max',
        'actions.total.max',
      ],
    ],
  ])
})

test('neighbours within the same percent do not change places with every sample', () => {
  const before = setup({ open: 700, calls: 704, users: 1 }).listed({})
  expect(setup({ open: 706, calls: 702, users: 1 }).listed({})).toEqual(before)
})

test('words are found wherever they stand: key, namespace, description, metric', () => {
  const { rows } = setup()
  const found = (find: string) => rows.filter((row) => isFound(row, find)).map(({ title }) => title)
  expect(found('websocket')).toEqual(['simulated.connections.concurrent.max'])
  expect(found('running one time')).toEqual(['actions.concurrent.executions.max'])
  expect(found('DATAACTIONS total')).toEqual(['actions.total.max'])
  expect(found('nothing like it')).toEqual([])
  expect(found('')).toHaveLength(rows.length)
})
