import fc from 'fast-check'
import { createPyramid, type Pyramid } from '#domain/series/pyramid.ts'
import type { Series } from '#domain/series/series.ts'
import { epochMs } from '#domain/units.ts'

export type Sample = { at: number; value: number }

/** −0 and 0 are equal, and either may be called the lowest. */
const positiveZero = (value: number) => value + 0
/** Whole and broken values, many of them equal, a fifth of them gaps. */
const anyValue = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: -5, max: 5 }) },
  { weight: 1, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }).map(positiveZero) },
  { weight: 1, arbitrary: fc.constant(NaN) },
)
/** Dense enough that instants repeat, wide enough that columns stay empty. */
const anySample = fc.record({ at: fc.integer({ min: 0, max: 2_000 }), value: anyValue })
export const anySamples = fc.array(anySample, { maxLength: 700 })
export const anyWindow = fc.tuple(
  fc.integer({ min: -100, max: 2_100 }),
  fc.integer({ min: 1, max: 2_300 }),
  fc.integer({ min: 1, max: 90 }),
)

export const columnsOf = (samples: readonly Sample[]): Series => ({
  timeMs: Float64Array.from(samples, ({ at }) => at),
  value: Float64Array.from(samples, ({ value }) => value),
})

/** What a store has to hold after it took samples in: sorted, the later of two for one instant. */
export const expectedOf = (samples: readonly Sample[]): Series =>
  columnsOf(
    [...new Map(samples.map((sample) => [sample.at, sample])).values()].sort((a, b) => a.at - b.at),
  )

/** Takes samples in by push or, where a chunk is longer than one, by insert. */
export function filled(samples: readonly Sample[], chunks: readonly number[] = []): Pyramid {
  const pyramid = createPyramid()
  let start = 0
  for (let i = 0; start < samples.length; i++) {
    const length = chunks[i % Math.max(1, chunks.length)] ?? 1
    const chunk = samples.slice(start, start + length)
    if (length === 1) pyramid.push(epochMs(chunk[0]!.at), chunk[0]!.value)
    else pyramid.insert(columnsOf(chunk))
    start += length
  }
  return pyramid
}

export const m4 = (pyramid: Pyramid, from: number, to: number, columns: number) =>
  pyramid.m4(epochMs(from), epochMs(to), columns)
export const everything = (pyramid: Pyramid) => pyramid.slice(epochMs(-Infinity), epochMs(Infinity))
