import fc from 'fast-check'
import { summarised, type Summaries, SUMMARY_COLUMNS } from '#domain/series/minuteSummaries.ts'
import type { Series } from '#domain/series/series.ts'
import { durationMs, MINUTE_MS } from '#domain/units.ts'

const FIRST_MS = Date.UTC(2026, 2, 2)

/** Whole values, so that sums are exact; a tenth of them gaps. */
const anyValue = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: -50, max: 5_000 }) },
  fc.constant(NaN),
)

/** Samples of a few hours, oldest first. */
export const anySamples = fc
  .uniqueArray(fc.integer({ min: 0, max: 200 * MINUTE_MS }), { maxLength: 120 })
  .chain((offsets) =>
    fc.tuple(
      fc.constant(offsets.toSorted((a, b) => a - b)),
      fc.array(anyValue, {
        minLength: offsets.length,
        maxLength: offsets.length,
      }),
    ),
  )
  .map(
    ([offsets, values]): Series => ({
      timeMs: Float64Array.from(offsets, (offset) => FIRST_MS + offset),
      value: Float64Array.from(values),
    }),
  )

/** Minutes as they are kept. */
export const anySummaries = anySamples.map(summarised)

/** Lengths of steps that a window may be shown in. */
export const anyStepMs = fc.constantFrom(1, 5, 30, 60).map((n) => durationMs(n * MINUTE_MS))

/** Steps as rows, for comparing them. */
export const rowsOf = (steps: Summaries) =>
  Array.from(steps.startMs, (_, i) => SUMMARY_COLUMNS.map((name) => steps[name][i]!))
