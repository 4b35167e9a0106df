import { expect, test } from 'vitest'
import { wallBand, wallMask } from './wallBand.ts'

test('the wall is entered and left where the methods page says', () => {
  const limits = [1, 5, 9, 10, 20, 49, 50, 99, 100, 150, 250, 600, 1000]
  const bands = limits.map((limit) => {
    const { enter, leave } = wallBand(limit)
    return `${enter}/${leave}`
  })
  expect(bands.join(' ')).toBe(
    '1/1 5/5 9/9 9/7 19/17 48/46 49/47 98/96 99/95 149/143 248/239 594/575 990/959',
  )
})

test('a count that trembles just below the wall stays at the limit', () => {
  const values = [90, 97, 99, 100, 98, 96, 95, 94, 99, 100]
  expect([
    ...wallMask(
      values,
      values.map(() => 100),
    ),
  ]).toEqual([0, 0, 1, 1, 1, 1, 1, 0, 1, 1])
})

test('after a gap the wall must be reached again', () => {
  const limits = [100, 100, 100, 100, Number.NaN, 100]
  expect([...wallMask([100, 96, Number.NaN, 96, 100, 96], limits)]).toEqual([1, 1, 0, 0, 0, 0])
})

test('each value is judged by the limit of its own time', () => {
  expect([...wallMask([100, 100, 100, 200], [100, 200, 100, 200])]).toEqual([1, 0, 1, 1])
})

test('a limit of 0 is reached by nothing at all, and nothing gives nothing', () => {
  expect([...wallMask([0, 3], [0, 0])]).toEqual([1, 1])
  expect([...wallMask([], [])]).toEqual([])
})
