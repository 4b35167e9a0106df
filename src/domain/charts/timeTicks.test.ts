import fc from 'fast-check'
import { expect, test } from 'vitest'
import { epochMs } from '../units.ts'
import { timeTicks, zoneOffsetMs } from './timeTicks.ts'

const at = (text: string) => epochMs(Date.parse(text))
const texts = (from: string, to: string, zone: string, count: number) =>
  timeTicks({ from: at(from), to: at(to) }, zone, count).map(({ text }) => text)

test('ticks are round clock times of the zone, as many as there is room for', () => {
  expect(texts('2026-09-17T09:30:00Z', '2026-09-17T12:30:00Z', 'Europe/Berlin', 14)).toEqual(
    '11:30 11:45 12:00 12:15 12:30 12:45 13:00 13:15 13:30 13:45 14:00 14:15 14:30'.split(' '),
  )
  expect(texts('2026-09-17T09:30:00Z', '2026-09-17T12:30:00Z', 'Europe/Berlin', 7)).toEqual(
    '11:30 12:00 12:30 13:00 13:30 14:00 14:30'.split(' '),
  )
})

test('a short window has seconds', () => {
  expect(texts('2026-09-17T09:30:05Z', '2026-09-17T09:30:40Z', 'UTC', 8)).toEqual(
    '09:30:05 09:30:10 09:30:15 09:30:20 09:30:25 09:30:30 09:30:35 09:30:40'.split(' '),
  )
})

test('a zone that is half an hour off has its own round times', () => {
  expect(texts('2026-09-17T00:00:00Z', '2026-09-17T06:00:00Z', 'Asia/Kolkata', 7)).toEqual(
    '06:00 07:00 08:00 09:00 10:00 11:00'.split(' '),
  )
})

test('midnight is written as its date', () => {
  expect(texts('2026-09-17T18:00:00Z', '2026-09-18T03:00:00Z', 'UTC', 4)).toEqual([
    '18:00',
    '21:00',
    'Fri 18 Sep',
    '03:00',
  ])
})

test('the hour that summer time leaves out is left out, the one it repeats comes once', () => {
  expect(texts('2026-03-29T00:00:00Z', '2026-03-29T03:00:00Z', 'Europe/Berlin', 4)).toEqual([
    '01:00',
    '03:00',
    '04:00',
    '05:00',
  ])
  expect(texts('2026-10-24T23:00:00Z', '2026-10-25T03:00:00Z', 'Europe/Berlin', 5)).toEqual([
    '01:00',
    '02:00',
    '03:00',
    '04:00',
  ])
})

test('tells how far a zone is ahead of UTC', () => {
  expect(zoneOffsetMs(at('2026-09-17T09:30:00Z'), 'Europe/Berlin')).toBe(2 * 3_600_000)
  expect(zoneOffsetMs(at('2026-01-17T09:30:00.250Z'), 'America/New_York')).toBe(-5 * 3_600_000)
})

test('in any window ticks rise, lie inside and are no more than there is room for', () => {
  const anyZone = fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'Australia/Lord_Howe')
  const anyStart = fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 })
  const anyLength = fc.integer({ min: 10_000, max: 20 * 86_400_000 })
  fc.assert(
    fc.property(
      anyStart,
      anyLength,
      anyZone,
      fc.integer({ min: 2, max: 16 }),
      (from, length, zone, count) => {
        const to = from + length
        const ticks = timeTicks({ from: epochMs(from), to: epochMs(to) }, zone, count)
        // One more where clocks are set back: an hour has two of each clock time.
        expect(ticks.length).toBeLessThanOrEqual(count + 2)
        ticks.forEach((tick, i) => {
          expect(tick.at).toBeGreaterThanOrEqual(i > 0 ? ticks[i - 1]!.at + 1 : from)
          expect(tick.at).toBeLessThanOrEqual(to)
        })
      },
    ),
  )
})

test('thirteen months have no more ticks than were asked for', () => {
  const to = epochMs(Date.UTC(2026, 10, 28))
  const window = { from: epochMs(to - 396 * 86_400_000), to }
  const ticks = timeTicks(window, 'UTC', 12)
  expect(ticks.length).toBeGreaterThan(5)
  expect(ticks.length).toBeLessThanOrEqual(12)
})

test('a window of thousands of years has no more ticks than any other', () => {
  const window = { from: epochMs(1_789_641_900_000), to: epochMs(8e15) }
  expect(timeTicks(window, 'Europe/Berlin', 8).length).toBeLessThanOrEqual(8)
})
