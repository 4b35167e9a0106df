import { expect, test } from 'vitest'
import { errorEvent } from '#domain/errors/errorEvent.ts'
import { durationMs, epochMs } from '#domain/units.ts'
import { createErrorLog } from '#monitor/errorLog.ts'
import { createSeriesStore } from '#monitor/seriesStore.ts'
import { someMetric } from '#testing/someMetric.ts'
import { stretchesIn } from './metricWindow.ts'
import { readoutAt } from './readoutRows.ts'

const open = someMetric('open')
const fifty = [{ from: epochMs(0), value: 50, source: 'test' }]

const atOnce = (flush: () => void) => flush()

/** Samples two seconds apart from 0 on. */
function stored(values: readonly number[]) {
  const series = createSeriesStore(atOnce)
  values.forEach((value, i) => series.append(open.id, epochMs(i * 2_000), value))
  return series
}

test('the readout holds value, limit, share, and how long it has been at the limit', () => {
  const series = stored([40, 50, 50, 50, 50, 50])
  const errors = createErrorLog(atOnce)
  errors.add([errorEvent({ at: epochMs(8_200), class: 'capacity', source: 'feed', count: 3 })])
  const numbers = readoutAt({
    series,
    errors,
    plan: { connections: [open], sessions: [], queue: [], attempts: null },
    limits: new Map([[open.id, fifty]]),
    stretches: stretchesIn(series, open, fifty, epochMs(0), epochMs(12_000)),
    iteration: '3',
    at: epochMs(8_000),
    binMs: durationMs(2_000),
  })
  expect(numbers.connections).toEqual({
    value: '50',
    state: 'atLimit',
    rows: [
      { name: 'limit then', value: '50' },
      { name: 'used', value: '100\u202f%' },
      { name: 'iteration', value: '3' },
      { name: 'at limit for', value: '6\u202fs' },
    ],
  })
  expect(numbers.errors[0]).toEqual({ name: 'capacity, 2\u202fs', value: '3' })
})
