import { expect, test } from 'vitest'
import { errorEvent } from '#domain/errors/errorEvent.ts'
import { epochMs } from '#domain/units.ts'
import { createErrorLog } from '#monitor/errorLog.ts'
import { createSeriesStore } from '#monitor/seriesStore.ts'
import { someMetric } from '#testing/someMetric.ts'
import { windowTable } from './windowTable.ts'

const open = someMetric('open')
const fifty = [{ from: epochMs(0), value: 50, source: 'test' }]

const atOnce = (flush: () => void) => flush()

/** Samples two seconds apart from 0 on. */
function stored(values: readonly number[]) {
  const series = createSeriesStore(atOnce)
  values.forEach((value, i) => series.append(open.id, epochMs(i * 2_000), value))
  return series
}

test('the window as a table holds highest values, limits and failures per step', () => {
  const errors = createErrorLog(atOnce)
  errors.add([
    errorEvent({ at: epochMs(3_000), class: 'capacity', source: 'feed', count: 4 }),
    errorEvent({ at: epochMs(6_000), class: 'rate', source: 'feed' }),
  ])
  const series = stored([40, 45, NaN, 50])
  const limits = new Map([[open.id, fifty]])
  const { stepMs, rows } = windowTable(series, errors, [open], limits, epochMs(0), epochMs(8_000))
  expect(stepMs).toBe(1_000)
  expect(rows.map(({ values }) => values[0])).toEqual([40, null, 45, null, null, null, 50, null])
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
