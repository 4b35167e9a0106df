import { expect, test } from 'vitest'
import { errorEvent } from '#domain/errors/errorEvent.ts'
import { DAY_MS, durationMs, epochMs, HOUR_MS, MINUTE_MS } from '#domain/units.ts'
import { createErrorLog } from '#monitor/errorLog.ts'
import { someMetric } from '#testing/someMetric.ts'
import { stillMonitor } from '#testing/stillMonitor.ts'
import { windowTable } from './windowTable.ts'

const open = someMetric('open')
const fifty = [{ from: epochMs(0), value: 50, source: 'test' }]

const atOnce = (flush: () => void) => flush()

/** Samples two seconds apart from 0 on. */
function stored(values: readonly number[]) {
  const { series, drawn } = stillMonitor(epochMs(0))
  values.forEach((value, i) => series.append(open.id, epochMs(i * 2_000), value))
  return drawn
}

test('the window as a table holds highest values, limits and failures per step', () => {
  const errors = createErrorLog(atOnce)
  errors.add([
    errorEvent({ at: epochMs(3_000), class: 'capacity', source: 'feed', count: 4 }),
    errorEvent({ at: epochMs(6_000), class: 'rate', source: 'feed' }),
  ])
  const drawn = stored([40, 45, NaN, 50])
  const limits = new Map([[open.id, fifty]])
  const { stepMs, rows } = windowTable(drawn, errors, [open], limits, epochMs(0), epochMs(8_000))
  expect(stepMs).toBe(1_000)
  expect(rows.map(({ values }) => values[0]?.highest ?? null)).toEqual([
    40,
    null,
    45,
    null,
    null,
    null,
    50,
    null,
  ])
  expect(rows.map(({ errors: counts }) => counts.capacity)).toEqual([0, 0, 0, 4, 0, 0, 0, 0])
  expect(rows.reduce((sum, { errors: counts }) => sum + counts.rate, 0)).toBe(1)
  expect(rows[0]!.limits).toEqual([50])
})

test('a long window has rows of a length that can be added up', () => {
  const errors = createErrorLog(atOnce)
  const { stepMs, rows } = windowTable(
    stored([1]),
    errors,
    [open],
    new Map(),
    epochMs(0),
    epochMs(10_800_000),
  )
  expect(stepMs).toBe(300_000)
  expect(rows).toHaveLength(36)
})

test('what was kept in steps has lowest, highest and mean, and weeks have rows of days', () => {
  const monitor = stillMonitor(epochMs(0))
  const days = 40
  const from = epochMs(0)
  const to = epochMs(days * DAY_MS)
  const timeMs = Float64Array.from({ length: days * 24 }, (_, hour) => hour * HOUR_MS)
  const value = timeMs.map((_, hour) => (hour % 24 === 5 ? 90 : 10))
  monitor.summarise({ from, to, stepMs: durationMs(5 * MINUTE_MS), isPruned: true }, [
    { metric: open.id, series: { timeMs, value } },
  ])
  const table = windowTable(monitor.drawn, createErrorLog(atOnce), [open], new Map(), from, to)
  expect(table).toMatchObject({ stepMs: DAY_MS, isStepped: true })
  expect(table.rows).toHaveLength(days)
  expect(table.rows[7]!.values).toEqual([{ lowest: 10, highest: 90, mean: (23 * 10 + 90) / 24 }])
})
