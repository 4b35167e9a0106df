import { expect, test } from 'vitest'
import { timesAsLong } from '#testing/timesAsLong.ts'
import { epochMs } from '../units.ts'
import { createPointBuffer } from './pointBuffer.ts'
import { createPyramid, type Pyramid } from './pyramid.ts'

const SIZE = 50_000

function filled(size: number): Pyramid {
  const pyramid = createPyramid()
  for (let i = 0; i < size; i++) pyramid.push(epochMs(i * 1_000), (i * 7_919) % 1_009)
  return pyramid
}

test('twice the samples take at most three times as long to append', () => {
  const ratio = timesAsLong(
    () => filled(SIZE),
    () => filled(2 * SIZE),
    40,
  )
  expect(ratio).toBeLessThan(3)
})

test('a window over four times the samples takes at most twice as long', () => {
  const query = (size: number) => {
    const pyramid = filled(size)
    const points = createPointBuffer()
    return () => pyramid.m4(epochMs(0), epochMs(size * 1_000), 500, points)
  }
  expect(timesAsLong(query(2 * SIZE), query(8 * SIZE), 200)).toBeLessThan(2)
})

test('a sample that comes late takes the same time, however many came before', () => {
  const late = (size: number) => {
    const pyramid = filled(size)
    let value = 0
    return () => {
      for (let i = 0; i < 50; i++) pyramid.push(epochMs((size - 8) * 1_000 + 500), value++)
    }
  }
  expect(timesAsLong(late(SIZE), late(8 * SIZE), 200)).toBeLessThan(3)
})
