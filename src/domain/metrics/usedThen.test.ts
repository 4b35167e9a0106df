import { expect, test } from 'vitest'
import { someMetric } from '#testing/someMetric.ts'
import { createPyramid } from '../series/pyramid.ts'
import { epochMs } from '../units.ts'
import { type SampleReader, usedThen } from './usedThen.ts'

const open = someMetric('open')
const fifty = [{ from: epochMs(0), value: 50, source: 'test' }]

/** Samples two seconds apart from 0 on. */
function stored(values: readonly number[]): SampleReader {
  const pyramid = createPyramid()
  values.forEach((value, i) => pyramid.push(epochMs(i * 2_000), value))
  return {
    at: (_, at) => pyramid.at(at),
    neighbour: (_, at, steps) => pyramid.neighbour(at, steps),
  }
}

test('what was used then is the higher of the samples around, as refusals are counted', () => {
  const series = stored([40, 45, 50, 50, 20])
  const used = (at: number) => usedThen(series, open, fifty, epochMs(at))
  expect(used(1_000)).toBe(0.9)
  expect(used(3_000)).toBe(1)
  expect(used(7_000)).toBe(1)
  expect(used(8_500)).toBe(0.4)
})

test('in a gap, long after the last sample, or without a limit nothing was used that is known', () => {
  const series = stored([40, NaN, 50])
  expect(usedThen(series, open, fifty, epochMs(2_500))).toBeNull()
  expect(usedThen(series, open, fifty, epochMs(9_500))).toBeNull()
  expect(usedThen(series, open, [], epochMs(4_000))).toBeNull()
})
