/** A column in the smallest type that holds every value exactly. */
export type PackedColumn =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array

const WHOLE_NUMBERS = [
  { type: Uint8Array, least: 0, most: 2 ** 8 - 1 },
  { type: Int8Array, least: -(2 ** 7), most: 2 ** 7 - 1 },
  { type: Uint16Array, least: 0, most: 2 ** 16 - 1 },
  { type: Int16Array, least: -(2 ** 15), most: 2 ** 15 - 1 },
  { type: Uint32Array, least: 0, most: 2 ** 32 - 1 },
  { type: Int32Array, least: -(2 ** 31), most: 2 ** 31 - 1 },
] as const

/** The same values in as few bytes as they need; the column itself where that is all of them. O(n). */
export function packed(column: Float64Array): PackedColumn {
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
