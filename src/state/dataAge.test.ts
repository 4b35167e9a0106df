import { expect, test } from 'vitest'
import { durationMs, type EpochMs, epochMs, sourceId } from '#domain/units.ts'
import type { SourceStatus } from '#monitor/orgFacts.ts'
import { dataAge } from './dataAge.ts'

const source = (everyMs: number, lastOkAt: number | null): SourceStatus => ({
  id: sourceId(`every-${everyMs}`),
  title: 'Source',
  everyMs: durationMs(everyMs),
  metrics: [],
  state: 'ok',
  lastOkAt: lastOkAt as EpochMs | null,
  failingSince: null,
  failure: null,
  nextAt: null,
  skippedTicks: 0,
})
const NOW = epochMs(100_000)

test('the newest reply counts, judged by the interval of its own source', () => {
  const sources = [source(60_000, 60_000), source(2_000, 91_000)]
  expect(dataAge(sources, NOW)).toEqual({ state: 'stale', ageMs: 9_000 })
})

test('without any reply there is no age, and not an age of zero', () => {
  expect(dataAge([source(2_000, null)], NOW)).toEqual({ state: 'none', ageMs: null })
  expect(dataAge([], NOW)).toEqual({ state: 'none', ageMs: null })
})

test('a reply stamped a moment ahead of this clock is new, not of negative age', () => {
  expect(dataAge([source(2_000, 100_400)], NOW)).toEqual({ state: 'fresh', ageMs: 0 })
})
