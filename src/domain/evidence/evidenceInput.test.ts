import { expect, test } from 'vitest'
import { errorEvent } from '../errors/errorEvent.ts'
import { DEFAULT_THRESHOLDS, type Metric } from '../metrics/metric.ts'
import { EMPTY_SERIES } from '../series/series.ts'
import { durationMs, epochMs, metricId } from '../units.ts'
import { evidenceInput } from './evidenceInput.ts'

const attempts: Metric = {
  id: metricId('connections.attempts'),
  title: 'Attempts',
  unit: 'count',
  kind: 'count',
  group: 'other',
  provenance: 'measured',
  scope: 'organisation',
  origin: 'Feed',
  intervalMs: durationMs(2_000),
  thresholds: DEFAULT_THRESHOLDS,
}
const ofFile: Metric = { ...attempts, origin: 'load.jtl', intervalMs: null }

const refused = (at: number, source: 'feed' | 'jtl') =>
  errorEvent({ at: epochMs(at), class: 'capacity', status: 503, source })

function refusedAmong(counts: Metric | null, events: readonly ReturnType<typeof refused>[]) {
  const { capacity } = evidenceInput(
    {
      metrics: [],
      limits: new Map(),
      markers: [],
      slice: () => EMPTY_SERIES,
      errors: () => events,
      own: 0,
      clockErrorMs: null,
    },
    {
      subject: { metric: null, attempts: counts },
      look: { from: epochMs(0), to: epochMs(60_000) },
      backMs: 0,
      isDetailed: false,
      isNow: false,
    },
  )
  return [...capacity.timeMs]
}

const toldTwice = [refused(1_000, 'feed'), refused(1_001, 'jtl'), refused(2_000, 'feed')]

test('what a feed counts and a load tool writes down once more is counted once', () => {
  expect(refusedAmong(attempts, toldTwice)).toEqual([1_000, 2_000])
  expect(refusedAmong(ofFile, toldTwice)).toEqual([1_001])
})

test('failures that only the other one tells are used', () => {
  expect(refusedAmong(attempts, [refused(1_001, 'jtl')])).toEqual([1_001])
  expect(refusedAmong(ofFile, [refused(1_000, 'feed')])).toEqual([1_000])
})

test('without attempts there is no share that could grow: all are used', () => {
  expect(refusedAmong(null, toldTwice)).toEqual([1_000, 1_001, 2_000])
})
