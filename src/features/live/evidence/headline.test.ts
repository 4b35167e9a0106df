import { expect, test } from 'vitest'
import type { EvidenceReport } from '#domain/evidence/evidence.ts'
import type { VerdictReason } from '#domain/evidence/verdict/verdict.ts'
import { someEvidence, someVerdict } from '#testing/someEvidence.ts'
import { someMetric } from '#testing/someMetric.ts'
import type { DisplayState } from '#ui/glyphs/displayState.ts'
import type { TileReading } from '#ui/tile/tileReading.ts'
import { headlineOf } from './headline.ts'

const status = { state: 'ok', word: 'OK', sentence: 'Facts.', counter: '' } as const
const metric = someMetric('connections.open')

function kindOf(report: EvidenceReport, state: DisplayState = 'ok', isNow = true) {
  const tiles = [{ metric, reading: { state } as TileReading, source: null }]
  const evidence = { kind: 'ready', report, isComputing: false } as const
  return headlineOf({ status, evidence, tiles, isNow, zone: 'UTC' }).kind
}

test('a verdict speaks in place of the facts', () => {
  expect(kindOf(someEvidence())).toBe('verdict')
})

test.each(['stale', 'blind', 'off', 'loading'] as const)(
  'a judged metric that is %s now comes first, and is no matter in an older window',
  (state) => {
    expect(kindOf(someEvidence(), state)).toBe('facts')
    expect(kindOf(someEvidence(), state, false)).toBe('verdict')
  },
)

test('without evidence the facts go on', () => {
  for (const evidence of [{ kind: 'waiting' }, { kind: 'failed', message: 'no worker' }] as const)
    expect(headlineOf({ status, evidence, tiles: [], isNow: true, zone: 'UTC' }).kind).toBe('facts')
})

test('where nothing was measured the facts say more', () => {
  expect(kindOf(someEvidence({ verdict: someVerdict({ reason: 'no-samples' }) }))).toBe('facts')
})

test.each(['no-errors', 'no-limit'] satisfies VerdictReason[])(
  'with %s the verdict speaks of failures only',
  (reason) => {
    const verdict = someVerdict({ word: 'not-capacity-bound', reason, errors: 0 })
    const classes = { capacity: 0, rate: 0, auth: 0, server: 0, network: 0, socket: 0, other: 0 }
    const profile = (auth: number) => ({
      ...someEvidence().profile,
      classes: { ...classes, auth },
    })
    expect(kindOf(someEvidence({ verdict, profile: profile(0) }))).toBe('facts')
    expect(kindOf(someEvidence({ verdict, profile: profile(42) }))).toBe('verdict')
  },
)
