import type { Series } from './series.ts'
import { withRoom } from './withRoom.ts'

/**
 * Columns that points are written to again and again: what is drawn anew with every frame leaves
 * nothing behind to be collected.
 */
export type PointBuffer = { timeMs: Float64Array; value: Float64Array }

export const createPointBuffer = (): PointBuffer => ({
  timeMs: new Float64Array(0),
  value: new Float64Array(0),
})

/** Makes room for so many points; what was written before may be lost. */
export function reservePoints(buffer: PointBuffer, count: number) {
  buffer.timeMs = withRoom(buffer.timeMs, count)
  buffer.value = withRoom(buffer.value, count)
}

/** The first `count` points as views: the next ones that are written to the buffer take their place. */
export const writtenPoints = ({ timeMs, value }: PointBuffer, count: number): Series => ({
  timeMs: timeMs.subarray(0, count),
  value: value.subarray(0, count),
})
