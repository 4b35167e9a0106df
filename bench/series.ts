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
import { byTurnsMs, medianMs } from './measure.ts'
import type { Measured } from './findings.ts'
import { report } from './record.ts'

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

function measure(size: number): Measured {
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
  return {
    'push µs': pushUs,
    'memory ×': worstMemory(series),
    'read all ms': read,
    'm4 ms': full,
    'm4 / read': full / read,
    '10 % ms': part,
    'copied ms': copied,
    'brute ms': brute,
  }
}

/** Samples for instants long past: one near the end, an hour of them in the middle, all in no order. */
function measureLate(size: number): Measured {
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
  return { 'one µs': one * 1_000, 'an hour ms': backlog, 'all ms': unordered }
}

/** What is measured of each size, by its name: `1e+4`. */
const bySize = (sizes: readonly number[], measured: (size: number) => Measured) =>
  Object.fromEntries(sizes.map((size) => [size.toExponential(0), measured(size)]))

export function benchSeries() {
  const command = 'npx tsx bench/series.ts'
  const rows = bySize([1e4, 1e5, 1e6, 1e7], measure)
  const largest = rows['1e+7']!
  const memory = ['1e+5', '1e+6', '1e+7'].map((size) => rows[size]!['memory ×']!)
  report('series', {
    title: `series store: a window of ${COLUMNS} columns over 10 million samples`,
    command,
    rows,
    goals: [
      { words: 'of one full read', value: largest['m4 / read']!, most: 0.1, unit: '×' },
      { words: 'append', value: largest['push µs']!, most: 0.2, unit: 'µs' },
      {
        words: 'memory against bare columns, worst place from 100 000 samples on',
        value: Math.max(...memory),
        most: 1.35,
        unit: '×',
      },
    ],
  })
  report('late', {
    title: 'series store: samples that come late, by what is held',
    command,
    rows: bySize([1e4, 1e5, 1e6], measureLate),
    goals: [],
  })
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) benchSeries()
