import { ERROR_CLASSES, type ErrorClass } from '../errors/errorEvent.ts'
import { countsPerBin } from '../evidence/countsPerBin.ts'
import { refusedShares } from '../evidence/raise/refusedShares.ts'
import { typicalIntervalMs } from '../evidence/sampling.ts'
import type { Metric } from '../metrics/metric.ts'
import { blockBootstrap, type BootstrapSide } from '../stats/blockBootstrap.ts'
import type { Interval } from '../stats/interval.ts'
import { median } from '../stats/quantile.ts'
import { seededRandom } from '../stats/random.ts'
import { MINUTE_MS } from '../units.ts'
import { type ComparedSide, type CountedBins, gridOf, wholeSeries } from './comparedSide.ts'
import type { ComparisonRow } from './comparisonRow.ts'
import { areAlike } from './comparisonWords.ts'
import type { Incident, Span } from './incident.ts'
import { countOf, pointsOf } from './incidentLevels.ts'

/** Of longer columns fewer values are drawn from; what is shown is of all of them. */
const MOST_DRAWN_FROM = 1_000
const QUEUE_LEVEL = /^acd\.(waiting|longestWaiting)$/i
const ABANDONED = /^acd\.abandon\w*$/i

type Sides = { a: ComparedSide; b: ComparedSide }

/** How much was tried, and per minute where the windows are not of one length. */
export function attemptRows({ a, b }: Sides): ComparisonRow[] {
  const [one, other] = [tried(a.bins), tried(b.bins)]
  if (one === null && other === null) return []
  const row: ComparisonRow = {
    name: 'Attempts',
    unit: 'count',
    a: one && Math.round(one.attempts),
    b: other && Math.round(other.attempts),
    difference: null,
    isShown: null,
    method: countedIn(a.span, b.span),
  }
  if (areAlike(a.span, b.span)) return [row]
  return [
    row,
    perMinuteRow('Attempts per minute', rates(a, a.bins.attempts), rates(b, b.bins.attempts)),
  ]
}

/** Capacity errors as a share of the attempts; per minute where nobody counts those. */
export function refusedRow({ a, b }: Sides): ComparisonRow {
  const [one, other] = [tried(a.bins), tried(b.bins)]
  if (one === null && other === null) {
    return perMinuteRow('Refused per minute', rates(a, a.bins.errors), rates(b, b.bins.errors))
  }
  const shares = refusedShares(weighed(a.bins), weighed(b.bins))
  const difference = shares?.difference ?? null
  const of = (side: Tried | null) =>
    side && { count: Math.round(side.errors), of: Math.round(side.attempts) }
  const [ofA, ofB] = [of(one), of(other)]
  return {
    name: 'Refused',
    unit: 'share',
    a: shareOf(one),
    b: shareOf(other),
    ...(ofA && { ofA }),
    ...(ofB && { ofB }),
    difference,
    isShown: difference && excludesZero(difference),
    method: difference ? 'Newcombe on effective counts' : 'attempts were not counted in both',
  }
}

/** The subject's highest use, as a share of the limit in force then, and its highest value, which need not be the same sample. */
export function peakRows({ a, b }: Sides): ComparisonRow[] {
  if (!a.peak && !b.peak) return []
  const plain = { difference: null, isShown: null, method: 'highest sample' }
  const ratio = (side: ComparedSide) => side.peak?.ratio ?? null
  const of = ({ peak }: ComparedSide) =>
    peak && peak.limit !== null ? { count: peak.value, of: peak.limit } : null
  const [ofA, ofB] = [of(a), of(b)]
  const isJudged = ratio(a) !== null || ratio(b) !== null
  const ofLimit: ComparisonRow = {
    name: 'Peak of limit',
    unit: 'share',
    a: ratio(a),
    b: ratio(b),
    ...(ofA && { ofA }),
    ...(ofB && { ofB }),
    ...plain,
  }
  const level: ComparisonRow = {
    name: 'Peak level',
    unit: 'level',
    a: a.highest,
    b: b.highest,
    ...plain,
  }
  return isJudged ? [ofLimit, level] : [level]
}

/** What a raised limit must not harm: waits as medians, what was given up per minute. */
export function queueRows(incident: Incident, { a, b }: Sides): ComparisonRow[] {
  return incident.metrics.flatMap((metric) => {
    const isCount = metric.kind === 'count'
    if (!QUEUE_LEVEL.test(metric.id) && !ABANDONED.test(metric.id)) return []
    const row = isCount
      ? perMinuteRow(
          `${metric.title}, per minute`,
          countRates(incident, metric, a),
          countRates(incident, metric, b),
        )
      : medianRow(
          `${metric.title}, median`,
          levels(incident, metric, a),
          levels(incident, metric, b),
        )
    return row.a === null && row.b === null ? [] : [row]
  })
}

const CLASS_NAMES: Readonly<Record<Exclude<ErrorClass, 'capacity'>, string>> = {
  rate: 'Rate errors, 429',
  auth: 'Auth errors',
  server: 'Server errors',
  network: 'No reply',
  socket: 'Sockets closed',
  other: 'Other errors',
}

