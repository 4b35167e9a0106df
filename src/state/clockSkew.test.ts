import { expect, test } from 'vitest'
import { durationMs, epochMs } from '#domain/units.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { clockSkewOf } from './clockSkew.ts'

const checked = (offsetMs: number, errorMs = 600) =>
  clockSkewOf({
    kind: 'checked',
    offsetMs: durationMs(offsetMs),
    errorMs: durationMs(errorMs),
    at: epochMs(0),
  })

test.each([
  [200_000, /is 3 min 20 s behind the organisation’s/],
  [-7_200_000, /is 2 h ahead of the organisation’s/],
  [60_601, /behind/],
])('a clock that is off by %d ms is told, with its side and a remedy', (offsetMs, words) => {
  const skew = checked(offsetMs)!
  expect(plainSpaces(skew.words)).toMatch(words)
  expect(skew.remedy).toMatch(/Set the clock/)
})

test.each([
  [0, 600],
  [60_600, 600],
  [-60_000, 600],
  [90_000, 40_000],
])('an offset of %d ms that may err by %d ms is not', (offsetMs, errorMs) => {
  expect(checked(offsetMs, errorMs)).toBeNull()
})

test('a clock that could not be compared is not called wrong', () => {
  expect(clockSkewOf({ kind: 'unchecked' })).toBeNull()
})
