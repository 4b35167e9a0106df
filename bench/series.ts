/**
 * What the series store's pyramid costs: appending, memory, window queries against reading the whole
 * series and against M4 without a pyramid, and samples that come late. Ratios within one run are
 * what counts; times belong to the machine. Run with `npx tsx bench/series.ts`.
 */
import { pathToFileURL } from 'node:url'
import { m4Of } from '#domain/series/m4.ts'
import { createPointBuffer } from '#domain/series/pointBuffer.ts'
import { createPyramid, type Pyramid } from '#domain/series/pyramid.ts'
import type { Series } from '#domain/series/series.ts'
import { epochMs } from '#domain/units.ts'
import { byTurnsMs, medianMs, printRow } from './measure.ts'

const COLUMNS = 1_120
const STEP_MS = 1_000
const SAMPLE_BYTES = 16

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

function filled({ timeMs, value }: Series): { pyramid: Pyramid; pushUs: number } {
  const pyramid = createPyramid()
  const start = performance.now()
  for (let i = 0; i < timeMs.length; i++) pyramid.push(epochMs(timeMs[i]!), value[i]!)
  return { pyramid, pushUs: ((performance.now() - start) * 1_000) / timeMs.length }
}

/** The most memory per sample on the last tenth of the way to `size`, as a ratio to two bare columns. */
function worstMemory({ timeMs, value }: Series): number {
  const pyramid = createPyramid()
  let worst = 0
  for (let i = 0; i < timeMs.length; i++) {
    pyramid.push(epochMs(timeMs[i]!), value[i]!)
    const isLooked = i % 16 === 0 && i > 0.9 * timeMs.length
    if (isLooked) worst = Math.max(worst, pyramid.bytes() / (SAMPLE_BYTES * pyramid.size))
  }
  return worst
}

function measure(size: number) {
  const series = walk(size)
  const { pyramid, pushUs } = filled(series)
  const points = createPointBuffer()
  const end = epochMs(size * STEP_MS)
  const tenth = epochMs(size * STEP_MS * 0.9)
  const [read = NaN, full = NaN, part = NaN] = byTurnsMs([
    () => readAll(series),
    () => pyramid.m4(epochMs(0), end, COLUMNS, points),
    () => pyramid.m4(tenth, end, COLUMNS, points),
  ])
  const copied = medianMs(() => pyramid.m4(epochMs(0), end, COLUMNS))
  const brute = medianMs(() => m4Of(series, 0, end, COLUMNS), 3)
  printRow([
    size.toExponential(0),
    `${pushUs.toFixed(3)} µs`,
    `${worstMemory(series).toFixed(2)}×`,
    `${read.toFixed(3)} ms`,
    `${full.toFixed(3)} ms`,
    `${(full / read).toFixed(3)}×`,
    `${part.toFixed(3)} ms`,
    `${copied.toFixed(3)} ms`,
    `${(brute / full).toFixed(0)}×`,
  ])
}

/** Samples for instants long past: one near the end, an hour of them in the middle, all in no order. */
function measureLate(size: number) {
  const series = walk(size)
  const { pyramid } = filled(series)
  const nearEnd = epochMs((size - 8) * STEP_MS + 1)
  const one = medianMs(() => pyramid.push(nearEnd, 1), 200)
  const middle = Math.floor(size / 2)
  const hour = {
    timeMs: series.timeMs.slice(middle, middle + 3_600).map((at) => at + 1),
    value: series.value.slice(middle, middle + 3_600),
  }
  const backlog = medianMs(() => pyramid.insert(hour), 5)
  const order = Array.from(series.timeMs.keys(), (i) => (i * 7_919) % size)
  const shuffled = {
    timeMs: Float64Array.from(order, (i) => series.timeMs[i]!),
    value: Float64Array.from(order, (i) => series.value[i]!),
  }
  const unordered = medianMs(() => createPyramid().insert(shuffled), 3)
  printRow([
    size.toExponential(0),
    `${(one * 1_000).toFixed(1)} µs`,
    `${backlog.toFixed(1)} ms`,
    `${unordered.toFixed(0)} ms`,
  ])
}

export function benchSeries() {
  console.log(`\nseries: one window of ${COLUMNS} columns; memory and times against bare columns`)
  printRow([
    'samples',
    'push',
    'memory',
    'read all',
    'm4',
    'm4 / read',
    'm4 of 10 %',
    'm4, copied',
    'brute / m4',
  ])
  for (const size of [1e4, 1e5, 1e6, 1e7]) measure(size)
  console.log('\nseries: samples that come late')
  printRow(['held', 'one', 'an hour', 'all at once'])
  for (const size of [1e4, 1e5, 1e6]) measureLate(size)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) benchSeries()
