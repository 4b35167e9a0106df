import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { m4Of } from '#domain/series/m4.ts'
import type { Series } from '#domain/series/series.ts'
import { within } from '#domain/series/within.ts'
import { DAY_MS, epochMs, SECOND_MS } from '#domain/units.ts'
import { drawnSeries, inkAt, inkExtent } from '#testing/drawnSeries.ts'
import { pyramidReader } from '#testing/pyramidReader.ts'
import type { TimeWindow } from './chartData.ts'

const START = 1_800_000_000_000
const SIZE = { width: 120, height: 60 }
const VALUES = { min: -100, max: 100 }

beforeEach(() => {
  document.documentElement.dataset['theme'] = 'dark'
})

const anyRatio = fc.constantFrom(1, 1.25, 1.5, 2, 3)
/** Plateaus, noise, spikes, negative values, zero, and gaps where they are wanted. */
const anyValue = (gapWeight: number) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: -2, max: 2 }) },
    { weight: 3, arbitrary: fc.double({ min: -30, max: 30, noNaN: true }) },
    { weight: 1, arbitrary: fc.constantFrom(-100, 100, 0) },
    { weight: gapWeight, arbitrary: fc.constant(NaN) },
  )
/** From many samples per pixel to many pixels per sample, within one series. */
const anySeries = (gapWeight = 1) =>
  fc
    .array(
      fc.tuple(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.nat({ max: 400 })), anyValue(gapWeight)),
      {
        minLength: 1,
        maxLength: 600,
      },
    )
    .map((steps): Series => {
      let at = START
      return {
        timeMs: Float64Array.from(steps, ([step]) => (at += step + 1)),
        value: Float64Array.from(steps, ([, value]) => value),
      }
    })
const anyWindow = fc
  .tuple(fc.integer({ min: -500, max: 20_000 }), fc.integer({ min: 50, max: 40_000 }))
  .map(([start, length]): TimeWindow => {
    const from = START + start
    return { from: epochMs(from), to: epochMs(from + length) }
  })

/** A reader whose windows are calculated from every sample. */
const bruteReader = (series: Series) => ({
  ...pyramidReader(series),
  window: (from: number, to: number, columns: number) => m4Of(series, from, to, columns),
})
/** A reader that leaves nothing out. */
const rawReader = (series: Series) => ({
  ...pyramidReader(series),
  window: (from: number, to: number) => {
    const before = series.timeMs.findLast((at) => at < from) ?? from
    const after = series.timeMs.find((at) => at > to) ?? to
    return within(series, before, after)
  },
})

test('the picture drawn from the pyramid is, pixel for pixel, the one from every sample', () => {
  fc.assert(
    fc.property(anySeries(), anyWindow, anyRatio, (series, window, pixelRatio) => {
      const picture = { window, size: SIZE, pixelRatio, values: VALUES, gapAfterMs: 200 }
      const quick = drawnSeries({ ...picture, reader: pyramidReader(series) })
      const slow = drawnSeries({ ...picture, reader: bruteReader(series) })
      expect(differingPixels(quick.image, slow.image)).toBe(0)
    }),
    { numRuns: 150, endOnFailure: true },
  )
})

/**
 * Not pixel for pixel: a pen that goes through every sample reaches the same heights at other places
 * within a column, so what its edges leave on the column beside differs by smoothing.
 */
test('every column reaches as high and as low as a pen through all samples does', () => {
  fc.assert(
    fc.property(anySeries(0), anyWindow, anyRatio, (series, window, pixelRatio) => {
      const picture = { window, size: SIZE, pixelRatio, values: VALUES, style: 'line' as const }
      const drawn = drawnSeries({ ...picture, reader: pyramidReader(series) }).image
      const raw = drawnSeries({ ...picture, reader: rawReader(series) }).image
      for (let column = 0; column < drawn.width; column++) {
        expectWithin(inkExtent(drawn, column), extentAround(raw, column), pixelRatio)
        expectWithin(inkExtent(raw, column), extentAround(drawn, column), pixelRatio)
      }
    }),
    { numRuns: 100, endOnFailure: true },
  )
})

/**
 * A device pixel either way: the columns of M4 lie on multiples of their length and not on the
 * plot's edge, so of two spikes less than a pixel apart the higher may stand for both.
 */
test.each([1, 1.5, 2])(
  'of 7 days every 10 s no spike of one sample is missing on 800 columns, at %s device pixels each',
  (pixelRatio) => {
    const stepMs = 10 * SECOND_MS
    const count = (7 * DAY_MS) / stepMs
    const window = { from: epochMs(START), to: epochMs(START + 7 * DAY_MS) }
    const timeMs = Float64Array.from({ length: count }, (_, i) => START + i * stepMs)
    const anySpikes = fc.uniqueArray(
      fc.record({ index: fc.nat({ max: count - 1 }), height: fc.integer({ min: 60, max: 100 }) }),
      { minLength: 200, maxLength: 400, selector: ({ index }) => index },
    )
    fc.assert(
      fc.property(anySpikes, (spikes) => {
        const value = Float64Array.from(timeMs, (_, i) => 20 * Math.sin(i / 1_300) + ((i * 7) % 11))
        for (const { index, height } of spikes) value[index] = height
        const { image, x, y } = drawnSeries({
          reader: pyramidReader({ timeMs, value }),
          window,
          size: { width: 800, height: 100 },
          pixelRatio,
          values: VALUES,
        })
        const missing = spikes.filter(({ index, height }) => {
          const column = Math.floor(x(timeMs[index]!) * pixelRatio)
          // The row of the tip itself may be covered in part only.
          const row = Math.ceil(y(height) * pixelRatio)
          return ![column - 1, column, column + 1].some((each) => inkAt(image, each, row) >= 128)
        })
        expect(missing).toEqual([])
      }),
      { numRuns: 8, endOnFailure: true },
    )
  },
)

function differingPixels(one: ImageData, other: ImageData): number {
  const a = new Uint32Array(one.data.buffer)
  const b = new Uint32Array(other.data.buffer)
  return a.reduce((sum, pixel, i) => sum + (pixel === b[i] ? 0 : 1), 0)
}

type Extent = ReturnType<typeof inkExtent>

/** The extent over a column and those beside it. */
function extentAround(image: ImageData, column: number): Extent {
  const found = [column - 1, column, column + 1].flatMap((each) =>
    each < 0 || each >= image.width ? [] : (inkExtent(image, each) ?? []),
  )
  if (found.length === 0) return null
  return {
    top: Math.min(...found.map(({ top }) => top)),
    bottom: Math.max(...found.map(({ bottom }) => bottom)),
  }
}

/** Ink may not lie beyond what is allowed by more than half a line, and the pixel it ends in. */
function expectWithin(extent: Extent, allowed: Extent, pixelRatio: number) {
  if (!extent) return
  const air = Math.ceil(0.75 * pixelRatio)
  expect(allowed).not.toBeNull()
  expect(extent.top).toBeGreaterThanOrEqual(allowed!.top - air)
  expect(extent.bottom).toBeLessThanOrEqual(allowed!.bottom + air)
}
