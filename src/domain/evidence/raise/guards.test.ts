import { expect, test } from 'vitest'
import { someMetric } from '#testing/someMetric.ts'
import { EMPTY_SERIES, type Series } from '../../series/series.ts'
import type { MetricId } from '../../units.ts'
import { guardsIn } from './guards.ts'

/** Every 30 s, with the same value. */
const steady = (level: number): Series => ({
  timeMs: Float64Array.of(0, 30_000, 60_000),
  value: Float64Array.of(level, level, level),
})

test('all five are watched, also those that nobody measured', () => {
  const metrics = [
    someMetric('acd.waiting', { group: 'queue' }),
    someMetric('acd.interacting', { group: 'queue' }),
    someMetric('acd.abandoned', { group: 'queue', kind: 'count' }),
  ]
  const levels: Record<string, number> = { 'acd.waiting': 3, 'acd.interacting': 40 }
  const samples = (id: MetricId) => steady(levels[id] ?? 2)
  const guards = guardsIn(metrics, samples)
  expect(
    guards.map(({ title, worse, series }) => [title, worse, series.value.at(-1) ?? null]),
  ).toEqual([
    ['Waiting', 'higher', 3],
    ['Interacting', 'lower', 40],
    ['Longest waiting', 'higher', null],
    // Two in each half minute.
    ['Abandons per minute', 'higher', 4],
    ['Service level', 'lower', null],
  ])
  expect(guards[1]!.load.map(({ value }) => value[0])).toEqual([40, 3])
  expect(guards[3]!.load).toEqual([EMPTY_SERIES])
})

test('a queue or a media type alone is no guard', () => {
  const voice = someMetric('acd.waiting.voice', { group: 'queue' })
  expect(guardsIn([voice, someMetric('calls')], () => steady(1))).toEqual([])
})
