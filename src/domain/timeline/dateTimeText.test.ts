import fc from 'fast-check'
import { expect, test } from 'vitest'
import { epochMs } from '../units.ts'
import { dateTimeText, instantOfText } from './dateTimeText.ts'

const at = epochMs(Date.UTC(2026, 8, 17, 12, 30, 8))

test('an instant is written in the clock of its zone', () => {
  expect(dateTimeText(at, 'UTC')).toBe('2026-09-17T12:30:08')
  expect(dateTimeText(at, 'Europe/Berlin')).toBe('2026-09-17T14:30:08')
  expect(dateTimeText(at, 'America/New_York')).toBe('2026-09-17T08:30:08')
})

test('a text without seconds is the whole minute', () => {
  expect(instantOfText('2026-09-17T14:30', 'Europe/Berlin')).toBe(Date.UTC(2026, 8, 17, 12, 30))
})

test.each(['', 'yesterday', '2026-09-17', '2026-02-30T10:00', '2026-09-17T25:00'])(
  'what is no date and time is refused: %o',
  (text) => {
    expect(instantOfText(text, 'UTC')).toBeNull()
  },
)

test('the hour a zone repeats means the earlier instant, the hour it skips moves on', () => {
  expect(instantOfText('2026-10-25T02:30:00', 'Europe/Berlin')).toBe(Date.UTC(2026, 9, 25, 0, 30))
  expect(instantOfText('2026-03-29T02:30:00', 'Europe/Berlin')).toBe(Date.UTC(2026, 2, 29, 1, 30))
})

test('what is written can be read back, but for the hour that exists twice', () => {
  const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe']
  fc.assert(
    fc.property(
      fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2035, 0) }),
      fc.constantFrom(...zones),
      (ms, zone) => {
        const instant = epochMs(Math.floor(ms / 1000) * 1000)
        const read = instantOfText(dateTimeText(instant, zone), zone)!
        expect(dateTimeText(read, zone)).toBe(dateTimeText(instant, zone))
        expect([0, 1_800_000, 3_600_000]).toContain(instant - read)
      },
    ),
  )
})
