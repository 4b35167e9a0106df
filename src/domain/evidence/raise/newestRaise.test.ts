import { expect, test } from 'vitest'
import { epochMs } from '../../units.ts'
import { newestRaise } from './newestRaise.ts'

const step = (from: number, value: number | null) => ({
  from: epochMs(from),
  value,
  source: 'change request',
})
const raised = (...steps: ReturnType<typeof step>[]) => newestRaise(steps, epochMs(0), epochMs(100))

test('a raise has the time since the change before it, and the time to the next one', () => {
  expect(raised(step(-50, 800), step(20, 1000), step(60, 1500), step(90, 1200))).toEqual({
    at: 60,
    oldLimit: 1000,
    newLimit: 1500,
    before: { from: 20, to: 60 },
    after: { from: 60, to: 90 },
  })
})

test('without other changes the window bounds both sides', () => {
  expect(raised(step(-50, 800), step(20, 1000))).toMatchObject({
    before: { from: 0, to: 20 },
    after: { from: 20, to: 100 },
  })
})

test('the newest raise counts, not a newer cut', () => {
  expect(raised(step(-50, 800), step(20, 1000), step(60, 500))).toMatchObject({ at: 20 })
})

test('no raise is none: one limit, a cut, a limit repeated by another source, one outside of the window', () => {
  expect(raised()).toBeNull()
  expect(raised(step(0, 800))).toBeNull()
  expect(raised(step(0, 800), step(50, 700))).toBeNull()
  expect(raised(step(0, 800), step(50, 800))).toBeNull()
  expect(raised(step(-90, 700), step(-50, 800))).toBeNull()
  expect(raised(step(0, 700), step(100, 800))).toBeNull()
  expect(raised(step(50, 800))).toBeNull()
})

test('a repeated limit does not cut its side short', () => {
  expect(raised(step(0, 800), step(30, 800), step(50, 900), step(70, 900))).toMatchObject({
    before: { from: 0, to: 50 },
    after: { from: 50, to: 100 },
  })
})

test('while a limit is not known it belongs to neither side', () => {
  expect(raised(step(0, 800), step(30, null), step(50, 900))).toMatchObject({
    at: 50,
    before: { from: 0, to: 30 },
    after: { from: 50, to: 100 },
  })
  expect(raised(step(0, null), step(50, 900))).toBeNull()
})

test('steps in any order, a limit of 0, numbers that are none and a window without length do no harm', () => {
  expect(raised(step(20, 1000), step(-50, 0))).toMatchObject({ oldLimit: 0, newLimit: 1000 })
  expect(raised(step(0, 800), step(20, Number.NaN), step(40, Infinity))).toBeNull()
  expect(newestRaise([step(0, 1), step(5, 2)], epochMs(9), epochMs(9))).toBeNull()
  expect(newestRaise([step(0, 1), step(5, 2)], epochMs(9), epochMs(1))).toBeNull()
})
