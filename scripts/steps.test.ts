import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { check, outcomeLine, outcomeOf, runner } from './steps.ts'

beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation(() => {})
  vi.spyOn(console, 'error').mockImplementation(() => {})
})
afterEach(() => void vi.restoreAllMocks())

test('a step that throws failed, and says why', async () => {
  const reason = new Error('no such thing')
  const run = () => {
    throw reason
  }
  const { counts } = await outcomeOf({ title: 'size', run })
  expect(counts).toEqual({ passed: 0, failed: 1, skipped: 0 })
  expect(console.error).toHaveBeenCalledWith(reason)
})

test('a tool that is not there failed', async () => {
  const { counts } = await outcomeOf(check('lint', 'no-such-tool'))
  expect(counts).toEqual({ passed: 0, failed: 1, skipped: 0 })
})

test('a runner that left no report failed, however it ended', async () => {
  const countsOf = () => ({ passed: 9, failed: 0, skipped: 0 })
  const step = runner('unit', 'reports/no-such-report.json', countsOf, 'tsc', '--version')
  const { counts } = await outcomeOf(step)
  expect(counts).toEqual({ passed: 0, failed: 1, skipped: 0 })
})

test('an outcome is told in one line', () => {
  const counts = { passed: 12, failed: 1, skipped: 2 }
  expect(outcomeLine({ title: 'unit', counts, tookMs: 3_450 })).toBe(
    'FAILED unit        12 passed, 1 failed, 2 skipped (3.5 s)',
  )
  expect(
    outcomeLine({ title: 'types', counts: { ...counts, failed: 0, skipped: 0 }, tookMs: 90 }),
  ).toBe('ok     types       12 passed, 0 failed (0.1 s)')
})
