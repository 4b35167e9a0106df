/** Room for so many at first, then a quarter more each time: thousands of columns are held, most of them short. */
const FIRST_ROOM = 16
const MORE_ROOM = 1.25

/** A column that grows, of which `size` numbers are in use: 4 bytes each, or 8 once one of them would not fit. */
export type NarrowColumn = {
  numbers: Uint32Array | Float32Array | Float64Array
  size: number
}

/** A column without numbers. */
export const emptyColumn = (kind: 'whole' | 'floating'): NarrowColumn => ({
  numbers: kind === 'whole' ? new Uint32Array(0) : new Float32Array(0),
  size: 0,
})

/** Puts a number in at an index up to `size`, before the one that was there. It is kept exactly. */
export function insertNumber(column: NarrowColumn, index: number, one: number) {
  if (column.size === column.numbers.length) copyFrom(column, 0)
  column.numbers.copyWithin(index + 1, index, column.size)
  column.size += 1
  replaceNumber(column, index, one)
}

/** Puts a number in the place of another one. It is kept exactly. */
export function replaceNumber(column: NarrowColumn, index: number, one: number) {
  column.numbers[index] = one
  if (Object.is(column.numbers[index], one)) return
  column.numbers = Float64Array.from(column.numbers)
  column.numbers[index] = one
}

/** Drops the first ones and the memory they took, and takes `by` off the rest. */
export function dropFirst(column: NarrowColumn, count: number, by = 0) {
  copyFrom(column, count)
  if (by === 0) return
  for (let i = 0; i < column.size; i++) column.numbers[i] = column.numbers[i]! - by
}

function copyFrom(column: NarrowColumn, start: number) {
  const { numbers, size } = column
  const room = Math.max(FIRST_ROOM, Math.ceil((size - start) * MORE_ROOM))
  const Numbers = numbers.constructor as new (room: number) => typeof numbers
  column.numbers = new Numbers(room)
  column.numbers.set(numbers.subarray(start, size))
  column.size = size - start
}
