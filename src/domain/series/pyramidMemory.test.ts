import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  anySamples,
  anyWindow,
  everything,
  expectedOf,
  filled,
  m4,
} from '#testing/filledPyramid.ts'
import { seriesFromText } from '#testing/seriesFromText.ts'
import { epochMs } from '../units.ts'
import { createPyramid, type Pyramid } from './pyramid.ts'

describe('memory', () => {
  /** As a ratio to two columns of just this length. */
  const memoryRatio = (pyramid: Pyramid) => pyramid.bytes() / (16 * pyramid.size)
  const long = (size: number) => {
    const pyramid = createPyramid()
    for (let i = 0; i < size; i++) pyramid.push(epochMs(i * 1_000), i % 977 === 0 ? NaN : i % 89)
    return pyramid
  }

  test('a long series takes at most 1.35 times its bare columns, also where it has just grown', () => {
    const pyramid = long(98_000)
    let worst = 0
    for (let i = 98_000; i < 280_000; i++) {
      pyramid.push(epochMs(i * 1_000), i % 89)
      worst = Math.max(worst, memoryRatio(pyramid))
    }
    expect(worst).toBeLessThan(1.35)
  })

  test('what is dropped is given back', () => {
    const pyramid = long(200_000)
    pyramid.drop(epochMs(-Infinity), epochMs(100_000_000))
    expect(memoryRatio(pyramid)).toBeLessThan(1.35)
    pyramid.drop(epochMs(-Infinity), epochMs(199_000_000))
    expect(pyramid.bytes()).toBeLessThan(100_000)
  })
})

describe('dropping', () => {
  test('forgets a stretch and leaves a gap in it', () => {
    const pyramid = createPyramid()
    pyramid.insert(
      seriesFromText(`
        0s 1s 2s 3s 4s 5s
        10 11 12 13 14 15
      `),
    )
    pyramid.drop(epochMs(1_000), epochMs(4_000))
    expect(everything(pyramid)).toEqual(
      seriesFromText(`
        0s 3s 4s 5s
        10  - 14 15
      `),
    )
  })

  test('a pyramid that dropped a stretch is one that never had it, but for the gap', () => {
    fc.assert(
      fc.property(anySamples, anyWindow, anyWindow, (samples, [from, length], window) => {
        const pyramid = filled(samples)
        pyramid.drop(epochMs(from), epochMs(from + length))
        const inside = expectedOf(samples).timeMs.filter((at) => at >= from && at < from + length)
        const kept = samples.filter(({ at }) => at < from || at >= from + length)
        const last = inside.at(-1)
        const rest = filled([...kept, ...(last === undefined ? [] : [{ at: last, value: NaN }])])
        expect(everything(pyramid)).toEqual(everything(rest))
        expect(pyramid.size).toBe(rest.size)
        const [at, wide, columns] = window
        expect(m4(pyramid, at, at + wide, columns)).toEqual(m4(rest, at, at + wide, columns))
        expect(pyramid.range(epochMs(at), epochMs(at + wide))).toEqual(
          rest.range(epochMs(at), epochMs(at + wide)),
        )
      }),
    )
  })

  test('what was dropped and is inserted again is as if it had never gone', () => {
    fc.assert(
      fc.property(anySamples, anyWindow, (samples, [from, length]) => {
        const pyramid = filled(samples)
        const before = everything(pyramid)
        pyramid.drop(epochMs(from), epochMs(from + length))
        pyramid.insert(before)
        expect(everything(pyramid)).toEqual(before)
      }),
    )
  })
})
