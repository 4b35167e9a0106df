import { expect, test } from 'vitest'
import { epochMs } from '../units.ts'
import { namedNumber, numberedByName } from './namedNumber.ts'

const iterations = (...labels: string[]) =>
  labels.map((label, i) => ({ number: i + 1, label, from: epochMs(i), to: null }))
const numbers = (...labels: string[]) =>
  numberedByName(iterations(...labels)).map(({ number }) => number)

test('a name tells its number by its end', () => {
  expect(namedNumber('Iteration 12')).toBe(12)
  expect(namedNumber('warm-up')).toBeNull()
})

test('iterations whose first was not seen keep the numbers of their names', () => {
  expect(numbers('Iteration 4', 'Iteration 5', 'Iteration 6')).toEqual([4, 5, 6])
})

test('names that do not count up say nothing of the order', () => {
  expect(numbers('ramp-200', 'ramp-100', 'ramp-50')).toEqual([1, 2, 3])
  expect(numbers('cold', 'warm')).toEqual([1, 2])
  expect(numbers()).toEqual([])
})
