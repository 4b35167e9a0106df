import { expect, test } from 'vitest'
import type { Stretch } from '#domain/timeline/atLimit.ts'
import { epochMs, later } from '#domain/units.ts'
import { someMetric } from '#testing/someMetric.ts'
import { besideSummary, errorsSummary, refusedWords, seriesSummary } from './chartSummary.ts'

const noon = epochMs(Date.UTC(2026, 8, 17, 12))
const plain = (text: string) => text.replaceAll('\u202f', ' ')

const window = { from: later(noon, -3 * 3_600_000), to: noon, zone: 'Europe/Berlin' }
const stay = (fromMin: number, toMin: number): Stretch => ({
  state: 'atLimit',
  from: later(noon, fromMin * 60_000),
  to: later(noon, toMin * 60_000),
  seenAt: later(noon, fromMin * 60_000),
  lastAt: later(noon, toMin * 60_000),
})

test('a chart is summed up in one sentence', () => {
  const sentence = seriesSummary({
    metric: someMetric('open', { title: 'WebSocket connections' }),
    window,
    current: 1_236,
    peak: { value: 1_241, limit: 1_500 },
    hasLimit: true,
    stretches: [stay(-60, -50), stay(-40, -30)],
    gaps: [{ from: later(noon, -600_000), to: later(noon, -240_000) }],
    refused: { watched: 312, inFiles: 0, files: [] },
  })
  expect(plain(sentence)).toBe(
    'WebSocket connections, 11:00 to 14:00 CEST: 1 236 now, peak 1 241 of 1 500; at the limit twice, 10 min each; one gap of 6 min; 312 refused.',
  )
})

test('an unknown limit and an empty window are said, not left out', () => {
  const known = { window, stretches: [], gaps: [], refused: null, metric: someMetric('open') }
  const peak = { value: 9, limit: null }
  const say = (hasLimit: boolean) => seriesSummary({ ...known, hasLimit, current: 5, peak })
  expect(say(true)).toContain('peak 9, limit unknown.')
  expect(say(false)).toContain('peak 9.')
  expect(seriesSummary({ ...known, hasLimit: true, current: null, peak: null })).toContain(
    'no value now, no samples.',
  )
})

test('what a load test met is said to come from its file', () => {
  const files = ['ramp.jtl']
  const words = (watched: number, inFiles: number, isMeasured: boolean) =>
    plain(refusedWords({ watched, inFiles, files }, isMeasured))
  expect(words(0, 8_099, false)).toBe('8 099 refused, from ramp.jtl')
  expect(words(0, 8_099, true)).toBe('0 refused, 8 099 more in ramp.jtl')
  expect(words(12, 8_099, true)).toBe('12 refused, 8 099 more in ramp.jtl')
  expect(words(12, 0, true)).toBe('12 refused')
  const many = ['a.jtl', 'b.jtl', 'c.jtl']
  expect(refusedWords({ watched: 1, inFiles: 2, files: many }, true)).toBe(
    '1 refused, 2 more in files',
  )
})

test('a line beside the first one is summed up too, by the name it has in the chart', () => {
  const threads = someMetric('threads', {
    title: 'Active threads',
    origin: 'ramp.jtl',
    intervalMs: null,
  })
  expect(besideSummary(threads, 130)).toBe('Active threads, ramp.jtl: peak 130.')
  expect(besideSummary(threads, null)).toBeNull()
})

test('errors are summed up class by class, the empty ones too', () => {
  const counts = { capacity: 312, rate: 3, auth: 0, server: 1, network: 2, socket: 14, other: 0 }
  expect(errorsSummary(counts, window)).toBe(
    'Errors by class, 11:00 to 14:00 CEST: 312 capacity, 3 rate, 0 auth, 1 server, 2 network, 14 socket.',
  )
  expect(errorsSummary({ ...counts, other: 4 }, window)).toContain('4 other')
})
