import type { Series } from '#domain/series/series.ts'
import { mergedColumns } from '../columns.ts'

/** What the samples of an answer are, and how many of them were not as agreed. */
export type ReadSamples = {
  series: Series
  /** Samples that are none: left out. */
  rejected: number
  /** Whether they came in order; otherwise they were sorted here. */
  isInOrder: boolean
}

/** 2100-01-01, in seconds: what lies beyond are milliseconds taken for seconds, or noise. */
const LATEST_S = 4_102_444_800

/** The values that Prometheus writes without digits: none of them is a level that was counted. */
const NO_NUMBER: ReadonlySet<string> = new Set(['NaN', '+Inf', '-Inf', 'Inf'])

/**
 * `[[1795414353.815, "50"], …]` as a series, times to the millisecond. `NaN` and infinite values are
 * gaps. O(n).
 */
export function samplesOf(values: readonly unknown[]): ReadSamples {
  const timeMs = new Float64Array(values.length)
  const value = new Float64Array(values.length)
  let size = 0
  let isInOrder = true
  for (const entry of values) {
    const sample = sampleOf(entry)
    if (!sample) continue
    if (size > 0 && sample.atMs <= timeMs[size - 1]!) isInOrder = false
    timeMs[size] = sample.atMs
    value[size] = sample.value
    size += 1
  }
  const series = { timeMs: timeMs.slice(0, size), value: value.slice(0, size) }
  return {
    series: isInOrder ? series : mergedColumns([series]),
    rejected: values.length - size,
    isInOrder,
  }
}

/** `[seconds, "value"]` as a sample; null where it is not one. NaN: there is no value. */
export function sampleOf(entry: unknown): { atMs: number; value: number } | null {
  if (!Array.isArray(entry) || entry.length !== 2) return null
  const [seconds, text] = entry as readonly unknown[]
  if (typeof seconds !== 'number' || !(seconds >= 0 && seconds <= LATEST_S)) return null
  if (typeof text !== 'string' || text === '') return null
  const value = Number(text)
  if (Number.isFinite(value)) return { atMs: Math.round(seconds * 1000), value }
  return NO_NUMBER.has(text) ? { atMs: Math.round(seconds * 1000), value: NaN } : null
}
