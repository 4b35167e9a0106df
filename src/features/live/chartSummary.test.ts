import { expect, test } from 'vitest'
import type { Stretch } from '#domain/timeline/atLimit.ts'
import { epochMs, later } from '#domain/units.ts'
import { someMetric } from '#testing/someMetric.ts'
import { errorsSummary, seriesSummary } from './chartSummary.ts'

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
    peak: 1_241,
    limit: 1_500,
    stretches: [stay(-60, -50), stay(-40, -30)],
    gaps: [{ from: later(noon, -600_000), to: later(noon, -240_000) }],
    refused: 312,
  })
  expect(plain(sentence)).toBe(
    'WebSocket connections, 11:00 to 14:00 CEST: 1 236 now, peak 1 241 of 1 500; at the limit twice, 10 min each; one gap of 6 min; 312 refused.',
  )
})

test('an unknown limit and an empty window are said, not left out', () => {
  const nothing = { window, stretches: [], gaps: [], refused: null, limit: null }
  expect(seriesSummary({ ...nothing, metric: someMetric('open'), current: 5, peak: 9 })).toContain(
    'peak 9, limit unknown.',
  )
  expect(
    seriesSummary({ ...nothing, metric: someMetric('open'), current: null, peak: null }),
  ).toContain('no value now, no samples.')
})

test('errors are summed up class by class, the empty ones too', () => {
  const counts = { capacity: 312, rate: 3, auth: 0, server: 1, network: 2, socket: 14, other: 0 }
  expect(errorsSummary(counts, window)).toBe(
    'Errors by class, 11:00 to 14:00 CEST: 312 capacity, 3 rate, 0 auth, 1 server, 2 network, 14 socket.',
  )
  expect(errorsSummary({ ...counts, other: 4 }, window)).toContain('4 other')
})
