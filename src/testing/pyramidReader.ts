import { createPyramid } from '#domain/series/pyramid.ts'
import type { Series } from '#domain/series/series.ts'
import { epochMs } from '#domain/units.ts'

/** A series for charts to read, which tells its readers when a sample is added. */
export function pyramidReader(series: Series) {
  const pyramid = createPyramid()
  pyramid.insert(series)
  const listeners = new Set<() => void>()
  let version = 0
  return {
    window: pyramid.m4,
    at: pyramid.at,
    neighbour: pyramid.neighbour,
    range: pyramid.range,
    version: () => version,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    push(at: number, value: number) {
      pyramid.push(epochMs(at), value)
      version += 1
      for (const listener of listeners) listener()
    },
    listeners: () => listeners.size,
  }
}
