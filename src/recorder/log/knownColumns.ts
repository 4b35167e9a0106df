import { lowerBound } from '#domain/series/lowerBound.ts'
import {
  dropFirst,
  emptyColumn,
  insertNumber,
  type NarrowColumn,
  replaceNumber,
} from './narrowColumn.ts'

/**
 * Samples of one series, oldest first: most take 8 bytes. Instants are milliseconds after one that
 * was told first, which fit into 4 bytes for 49 days where they are whole; so do counts.
 */
export type KnownColumns = { firstMs: number; sinceFirst: NarrowColumn; value: NarrowColumn }

export const noneKnown = (): KnownColumns => ({
  firstMs: 0,
  sinceFirst: emptyColumn('whole'),
  value: emptyColumn('floating'),
})

/** The first index whose instant is not before this one. O(log n). */
const indexFrom = ({ firstMs, sinceFirst: { numbers, size } }: KnownColumns, at: number) =>
  lowerBound(numbers, at - firstMs, 0, size)

const isAt = (
  { firstMs, sinceFirst: { numbers, size } }: KnownColumns,
  index: number,
  at: number,
) => index < size && numbers[index] === at - firstMs

/** The value at an instant; null where none is known. O(log n). */
export function knownAt(known: KnownColumns, at: number): number | null {
  const index = indexFrom(known, at)
  return isAt(known, index, at) ? known.value.numbers[index]! : null
}

/** Takes a value in, in the place of the one for the same instant. O(log n) where it is the newest. */
export function keepKnown(known: KnownColumns, at: number, one: number) {
  if (known.sinceFirst.size === 0) known.firstMs = at
  const index = indexFrom(known, at)
  if (isAt(known, index, at)) return replaceNumber(known.value, index, one)
  insertNumber(known.sinceFirst, index, at - known.firstMs)
  insertNumber(known.value, index, one)
}

/** So few are not worth a copy of the rest. */
const FEW = 16

/** Forgets what is so much older than the newest, once it is an eighth of all. */
export function forgetOld(known: KnownColumns, olderByMs: number) {
  const { firstMs, sinceFirst, value } = known
  const { numbers, size } = sinceFirst
  if (size === 0) return
  const surplus = indexFrom(known, firstMs + numbers[size - 1]! - olderByMs)
  if (surplus < FEW || surplus < size / 8) return
  const byMs = numbers[surplus]!
  dropFirst(sinceFirst, surplus, byMs)
  dropFirst(value, surplus)
  known.firstMs += byMs
}
