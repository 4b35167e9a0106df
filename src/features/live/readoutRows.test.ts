import { expect, test } from 'vitest'
import { errorEvent } from '#domain/errors/errorEvent.ts'
import { durationMs, epochMs, type MetricId } from '#domain/units.ts'
import { createErrorLog } from '#monitor/errorLog.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { someMetric } from '#testing/someMetric.ts'
import { type StillMonitor, stillMonitor } from '#testing/stillMonitor.ts'
import { stretchesIn } from './metricWindow.ts'
import { readoutAt } from './readoutRows.ts'

const open = someMetric('open')
const attempts = someMetric('attempts', { kind: 'count' })
const fifty = [{ from: epochMs(0), value: 50, source: 'test' }]

const atOnce = (flush: () => void) => flush()
const plain = plainSpaces

/** Samples two seconds apart from 0 on. */
function stored(values: readonly number[]) {
  const monitor = stillMonitor(epochMs(0), { metrics: [open, attempts] })
  const { series } = monitor
  values.forEach((value, i) => {
    series.append(open.id, epochMs(i * 2_000), value)
    series.append(attempts.id, epochMs(i * 2_000), 7)
  })
  return monitor
}

/** The readout of these samples at an instant of theirs, with three refusals at 8.2 s. */
function readout(values: readonly number[], atMs: number) {
  const monitor = stored(values)
  return readoutOf(monitor, atMs)
}

function readoutOf(monitor: StillMonitor, atMs: number) {
  const { series, drawn } = monitor
  const errors = createErrorLog(atOnce)
  errors.add([errorEvent({ at: epochMs(8_200), class: 'capacity', source: 'feed', count: 3 })])
  return readoutAt({
    series,
    drawn,
    errors,
    plan: { connections: [open], sessions: [], queue: [], attempts },
    limits: new Map([[open.id, fifty]]),
    stretches: stretchesIn(series, open, fifty, epochMs(0), epochMs(12_000)),
    iteration: '3',
    at: epochMs(atMs),
    binMs: durationMs(2_000),
  })
}

test('the readout holds value, limit, share, and how long it has been at the limit', () => {
  const parts = readout([40, 50, 50, 50, 50, 50], 8_000)
  const [connections, errors] = [parts.connections(), parts.errors()]
  expect(connections).toEqual({
    value: '50',
    state: 'atLimit',
    rows: [
      { name: 'limit then', value: '50' },
      { name: 'used', value: '100\u202f%' },
      { name: 'attempts/min', value: '35' },
      { name: 'iteration', value: '3' },
      { name: 'at limit for', value: '6\u202fs' },
    ],
  })
  expect(errors[0]).toEqual({ name: 'capacity, 2\u202fs', value: '3' })
})

test('the sample that leaves the limit is not told as at it', () => {
  const connections = readout([40, 50, 50, 50, 50, 0], 10_000).connections()
  expect(connections).toMatchObject({ value: '0', state: 'ok' })
  expect(connections.rows.map(({ name }) => name)).not.toContain('at limit for')
})

test('while nothing is counted attempts are not told as none', () => {
  const rows = (atMs: number) => readout([40, 50], atMs).connections().rows
  expect(rows(2_000)).toContainEqual({ name: 'attempts/min', value: '14' })
  expect(rows(30_000)).toContainEqual({ name: 'attempts/min', value: '–' })
})

test('a file has one row, of the run that was on then, and none where it has nothing to say', () => {
  const ofFile = (id: string, origin: string) =>
    someMetric(id, { title: 'Active threads', origin, intervalMs: null })
  const [first, second] = [ofFile('first', 'run.jtl'), ofFile('second', 'run.jtl')]
  const other = ofFile('other', 'other.jtl')
  const { series, drawn } = stored([40])
  const put = (id: MetricId, atMs: number, value: number) => series.append(id, epochMs(atMs), value)
  put(first.id, 1_000, 11)
  put(second.id, 20_000, 12)
  put(second.id, 85_000, 13)
  put(other.id, 85_000, 14)
  const rowsAt = (atMs: number) =>
    readoutAt({
      series,
      drawn,
      errors: createErrorLog(atOnce),
      plan: { connections: [open, first, second, other], sessions: [], queue: [], attempts: null },
      limits: new Map(),
      stretches: [],
      iteration: null,
      at: epochMs(atMs),
      binMs: durationMs(2_000),
    })
      .connections()
      .rows.slice(2)
  const threads = (value: string) => ({ name: 'active threads', value })
  expect(rowsAt(2_000)).toEqual([threads('11')])
  expect(rowsAt(21_000)).toEqual([threads('12')])
  expect(rowsAt(82_000)).toEqual([])
  expect(rowsAt(86_000)).toEqual([threads('13'), threads('14')])
})

test('a step is told by its lowest, its highest and its mean, never as a sample', () => {
  const monitor = stored([])
  const samples = (values: readonly number[]) => ({
    timeMs: Float64Array.from(values, (_, i) => i * 20_000),
    value: Float64Array.from(values),
  })
  monitor.summarise(
    { from: epochMs(0), to: epochMs(300_000), stepMs: durationMs(300_000), isPruned: true },
    [
      { metric: open.id, series: samples([20, 49, 30]) },
      { metric: attempts.id, series: samples([7, 3]) },
    ],
  )
  const parts = readoutOf(monitor, 200_000)
  const [connections, errors] = [parts.connections(), parts.errors()]
  const words = (rows: readonly { name: string; value: string }[]) =>
    rows.map(({ name, value }) => plain(`${name}: ${value}`))
  expect(connections).toMatchObject({ value: '20 to 49', state: null })
  expect(words(connections.rows)).toEqual([
    'mean: 33',
    'limit then: 50',
    'used at most: 98 %',
    'attempts/min: 2',
    'iteration: 3',
  ])
  expect(words(errors)).toContain('attempts: 10')
})
