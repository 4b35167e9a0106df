import { roomFor, SUMMARY_COLUMNS, type Summaries } from '#domain/series/minuteSummaries.ts'
import { MINUTE_MS } from '#domain/units.ts'

/** A column in the smallest type that holds every value exactly. */
type PackedColumn =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array

/**
 * The minutes of one day as they are stored: `startMs` counts minutes from the beginning of the day,
 * `lastMs` milliseconds from the beginning of its minute.
 */
export type PackedSummaries = Record<(typeof SUMMARY_COLUMNS)[number], PackedColumn>

/** Minutes of the day that begins at `dayMs`, as they are stored. */
export function packedSummaries(minutes: Summaries, dayMs: number): PackedSummaries {
  const { startMs, lastMs } = minutes
  return {
    startMs: packed(startMs.map((start) => (start - dayMs) / MINUTE_MS)),
    min: packed(minutes.min),
    max: packed(minutes.max),
    sum: packed(minutes.sum),
    last: packed(minutes.last),
    lastMs: packed(lastMs.map((at, i) => at - startMs[i]!)),
    count: packed(minutes.count),
  }
}

/** The inverse of `packedSummaries`. */
export function unpackedSummaries(stored: PackedSummaries, dayMs: number): Summaries {
  const minutes = roomFor(stored.startMs.length, MINUTE_MS)
  for (const name of SUMMARY_COLUMNS) minutes[name].set(stored[name])
  for (let i = 0; i < minutes.startMs.length; i++) {
    minutes.startMs[i] = dayMs + minutes.startMs[i]! * MINUTE_MS
    minutes.lastMs[i] = minutes.startMs[i]! + minutes.lastMs[i]!
  }
  return minutes
}

const WHOLE_NUMBERS = [
  { type: Uint8Array, least: 0, most: 2 ** 8 - 1 },
  { type: Int8Array, least: -(2 ** 7), most: 2 ** 7 - 1 },
  { type: Uint16Array, least: 0, most: 2 ** 16 - 1 },
  { type: Int16Array, least: -(2 ** 15), most: 2 ** 15 - 1 },
  { type: Uint32Array, least: 0, most: 2 ** 32 - 1 },
  { type: Int32Array, least: -(2 ** 31), most: 2 ** 31 - 1 },
] as const

function packed(column: Float64Array): PackedColumn {
  let least = Infinity
  let most = -Infinity
  let isWhole = true
  let isSingle = true
  for (const value of column) {
    if (value < least) least = value
    if (value > most) most = value
    // Neither NaN nor −0 is a whole number to these types.
    if (!Number.isInteger(value) || Object.is(value, -0)) isWhole = false
    if (!Object.is(Math.fround(value), value)) isSingle = false
  }
  const fitting = WHOLE_NUMBERS.find((range) => least >= range.least && most <= range.most)
  if (isWhole && fitting) return new fitting.type(column)
  return isSingle ? new Float32Array(column) : column
}
