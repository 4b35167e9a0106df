import { expect, test } from 'vitest'
import { epochMs } from '#domain/units.ts'
import { createSeriesStore } from '#monitor/seriesStore.ts'
import { someMetric } from '#testing/someMetric.ts'
import { stretchesIn } from './metricWindow.ts'

const open = someMetric('open')
const fifty = [{ from: epochMs(0), value: 50, source: 'test' }]

test('a day of two-second samples is divided without a false gap', () => {
  const series = createSeriesStore((flush) => flush())
  const count = 43_200
  series.insert(open.id, {
    timeMs: Float64Array.from({ length: count }, (_, i) => i * 2_000),
    value: Float64Array.from({ length: count }, (_, i) => (i >= 20_000 && i < 20_300 ? 50 : 10)),
  })
  const day = stretchesIn(series, open, fifty, epochMs(0), epochMs(86_400_000))
  expect(day.map(({ state }) => state)).toEqual(['below', 'atLimit', 'below'])
  expect(Math.abs(day[1]!.seenAt - 40_000_000)).toBeLessThanOrEqual(4_000)
})
