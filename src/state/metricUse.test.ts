import { expect, test } from 'vitest'
import { createSeriesStore } from '#monitor/seriesStore.ts'
import { someMetric } from '#testing/someMetric.ts'
import { durationMs, epochMs, later } from '#domain/units.ts'
import { metricUse } from './metricUse.ts'

const AT = epochMs(1_795_000_000_000)
const open = someMetric('open', { intervalMs: durationMs(10_000) })
const recorded = someMetric('limits.pressure:n/k', { intervalMs: null })

function stored(value: number | null) {
  const series = createSeriesStore((flush) => flush())
  if (value !== null) for (const { id } of [open, recorded]) series.append(id, AT, value)
  return series
}
const use = (metric: typeof open, afterMs: number, value: number | null = 7) =>
  metricUse({ sources: [] }, stored(value), metric, later(AT, afterMs))

test('a value ages: as it is, late, and then not shown at all', () => {
  expect(use(open, 10_000)).toEqual({ kind: 'value', at: AT, value: 7, isStale: false })
  expect(use(open, 40_000)).toMatchObject({ kind: 'value', isStale: true })
  expect(use(open, 200_000)).toEqual({ kind: 'blind', reason: 'no reply', since: AT })
})

test('without a sample it is awaited', () => {
  expect(use(open, 0, null)).toEqual({ kind: 'waiting' })
})

test('what the platform records counts for some minutes, and then says when it was last recorded', () => {
  expect(use(recorded, 5 * 60_000)).toMatchObject({ kind: 'value', value: 7 })
  expect(use(recorded, 20 * 60_000)).toMatchObject({
    kind: 'notMeasurable',
    reason: expect.stringContaining('recorded from about 90 % on, last at'),
  })
})
