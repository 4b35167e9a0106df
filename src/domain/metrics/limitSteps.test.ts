import fc from 'fast-check'
import { expect, test } from 'vitest'
import { epochMs } from '../units.ts'
import {
  type LimitStep,
  type LimitSteps,
  limitAt,
  limitStepAt,
  withLimitStep,
} from './limitSteps.ts'

const step = (from: number, value: number | null, source = 'registry'): LimitStep => ({
  from: epochMs(from),
  value,
  source,
})
const steps = (...list: LimitStep[]) => list.reduce<LimitSteps>(withLimitStep, [])

test('each instant is judged by the step in force at its time', () => {
  const known = steps(step(10, 50), step(20, 100), step(30, null, 'no permission'))
  expect(limitAt(known, epochMs(9))).toBeNull()
  expect(limitAt(known, epochMs(10))).toBe(50)
  expect(limitAt(known, epochMs(19))).toBe(50)
  expect(limitAt(known, epochMs(20))).toBe(100)
  expect(limitAt(known, epochMs(99))).toBeNull()
  expect(limitStepAt(known, epochMs(99))?.source).toBe('no permission')
  expect(limitStepAt(known, epochMs(9))).toBeNull()
})

test('a step that says nothing new leaves the very same list', () => {
  const known = steps(step(10, 50))
  expect(withLimitStep(known, step(20, 50))).toBe(known)
  expect(withLimitStep(known, step(10, 50))).toBe(known)
})

test('the same value from another source is a step, since somebody else says so', () => {
  expect(steps(step(10, 50), step(20, 50, 'reply'))).toHaveLength(2)
})

test('what is learnt late takes its place', () => {
  expect(steps(step(30, 100), step(10, 50))).toEqual([step(10, 50), step(30, 100)])
})

test('a past read back piece by piece does not change what holds today', () => {
  const today = steps(step(30, 50))
  const older = withLimitStep(withLimitStep(today, step(10, 50)), step(20, 100))
  expect(limitAt(older, epochMs(25))).toBe(100)
  expect(limitAt(older, epochMs(30))).toBe(50)
})

test('a step for an instant that has one replaces it', () => {
  expect(steps(step(10, 50), step(10, 60))).toEqual([step(10, 60)])
})

test('in whatever order steps arrive, at every instant the newest one told for its time holds', () => {
  const anyStep = fc.record({
    from: fc.integer({ min: 0, max: 12 }),
    value: fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 3 })),
  })
  fc.assert(
    fc.property(
      fc.uniqueArray(anyStep, { selector: ({ from }) => from, maxLength: 12 }),
      (list) => {
        const known = steps(...list.map(({ from, value }) => step(from, value, `told for ${from}`)))
        for (let at = 0; at <= 13; at++) {
          const inForce = list
            .filter(({ from }) => from <= at)
            .toSorted((a, b) => b.from - a.from)[0]
          expect(limitAt(known, epochMs(at))).toBe(inForce?.value ?? null)
        }
        expect(known.every(({ from }, i) => i === 0 || from > known[i - 1]!.from)).toBe(true)
      },
    ),
  )
})
