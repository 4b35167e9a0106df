/**
 * What the series store's pyramid costs: appending, window queries against reading the whole series,
 * and against M4 without a pyramid. Ratios within one run are what counts; times belong to the
 * machine. Run with `npm run bench`.
 */
import { m4Of } from '#domain/series/m4.ts'
import { createPyramid } from '#domain/series/pyramid.ts'
import type { Series } from '#domain/series/series.ts'
import { epochMs } from '#domain/units.ts'
import { medianMs, printRow } from './measure.ts'

const COLUMNS = 1_120
const STEP_MS = 1_000

/** A random walk with spikes, the same one each time. */
function walk(size: number): Series {
  const timeMs = new Float64Array(size)
  const value = new Float64Array(size)
  let seed = 42
  let level = 500
  for (let i = 0; i < size; i++) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    level += seed / 2 ** 32 - 0.5
    timeMs[i] = i * STEP_MS
    value[i] = seed % 997 === 0 ? 2 * level : level
  }
  return { timeMs, value }
}

/** The least that any answer without a pyramid must do: read every value once. */
function readAll({ value }: Series): number {
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  for (let i = 0; i + 3 < value.length; i += 4) {
    a += value[i]!
    b += value[i + 1]!
    c += value[i + 2]!
    d += value[i + 3]!
  }
  return a + b + c + d
}

function measure(size: number) {
  const series = walk(size)
  const pyramid = createPyramid()
  const start = performance.now()
  for (let i = 0; i < size; i++) pyramid.push(epochMs(series.timeMs[i]!), series.value[i]!)
  const pushUs = ((performance.now() - start) * 1_000) / size

  const end = epochMs(size * STEP_MS)
  const tenth = epochMs(size * STEP_MS * 0.9)
  const read = medianMs(() => readAll(series))
  const full = medianMs(() => pyramid.m4(epochMs(0), end, COLUMNS))
  const part = medianMs(() => pyramid.m4(tenth, end, COLUMNS))
  const brute = medianMs(() => m4Of(series, 0, end, COLUMNS), 3)
  printRow([
    size.toExponential(0),
    `${pushUs.toFixed(3)} µs`,
    `${read.toFixed(3)} ms`,
    `${full.toFixed(3)} ms`,
    `${(full / read).toFixed(3)}×`,
    `${part.toFixed(3)} ms`,
    `${brute.toFixed(1)} ms`,
    `${(brute / full).toFixed(0)}×`,
  ])
}

export function benchSeries() {
  console.log(`\nseries: one window of ${COLUMNS} columns`)
  printRow([
    'samples',
    'push',
    'read all',
    'm4',
    'm4 / read',
    'm4 of 10 %',
    'brute m4',
    'brute / m4',
  ])
  for (const size of [1e4, 1e5, 1e6, 1e7]) measure(size)
}
