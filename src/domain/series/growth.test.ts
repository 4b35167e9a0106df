import { expect, test } from 'vitest'
import { epochMs } from '../units.ts'
import { createPyramid } from './pyramid.ts'

const SIZE = 100_000

/** The least of several times: what the work takes when nothing else gets in its way. */
function leastMs(call: () => void, runs = 9): number {
  let least = Infinity
  for (let i = 0; i < runs; i++) {
    const start = performance.now()
    call()
    least = Math.min(least, performance.now() - start)
  }
  return least
}

function filled(size: number) {
  const pyramid = createPyramid()
  for (let i = 0; i < size; i++) pyramid.push(epochMs(i * 1_000), (i * 7_919) % 1_009)
  return pyramid
}

test('twice the samples take at most three times as long to append', () => {
  const once = leastMs(() => filled(SIZE))
  const twice = leastMs(() => filled(2 * SIZE))
  expect(twice / once).toBeLessThan(3)
})

test('a window over eight times the samples takes at most three times as long', () => {
  const query = (size: number) => {
    const pyramid = filled(size)
    return leastMs(() => pyramid.m4(epochMs(0), epochMs(size * 1_000), 500), 50)
  }
  const short = query(SIZE)
  expect(query(8 * SIZE) / short).toBeLessThan(3)
})
