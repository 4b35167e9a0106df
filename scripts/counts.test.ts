import { expect, test } from 'vitest'
import {
  type Counts,
  countsOfCheck,
  countsOfPlaywright,
  countsOfVitest,
  sum,
  verdictLine,
  withExit,
} from './counts.ts'

const counts = (passed: number, failed: number, skipped = 0): Counts => ({
  passed,
  failed,
  skipped,
})

const vitestReport = (parts: object = {}) => ({
  numPassedTests: 5,
  numFailedTests: 0,
  numPendingTests: 2,
  numTodoTests: 1,
  testResults: [{ status: 'passed', assertionResults: [{}] }],
  ...parts,
})

const playwrightReport = (stats: object = {}, errors: unknown[] = []) => ({
  stats: { expected: 3, unexpected: 0, flaky: 0, skipped: 1, ...stats },
  errors,
})

test('the tests of all runners and the steps without tests add up', () => {
  const all = [countsOfCheck(true), countsOfCheck(false), counts(120, 0, 3), counts(7, 2)]
  expect(sum(all)).toEqual(counts(128, 3, 3))
  expect(verdictLine(sum(all))).toBe('128 passed, 3 failed')
})

test('the last line says zero where nothing ran', () => {
  expect(verdictLine(sum([]))).toBe('0 passed, 0 failed')
})

test('a Vitest report gives passed, failed and left out', () => {
  expect(countsOfVitest(vitestReport({ numFailedTests: 4 }))).toEqual(counts(5, 4, 3))
})

test('a test file that could not be loaded is a failure, although none of its tests failed', () => {
  const report = vitestReport({ testResults: [{ status: 'failed', assertionResults: [] }] })
  expect(countsOfVitest(report)).toEqual(counts(5, 1, 3))
})

test('a flaky journey and an error outside any journey are failures', () => {
  expect(countsOfPlaywright(playwrightReport())).toEqual(counts(3, 0, 1))
  expect(countsOfPlaywright(playwrightReport({ unexpected: 1, flaky: 2 }))).toEqual(counts(3, 3, 1))
  expect(countsOfPlaywright(playwrightReport({}, [{ message: 'No tests found' }])).failed).toBe(1)
})

test('a runner that crashed without naming a failed test failed once', () => {
  expect(withExit(counts(9, 0), false)).toEqual(counts(9, 1))
  expect(withExit(counts(9, 2), false)).toEqual(counts(9, 2))
  expect(withExit(counts(9, 0), true)).toEqual(counts(9, 0))
})

test('a report in another shape is refused, not read as zero failures', () => {
  expect(() => countsOfVitest({})).toThrow()
  expect(() => countsOfPlaywright({ stats: {} })).toThrow()
})
