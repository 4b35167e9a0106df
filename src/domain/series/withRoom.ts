type Column = Float64Array | Uint32Array | Uint8Array

/** A column of at least `needed` places: the same, or one twice as long with its content. */
export function withRoom<T extends Column>(column: T, needed: number): T {
  if (needed <= column.length) return column
  const Columns = column.constructor as new (length: number) => T
  const larger = new Columns(Math.max(needed, 2 * column.length))
  larger.set(column)
  return larger
}
