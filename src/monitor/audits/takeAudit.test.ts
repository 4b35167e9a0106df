import { expect, test } from 'vitest'
import { DAY_MS, epochMs, metricId } from '#domain/units.ts'
import { createSeriesStore } from '../seriesStore.ts'
import { auditedUse } from './takeAudit.ts'

const CALLS = metricId('calls')
const NOW = epochMs(10 * DAY_MS)
const HOUR = DAY_MS / 24

function storeOf(...samples: readonly [hoursAgo: number, value: number][]) {
  const store = createSeriesStore((flush) => flush())
  for (const [hoursAgo, value] of samples)
    store.append(CALLS, epochMs(NOW - hoursAgo * HOUR), value)
  return store
}

test('the peak of a day leaves out what came before it, and says since when it is known', () => {
  const use = auditedUse(storeOf([30, 900], [20, 70], [1, 40]), CALLS, NOW)
  expect(use).toEqual({
    latest: { at: NOW - HOUR, value: 40 },
    peak: { value: 70, at: NOW - 20 * HOUR, since: NOW - DAY_MS },
  })
  expect(auditedUse(storeOf([2, 5], [1, 4]), CALLS, NOW)!.peak.since).toBe(NOW - 2 * HOUR)
})

test('what was last seen more than a day ago, or never, is no use to show', () => {
  expect(auditedUse(storeOf([25, 5]), CALLS, NOW)).toBeNull()
  expect(auditedUse(storeOf(), CALLS, NOW)).toBeNull()
  expect(auditedUse(storeOf([30, 5], [1, Number.NaN]), CALLS, NOW)).toBeNull()
})
