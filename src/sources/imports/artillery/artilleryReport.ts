import * as z from 'zod/mini'
import { formatDuration } from '#domain/format.ts'
import { HOUR_MS } from '#domain/units.ts'
import { countShape, parseShape } from '../../shape.ts'
import type { Rejection } from '../fileImport.ts'
import { parseFileTime } from '../fileTime.ts'
import type { Period, PeriodReport } from '../samples/importOfPeriods.ts'

const counts = z.record(z.string(), z.unknown())
const amount = z.optional(z.nullable(countShape()))

/** A period of Artillery 2. Source: a report of 2.0.21, facts/stack.md §7. */
const secondShape = z.object({
  counters: counts,
  period: z.optional(z.union([z.string(), z.number()])),
  firstMetricAt: z.optional(z.number()),
})
/** A period of Artillery 1. Source: a report of 1.7.9, which has `counters` too. */
const firstShape = z.object({
  /** When it was over. */
  timestamp: z.string(),
  codes: counts,
  errors: z.optional(counts),
  scenariosCreated: amount,
  scenariosCompleted: amount,
  requestsCompleted: amount,
  concurrency: amount,
  /** Requests begun, and how many of them in a second. */
  rps: z.optional(z.nullable(z.object({ count: amount, mean: amount }))),
})
const reportShape = z.object({ aggregate: z.unknown(), intermediate: z.array(z.unknown()) })

/** Artillery reports every ten seconds; a longer period is a number that went wrong. */
const LONGEST_PERIOD_MS = HOUR_MS

/** What Artillery reports by default, where a report holds one period only. */
const DEFAULT_PERIOD_MS = 10_000

/** A period by its start or its end. */
type Read = Omit<Period, 'fromMs' | 'toMs'> & {
  atMs: number
  isEnd: boolean
  /** Null where it does not tell. */
  lengthMs: number | null
  /** By how many more virtual users there are at its end; null where it does not tell. */
  begun: number | null
}

/** Reads the whole of a report; a text is the reason why it is none. */
export function artilleryReport(json: unknown): PeriodReport | string {
  const report = parseShape(reportShape, json)
  if (!report.ok) return `no report of Artillery: ${report.problem}`
  const rejected: Rejection[] = []
  const read: Read[] = []
  for (const [i, period] of report.value.intermediate.entries()) {
    const one = periodOf(period)
    // A document that is read as a whole has no lines any more: the place is told by its name.
    if (typeof one === 'string') rejected.push({ line: 1, reason: `intermediate[${i}]: ${one}` })
    else read.push(one)
  }
  if (read.length === 0)
    return rejected[0]?.reason ?? 'the report has no period ("intermediate" is empty)'
  read.sort((a, b) => a.atMs - b.atMs)
  const lengthMs = usualLength(read)
  const periods = levelled(read).map((one): Period => {
    const ownMs = one.lengthMs ?? lengthMs
    const fromMs = one.isEnd ? one.atMs - ownMs : one.atMs
    return { ...one, fromMs, toMs: fromMs + ownMs }
  })
  const told = totalOf(report.value.aggregate)
  const total = told && told.codes.size > 0 ? told : sumOf(periods)
  return {
    periods,
    codes: total.codes,
    samples: [...total.codes.values()].reduce((sum, count) => sum + count, 0),
    labels: total.labels,
    rejected,
    warnings: [
      `Artillery counts per ${formatDuration(lengthMs)}: failures are known to ± ${formatDuration(lengthMs / 2)}`,
    ],
  }
}

function periodOf(json: unknown): Read | string {
  const first = parseShape(firstShape, json)
  if (first.ok) return firstOf(first.value)
  const second = parseShape(secondShape, json)
  return second.ok ? secondOf(second.value) : second.problem
}

