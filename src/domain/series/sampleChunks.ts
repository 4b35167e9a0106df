import type { Series } from './series.ts'
import { withRoom } from './withRoom.ts'

/** Samples per chunk, a power of two: 256 kB, small beside a long series and large beside its own bookkeeping. */
const CHUNK_BITS = 14
const CHUNK = 2 ** CHUNK_BITS
const IN_CHUNK = CHUNK - 1
const FIRST_LENGTH = 64

/**
 * The columns of a growing series, in chunks of equal length: growing copies nothing, however long
 * the series, and what is held beyond the samples is less than a chunk. `size` samples are in use.
 */
export type SampleChunks = {
  readonly timeMs: Float64Array[]
  readonly value: Float64Array[]
  size: number
}

export const emptyChunks = (): SampleChunks => ({ timeMs: [], value: [], size: 0 })

/** The instant of a sample; the index must be in use. */
export const timeAt = ({ timeMs }: SampleChunks, index: number): number =>
  timeMs[index >>> CHUNK_BITS]![index & IN_CHUNK]!

/** The value of a sample, NaN for a gap; the index must be in use. */
export const valueAt = ({ value }: SampleChunks, index: number): number =>
  value[index >>> CHUNK_BITS]![index & IN_CHUNK]!

/** Writes the sample at an index up to `size`, which becomes the last one. */
export function writeSample(chunks: SampleChunks, index: number, at: number, value: number) {
  const chunk = index >>> CHUNK_BITS
  const place = index & IN_CHUNK
  if (place >= (chunks.timeMs[chunk]?.length ?? 0)) makeRoom(chunks, chunk, place)
  chunks.timeMs[chunk]![place] = at
  chunks.value[chunk]![place] = value
  chunks.size = index + 1
}

/** Only the first chunk grows by steps: a series that stays short takes little. */
function makeRoom({ timeMs, value }: SampleChunks, chunk: number, place: number) {
  const length = chunk === 0 ? Math.max(FIRST_LENGTH, place + 1) : CHUNK
  timeMs[chunk] = withRoom(timeMs[chunk] ?? new Float64Array(0), length)
  value[chunk] = withRoom(value[chunk] ?? new Float64Array(0), length)
}

/** Gives back the memory beyond the samples in use. */
export function trimChunks({ timeMs, value, size }: SampleChunks) {
  timeMs.length = value.length = Math.ceil(size / CHUNK)
  if (size === 0 || size > CHUNK / 4) return
  const length = Math.max(FIRST_LENGTH, 2 * size)
  timeMs[0] = timeMs[0]!.slice(0, length)
  value[0] = value[0]!.slice(0, length)
}

/** The first index within [low, high) whose instant is ≥ `wanted`; `high` where there is none. O(log n). */
export function indexFrom(chunks: SampleChunks, wanted: number, low = 0, high = chunks.size) {
  let from = low
  let to = high
  while (from < to) {
    const middle = (from + to) >>> 1
    if (timeAt(chunks, middle) < wanted) from = middle + 1
    else to = middle
  }
  return from
}

/** The first index within [low, high) whose instant is > `wanted`; `high` where there is none. O(log n). */
export function indexAfter(chunks: SampleChunks, wanted: number, low = 0, high = chunks.size) {
  let from = low
  let to = high
  while (from < to) {
    const middle = (from + to) >>> 1
    if (timeAt(chunks, middle) <= wanted) from = middle + 1
    else to = middle
  }
  return from
}

/** A copy of the samples [start, end). */
export const copyOf = ({ timeMs, value }: SampleChunks, start: number, end: number): Series => ({
  timeMs: copyOfColumn(timeMs, start, end),
  value: copyOfColumn(value, start, end),
})

function copyOfColumn(chunks: readonly Float64Array[], start: number, end: number): Float64Array {
  const copy = new Float64Array(Math.max(0, end - start))
  for (let index = start; index < end; ) {
    const place = index & IN_CHUNK
    const part = chunks[index >>> CHUNK_BITS]!.subarray(place, place + end - index)
    copy.set(part, index - start)
    index += part.length
  }
  return copy
}

export const bytesOfChunks = ({ timeMs, value }: SampleChunks): number =>
  [...timeMs, ...value].reduce((sum, chunk) => sum + chunk.byteLength, 0)
