import { expect, test } from 'vitest'
import { type ErrorClass, errorEvent } from '../../errors/errorEvent.ts'
import { epochMs } from '../../units.ts'
import { failureColumns, failureProfile } from './failureProfile.ts'

const failed = (errorClass: ErrorClass, count: number, route = 'GET /a', app = 'crm') =>
  errorEvent({ at: epochMs(count), class: errorClass, source: 'feed', count, route, app })
const grades = { A: 0, B: 0, C: 0, D: 0 }

test('failures are counted by class, and the commonest other class names where it failed', () => {
  const profile = failureProfile(
    [
      failed('capacity', 90),
      failed('auth', 4, 'GET /b'),
      failed('auth', 3, 'GET /a'),
      failed('auth', 2, 'GET /a'),
      failed('server', 8),
    ],
    grades,
  )
  expect(profile.classes).toMatchObject({ capacity: 90, auth: 9, server: 8, rate: 0 })
  expect(profile.commonest).toEqual({ class: 'auth', route: 'GET /a', app: 'crm', count: 5 })
})

test('with nothing but capacity errors, and with none at all, no other class is named', () => {
  expect(failureProfile([failed('capacity', 2)], grades).commonest).toBeNull()
  expect(failureProfile([], grades).commonest).toBeNull()
})

test('events become columns of time and count', () => {
  const { timeMs, count } = failureColumns([failed('capacity', 1), failed('capacity', 7)])
  expect([...timeMs]).toEqual([1, 7])
  expect([...count]).toEqual([1, 7])
})
