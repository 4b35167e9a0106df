import { expect, test } from 'vitest'
import {
  formatClock,
  formatCount,
  formatDate,
  formatDuration,
  formatPercent,
  formatTick,
  formatZone,
} from './format.ts'
import { epochMs } from './units.ts'

const plain = (text: string) => text.replaceAll('\u202f', ' ')
const at = epochMs(Date.UTC(2026, 8, 17, 12, 30, 8))

test.each([
  [0, '0'],
  [7, '7'],
  [1236, '1 236'],
  [1_234_567, '1 234 567'],
  [-41, '−41'],
  [-0.2, '0'],
  [99.6, '100'],
])('%d is written %s', (value, words) => {
  expect(plain(formatCount(value))).toBe(words)
})

test.each([
  [0, '0'],
  [1_500, '1 500'],
  [75_000, '75 000'],
  [500_000, '500 k'],
  [1_000_000_000, '1 G'],
  [-2_500_000, '−2.5 M'],
  [3 * 0.1, '0.3'],
  [-0.25, '−0.25'],
  [5e12, '5e12'],
  [7.5e307, '7.5e307'],
])('an axis writes %d as %s', (value, words) => {
  expect(plain(formatTick(value))).toBe(words)
})

test.each([
  [0, '0 %'],
  [0.824, '82 %'],
  [0.999, '99 %'],
  [1, '100 %'],
  [1.066, '106 %'],
])('a used ratio of %d is %s, never rounded up to 100', (ratio, words) => {
  expect(plain(formatPercent(ratio))).toBe(words)
})

test.each([
  [0, '0 s'],
  [400, '0 s'],
  [4_000, '4 s'],
  [220_000, '3 min 40 s'],
  [360_000, '6 min'],
  [4_800_000, '1 h 20 min'],
  [3_599_600, '1 h'],
  [183_600_000, '2 d 3 h'],
  [-41_000, '−41 s'],
])('%d ms is %s', (length, words) => {
  expect(plain(formatDuration(length))).toBe(words)
})

test('a clock time follows its zone and its daylight saving', () => {
  expect(formatClock(at, 'UTC')).toBe('12:30:08')
  expect(formatClock(at, 'Europe/Berlin', 'minutes')).toBe('14:30')
  expect(formatClock(epochMs(Date.UTC(2026, 9, 25, 0, 59, 59)), 'Europe/Berlin')).toBe('02:59:59')
  expect(formatClock(epochMs(Date.UTC(2026, 9, 25, 1, 0, 0)), 'Europe/Berlin')).toBe('02:00:00')
})

test('midnight is 00, not 24', () => {
  expect(formatClock(epochMs(Date.UTC(2026, 0, 1)), 'UTC', 'minutes')).toBe('00:00')
})

test('a date and a zone are said in words', () => {
  expect(formatDate(at, 'Europe/Berlin')).toBe('Thu 17 Sep 2026')
  expect(formatZone(at, 'UTC')).toBe('UTC')
  expect(formatZone(at, 'Europe/Berlin')).toBe('CEST, UTC+2')
  expect(formatZone(at, 'America/New_York')).toBe('EDT, UTC−4')
})
