import { expect, test } from 'vitest'
import { attemptColumns } from './attempts.ts'
import { demandsBetween, demandsOf } from './demands.ts'

/** Attempts of 1 s each; a capital letter failed. */
const attempts = (...told: readonly (readonly [string, number])[]) =>
  attemptColumns(
    told.map(([name, second]) => ({
      client: name.toLowerCase(),
      startMs: second * 1_000,
      endMs: second * 1_000 + 1_000,
      failed: name === name.toUpperCase(),
    })),
  )

test('retries are folded into the demand that they repeat', () => {
  const told = attempts(['A', 0], ['b', 1], ['A', 2], ['a', 4], ['a', 6], ['B', 7])
  const demands = demandsOf(told)
  expect([...demands.ofAttempt]).toEqual([0, 1, 0, 0, 2, 3])
  expect([...demands.previous]).toEqual([-1, -1, 0, 2, 3, 1])
  expect([...demands.letIn]).toEqual([3, 1, 4, -1])
})

test('an attempt more than a minute after the end of a failure is a demand of its own', () => {
  expect([...demandsOf(attempts(['A', 0], ['a', 61])).ofAttempt]).toEqual([0, 0])
  expect([...demandsOf(attempts(['A', 0], ['a', 61.001])).ofAttempt]).toEqual([0, 1])
})

test('the demands of a stretch are those with an attempt in it', () => {
  const told = attempts(['A', 0], ['b', 1], ['A', 2], ['a', 4], ['c', 6])
  const between = (from: number, to: number) => [
    ...demandsBetween(told, demandsOf(told), from * 1_000, to * 1_000),
  ]
  expect(between(0, 10)).toEqual([0, 1, 4])
  expect(between(2, 6)).toEqual([2])
  expect(between(6, 2)).toEqual([])
  expect(between(Number.NaN, Number.NaN)).toEqual([])
})

test('nothing attempted is nothing wanted', () => {
  expect(demandsOf(attempts()).letIn).toHaveLength(0)
})