/** Failures of other classes that either window saw. They come in crowds: no interval is given. */
export function otherRows({ a, b }: Sides): ComparisonRow[] {
  return ERROR_CLASSES.flatMap((name): ComparisonRow[] => {
    if (name === 'capacity') return []
    const count = ({ failures }: ComparedSide) =>
      countOf(failures.filter((one) => one.class === name))
    const [one, other] = [count(a), count(b)]
    if (one === 0 && other === 0) return []
    const plain = { difference: null, isShown: null, method: countedIn(a.span, b.span) }
    return [{ name: CLASS_NAMES[name], unit: 'count', a: one, b: other, ...plain }]
  })
}

/** Counts of windows of unequal length have no difference of their own. */
const countedIn = (a: Span, b: Span) =>
  areAlike(a, b) ? 'counted' : 'counted, windows of unequal length'

type Tried = { attempts: number; errors: number }

/** Sums over the bins in which attempts were counted; null where that is none. */
function tried({ attempts, errors }: CountedBins): Tried | null {
  const sum = { attempts: 0, errors: 0 }
  let known = 0
  for (const [bin, count] of attempts?.entries() ?? []) {
    if (Number.isNaN(count)) continue
    known += 1
    sum.attempts += count
    sum.errors += errors[bin]!
  }
  return known > 0 ? sum : null
}

const shareOf = (side: Tried | null) =>
  side && side.attempts > 0 ? Math.min(1, side.errors / side.attempts) : null

function weighed({ attempts, errors }: CountedBins) {
  const known = attempts ?? errors.map(() => Number.NaN)
  return {
    errors,
    attempts: known.map((count) => count || 0),
    weight: known.map((count) => (Number.isNaN(count) ? 0 : 1)),
  }
}

type Column = { values: Float64Array; seed: number }

/** Counts per bin as rates per minute. */
const rates = ({ bins, span }: ComparedSide, counts: Float64Array | null): Column => ({
  values: (counts ?? new Float64Array(0)).map((count) => (count * MINUTE_MS) / bins.binMs),
  seed: span.from,
})

function countRates(incident: Incident, { id, intervalMs }: Metric, { span }: ComparedSide) {
  const series = wholeSeries(incident, id)
  const grid = gridOf(span, typicalIntervalMs(series.timeMs) ?? intervalMs)
  const counts = countsPerBin(series, grid)
  return { values: counts.map((count) => (count * MINUTE_MS) / grid.binMs), seed: span.from }
}

function levels(incident: Incident, { id }: Metric, { span }: ComparedSide): Column {
  const { timeMs, value } = pointsOf(incident, id, span)
  return { values: value.filter((_, i) => timeMs[i]! < span.to), seed: span.from }
}

const medianRow = (name: string, a: Column, b: Column): ComparisonRow =>
  bootstrapped({ name, unit: 'level' }, a, b, {
    statistic: (values) => median(values) ?? Number.NaN,
    fewer: evenlyThinned,
  })

const perMinuteRow = (name: string, a: Column, b: Column): ComparisonRow =>
  bootstrapped({ name, unit: 'perMinute' }, a, b, { statistic: meanOf, fewer: meansOfNeighbours })

/** A number of a column, and how to make the column shorter without changing what the number is about. */
type Measure = {
  statistic: (values: Float64Array) => number
  fewer: (values: Float64Array, step: number) => Float64Array
}

function bootstrapped(
  known: Pick<ComparisonRow, 'name' | 'unit'>,
  a: Column,
  b: Column,
  { statistic, fewer }: Measure,
): ComparisonRow {
  const [one, other] = [finite(a), finite(b)]
  const drawn = blockBootstrap(sideOf(a, shorter(one, fewer)), sideOf(b, shorter(other, fewer)), {
    statistic,
  })
  const difference = drawn && shifted(drawn, statistic(other) - statistic(one))
  return {
    ...known,
    a: one.length > 0 ? statistic(one) : null,
    b: other.length > 0 ? statistic(other) : null,
    difference,
    isShown: difference && excludesZero(difference),
    method: difference ? 'block bootstrap' : 'too few samples',
  }
}

/** A window's own beginning seeds its draws, so that it makes no difference which is held against which. */
const sideOf = ({ seed }: Column, values: Float64Array): BootstrapSide => ({
  values,
  random: seededRandom(seed),
})

const finite = ({ values }: Column): Float64Array => values.filter(Number.isFinite)

function shorter(values: Float64Array, fewer: Measure['fewer']): Float64Array {
  const step = Math.ceil(values.length / MOST_DRAWN_FROM)
  return step > 1 ? fewer(values, step) : values
}

/** A level is about the same a moment later. */
const evenlyThinned: Measure['fewer'] = (values, step) => values.filter((_, i) => i % step === 0)

/** Counts are not: a burst between two that are kept would be lost. */
const meansOfNeighbours: Measure['fewer'] = (values, step) =>
  Float64Array.from({ length: Math.floor(values.length / step) }, (_, i) =>
    meanOf(values.subarray(i * step, (i + 1) * step)),
  )

/** The same width around the difference of all values. */
const shifted = ({ value, low, high }: Interval, to: number): Interval => ({
  value: to,
  low: to + (low - value),
  high: to + (high - value),
})

const meanOf = (values: Float64Array) =>
  values.reduce((sum, value) => sum + value, 0) / values.length

const excludesZero = ({ low, high }: Interval) => low > 0 || high < 0
