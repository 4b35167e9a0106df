import { expect, test } from 'vitest'
import { DAY_MS, epochMs, HOUR_MS, MINUTE_MS } from '#domain/units.ts'
import { auditDueAt, retryWaitMs } from './auditDue.ts'

const known = { everyMs: DAY_MS, lastAt: null, startedAt: epochMs(0), retryAt: null }

test('the next audit is due a while after the last, and soon where there is none', () => {
  expect(auditDueAt({ ...known, lastAt: epochMs(HOUR_MS) })).toBe(HOUR_MS + DAY_MS)
  expect(auditDueAt(known)).toBe(5 * MINUTE_MS)
  expect(auditDueAt({ ...known, everyMs: null })).toBeNull()
})

test('one that failed puts the next off, and never brings it forward', () => {
  expect(auditDueAt({ ...known, retryAt: epochMs(HOUR_MS) })).toBe(HOUR_MS)
  expect(auditDueAt({ ...known, retryAt: epochMs(1) })).toBe(5 * MINUTE_MS)
})

test('waits after failures grow from a minute to an hour', () => {
  expect([1, 2, 3, 7, 40].map((failures) => retryWaitMs(failures) / MINUTE_MS)).toEqual([
    1, 2, 4, 60, 60,
  ])
})
