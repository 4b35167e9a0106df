import { expect, test } from 'vitest'
import { durationMs, epochMs, later } from '#domain/units.ts'
import { stillMonitor } from '#testing/stillMonitor.ts'
import { someMetric } from '#testing/someMetric.ts'
import { wellFacts } from '#testing/wellFacts.ts'
import { lineName } from '#domain/metrics/lineName.ts'
import { panelSeries } from '#ui/charts/metricSeries.ts'
import { withFollowed } from './followedMetrics.ts'
import { panelPlan } from '#domain/metrics/panelPlan.ts'
import { tileList } from './tileList.ts'

const ofFile = (id: string, known = {}) =>
  someMetric(id, { scope: 'sampledClients', origin: 'run.jtl', intervalMs: null, ...known })

const open = someMetric('open', { group: 'connections' })
const users = someMetric('users', { group: 'connections', provenance: 'proxy' })
const threads = ofFile('threads', { group: 'connections', title: 'Active threads' })
const old = ofFile('old', { group: 'connections', title: 'Active threads', origin: 'old.jtl' })
const attempts = ofFile('jtl.attempts', { kind: 'count' })

const followed = (...metrics: Parameters<typeof withFollowed>[0]) =>
  withFollowed(metrics, [threads.id, attempts.id], durationMs(5_000))
const connections = (...metrics: Parameters<typeof withFollowed>[0]) =>
  panelPlan(followed(...metrics), null).connections.map(({ id }) => id)

test('beside a count of the organisation a followed file is a line like that of any file', () => {
  expect(connections(users, open, threads, old)).toEqual(['open', 'threads', 'old'])
})

test('where nobody counts connections, what a followed test holds open comes before a proxy', () => {
  expect(connections(users, threads, old)).toEqual(['threads', 'old'])
  expect(panelPlan([users, threads, old], null).connections[0]).toBe(users)
})

test("a followed file's attempts are no share of what others report", () => {
  expect(panelPlan(followed(open, threads, attempts), null).attempts).toBeNull()
})

test('a line names its file, followed or not', () => {
  expect(followed(threads, old).map(lineName)).toEqual([
    'Active threads, run.jtl',
    'Active threads, old.jtl',
  ])
})

test('a followed line is late after three paces, and tells its gaps itself', () => {
  const { drawn } = stillMonitor(epochMs(0))
  const shown = { style: 'dotted', hasWholePast: true, stepMs: null } as const
  const [live, still] = followed(threads, old).map((metric) => panelSeries(drawn, metric, shown))
  expect(live).toMatchObject({ gapAfterMs: Infinity, staleAfterMs: 15_000 })
  expect(still).toMatchObject({ gapAfterMs: Infinity, staleAfterMs: Infinity })
})

test('a followed file has tiles, which go stale; a file that was read once has none', () => {
  const { series, drawn } = stillMonitor(epochMs(0))
  const at = epochMs(1_000_000)
  series.append(threads.id, at, 12)
  series.append(old.id, at, 12)
  const tilesAt = (ms: number) =>
    tileList(
      wellFacts({ metrics: followed(threads, old) }),
      { series, drawn },
      { from: epochMs(0), to: at },
      later(at, ms),
      'UTC',
    ).map(({ reading: { title, state, value } }) => ({ title, state, value }))
  expect(tilesAt(1_000)).toEqual([{ title: 'Active threads', state: 'unknown', value: '12' }])
  expect(tilesAt(20_000)).toEqual([{ title: 'Active threads', state: 'stale', value: '12' }])
})
