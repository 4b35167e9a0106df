import { expect, test } from 'vitest'
import { epochMs } from '#domain/units.ts'
import { createClockCheck } from './clockCheck.ts'

const HERE = Date.UTC(2026, 2, 2, 9)
const at = (ms: number) => epochMs(HERE + ms)
const date = (ms: number) => new Date(HERE + ms).toUTCString()

test('says so where the header cannot be read', () => {
  const check = createClockCheck()
  check.observe(at(0), at(100), null)
  check.observe(at(0), at(100), 'not a date')
  expect(check.current()).toEqual({ kind: 'unchecked' })
  expect(check.offsetMs()).toBe(0)
})

test('compares the middle of the round trip with the middle of the second', () => {
  const check = createClockCheck()
  check.observe(at(0), at(200), date(7_000))
  expect(check.current()).toEqual({ kind: 'checked', offsetMs: 7_400, errorMs: 600, at: at(200) })
  expect(check.offsetMs()).toBe(7_400)
})

test('the true offset lies within the stated error, wherever in its second the server is', () => {
  for (let ahead = -3_000; ahead <= 3_000; ahead += 37) {
    const check = createClockCheck()
    const serverAt = Math.floor((HERE + 80 + ahead) / 1000) * 1000
    check.observe(at(0), at(240), new Date(serverAt).toUTCString())
    const current = check.current()
    if (current.kind === 'unchecked') throw new Error('expected a comparison')
    expect(Math.abs(current.offsetMs - ahead)).toBeLessThanOrEqual(current.errorMs)
  }
})

test('a slower reply does not replace a better comparison, until that is ten minutes old', () => {
  const check = createClockCheck()
  check.observe(at(0), at(40), date(0))
  const best = check.current()
  check.observe(at(5_000), at(6_000), date(5_000))
  expect(check.current()).toBe(best)
  check.observe(at(660_000), at(661_000), date(660_000))
  expect(check.current()).not.toBe(best)
})

test('a comparison that contradicts the best one replaces it: a clock was set', () => {
  const check = createClockCheck()
  check.observe(at(0), at(40), date(0))
  check.observe(at(10_000), at(10_900), date(-3_600_000))
  expect(check.offsetMs()).toBeLessThan(-3_600_000)
})

test('forgets what it measured when the clock here was set', () => {
  const check = createClockCheck()
  check.observe(at(0), at(40), date(0))
  check.forget()
  expect(check.current().kind).toBe('unchecked')
})