function firstOf({ timestamp, codes, errors, ...told }: z.infer<typeof firstShape>): Read | string {
  const { requestsCompleted, concurrency, rps } = told
  const { scenariosCreated: created = null, scenariosCompleted: ended = null } = told
  const time = parseFileTime(timestamp)
  if (!time) return 'the time cannot be read'
  const toldMs = rps?.count && rps.mean ? Math.round((1_000 * rps.count) / rps.mean) : 0
  const lengthMs = toldMs > 0 && toldMs <= LONGEST_PERIOD_MS ? toldMs : null
  return {
    atMs: time.ms,
    isEnd: true,
    lengthMs,
    attempts: rps?.count ?? requestsCompleted ?? null,
    codes: countsIn(codes),
    errors: countsIn(errors ?? {}),
    level: concurrency ?? null,
    begun: created === null || ended === null ? null : created - ended,
  }
}

function secondOf({ counters, period, firstMetricAt }: z.infer<typeof secondShape>): Read | string {
  const time = parseFileTime(String(period ?? firstMetricAt ?? ''))
  if (!time) return 'the time ("period") cannot be read'
  const known = countsIn(counters)
  const requests = known.get('http.requests') ?? null
  const users = startingWith(known, 'vusers.')
  const ended = (users.get('completed') ?? 0) + (users.get('failed') ?? 0)
  return {
    atMs: time.ms,
    isEnd: false,
    lengthMs: null,
    attempts: requests,
    codes: startingWith(known, 'http.codes.'),
    errors: startingWith(known, 'errors.'),
    level: null,
    // A counter that did not move is left out of a period.
    begun: (users.get('created') ?? 0) - ended,
  }
}

/** Virtual users begun and not ended, where the report does not tell them itself; null where it tells neither. */
function levelled(periods: readonly Read[]): Read[] {
  const isTold = periods.every(({ begun }) => begun !== null) && periods.some(({ begun }) => begun)
  let running = 0
  return periods.map((period) => {
    running += period.begun ?? 0
    return { ...period, level: period.level ?? (isTold ? Math.max(0, running) : null) }
  })
}

function totalOf(aggregate: unknown) {
  const first = parseShape(z.object({ codes: counts }), aggregate)
  if (first.ok) return { codes: countsIn(first.value.codes), labels: null }
  const second = parseShape(secondShape, aggregate)
  if (!second.ok) return null
  const known = countsIn(second.value.counters)
  return { codes: startingWith(known, 'http.codes.'), labels: endpointsIn(known) }
}

function sumOf(periods: readonly Period[]) {
  const codes = new Map<string, number>()
  for (const period of periods)
    for (const [code, count] of period.codes) codes.set(code, (codes.get(code) ?? 0) + count)
  return { codes, labels: null }
}

/** Artillery's plug-in for endpoints names them in its counters. */
function endpointsIn(known: ReadonlyMap<string, number>): PeriodReport['labels'] {
  const endpoints = new Map<string, Map<string, number>>()
  for (const [counter, count] of known) {
    const found = /^plugins\.metrics-by-endpoint\.(.+)\.codes\.(\d+)$/.exec(counter)
    if (!found) continue
    const [, name = '', code = ''] = found
    endpoints.set(name, (endpoints.get(name) ?? new Map<string, number>()).set(code, count))
  }
  return endpoints.size > 0 ? endpoints : null
}

function countsIn(record: Readonly<Record<string, unknown>>): Map<string, number> {
  const known = new Map<string, number>()
  for (const [name, value] of Object.entries(record)) {
    const count = parseShape(countShape(), value)
    if (count.ok) known.set(name, count.value)
  }
  return known
}

function startingWith(known: ReadonlyMap<string, number>, prefix: string): Map<string, number> {
  return new Map(
    [...known]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, count]) => [name.slice(prefix.length), count]),
  )
}

/** The longest that periods tell: the last one is cut off. Else the shortest distance between two. */
function usualLength(periods: readonly Read[]): number {
  const told = periods.flatMap(({ lengthMs }) => lengthMs ?? [])
  if (told.length > 0) return told.reduce((longest, one) => Math.max(longest, one))
  const distances = periods
    .slice(1)
    .map(({ atMs }, i) => atMs - periods[i]!.atMs)
    .filter((distance) => distance > 0)
    .sort((a, b) => a - b)
  return distances[0] ?? DEFAULT_PERIOD_MS
}
