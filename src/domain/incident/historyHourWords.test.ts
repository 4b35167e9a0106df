import { expect, test } from 'vitest'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { type EpochMs, epochMs, HOUR_MS, later } from '../units.ts'
import { historySummary, hourWords, notKeptWords, pageWords } from './historyHourWords.ts'
import { type HistoryHour, hoursTogether } from './historyHours.ts'
import { historySpan } from './historySpan.ts'

const NOW = epochMs(Date.UTC(2026, 10, 29, 18, 20))
const utc = (month: number, day: number, hour: number) =>
  epochMs(Date.UTC(2026, month - 1, day, hour))

const hourAt = (from: EpochMs, known: Partial<HistoryHour> = {}): HistoryHour => ({
  from,
  to: later(from, HOUR_MS),
  kind: 'measured',
  highest: 980,
  limit: 1_000,
  used: 0.98,
  isAtLeast: false,
  refused: 307,
  ...known,
})
const words = (hour: HistoryHour, zone = 'UTC') => plainSpaces(hourWords(hour, zone, NOW))
const NOTHING = { highest: null, limit: null, used: null } as const

test('an hour says when it was, how full, and what was refused', () => {
  expect(words(hourAt(utc(11, 17, 13)))).toBe(
    'Tue 17 Nov, 13:00 to 14:00: highest 98 % of 1 000, 307 refused',
  )
  expect(words(hourAt(utc(11, 17, 13), { refused: 0 }))).toMatch(/1 000, none refused$/)
  expect(words(hourAt(utc(11, 17, 13), { isAtLeast: true }))).toMatch(
    /highest at least 98 % of 1 000, limit changed, 307 refused$/,
  )
})

test('what is not known is said in its own words', () => {
  const at = utc(11, 17, 13)
  expect(words(hourAt(at, { limit: null, used: null }))).toMatch(/highest 980, limit unknown, 307/)
  expect(words(hourAt(at, { ...NOTHING, kind: 'missing' }))).toMatch(/: nothing measured, 307/)
  expect(words(hourAt(at, { ...NOTHING, kind: 'notKept', refused: 0 }))).toMatch(/: nothing kept$/)
  expect(words(hourAt(at, { refused: null }))).toMatch(/too many errors to count the refused$/)
})

test('hours are of UTC, their words of the zone', () => {
  expect(words(hourAt(utc(11, 17, 13)), 'Asia/Kolkata')).toMatch(/^Tue 17 Nov, 18:30 to 19:30:/)
  expect(words(hourAt(utc(11, 17, 23)))).toMatch(/^Tue 17 Nov, 23:00 to 00:00:/)
  expect(words(hourAt(utc(11, 17, 23), { to: utc(11, 18, 5) }))).toMatch(
    /^Tue 17 Nov, 23:00 to Wed 18 Nov, 05:00:/,
  )
  expect(words(hourAt(epochMs(Date.UTC(2025, 10, 18, 9))))).toMatch(/^Tue 18 Nov 2025, 09:00/)
})

test('the day on which clocks are set back has 25 hours with 25 names, the other one 23', () => {
  const namesOf = (first: EpochMs, count: number) =>
    Array.from({ length: count }, (_, i) =>
      words(hourAt(later(first, i * HOUR_MS)), 'Europe/Berlin')
        .split(':')
        .slice(0, -1)
        .join(':'),
    )
  const back = namesOf(utc(10, 24, 22), 25)
  expect(back[0]).toMatch(/^Sun 25 Oct, 00:00/)
  expect(back.at(-1)).toMatch(/^Sun 25 Oct, 23:00/)
  expect(new Set(back).size).toBe(25)
  expect(back).toContain('Sun 25 Oct, 02:00 CEST to 02:00 CET')
  const on = namesOf(utc(3, 28, 23), 23)
  expect(on[0]).toMatch(/^Sun 29 Mar, 00:00/)
  expect(on.at(-1)).toMatch(/^Sun 29 Mar, 23:00/)
  expect(on).toContain('Sun 29 Mar, 01:00 CET to 03:00 CEST')
})

test('a page says its days, its fullest hour, and all that was refused', () => {
  const span = historySpan(NOW, 0)
  expect(plainSpaces(pageWords(span, 'UTC'))).toBe('15 Nov – 29 Nov 2026')
  const hours = [
    hourAt(utc(11, 17, 13)),
    hourAt(utc(11, 17, 14), { highest: 1_000, used: 1, refused: 3 }),
    hourAt(utc(11, 17, 15), { ...NOTHING, kind: 'missing', refused: 2 }),
  ]
  const page = { ...span, metric: null, hours, keptFrom: span.from }
  expect(plainSpaces(historySummary(page, 'UTC', NOW))).toBe(
    'Highest 100 % of 1 000 on Tue 17 Nov, 14:00 to 15:00; 312 refused',
  )
  expect(words(hoursTogether(hours))).toBe(
    'Tue 17 Nov, 13:00 to 16:00: highest 100 % of 1 000, 312 refused',
  )
})

test('why a page is empty, or begins with nothing', () => {
  const span = historySpan(NOW, 0)
  const page = {
    ...span,
    metric: null,
    hours: [hourAt(span.from, { ...NOTHING, kind: 'notKept', refused: 0 })],
  }
  const why = (keptFrom: EpochMs | null) => {
    const said = notKeptWords({ ...page, keptFrom }, 'UTC', NOW)
    return said && plainSpaces(said)
  }
  expect(why(span.from)).toBeNull()
  expect(why(later(span.from, 3.5 * HOUR_MS))).toBe(
    'Nothing is kept before 15 Nov 22:30. Tidemark began to watch then.',
  )
  expect(why(null)).toMatch(/^Nothing is kept yet\./)
  const thirteenMonthsAgo = later(NOW, -395.5 * 24 * HOUR_MS)
  const oldest = { ...page, ...historySpan(NOW, 28), keptFrom: thirteenMonthsAgo }
  expect(plainSpaces(notKeptWords(oldest, 'UTC', NOW)!)).toMatch(/2025 .* Tidemark keeps 13 months/)
  expect(historySummary({ ...page, keptFrom: null }, 'UTC', NOW)).toBe(
    'Nothing is kept of these 14 days.',
  )
})
