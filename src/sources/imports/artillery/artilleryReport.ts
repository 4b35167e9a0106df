import * as z from 'zod/mini'
import { formatDuration } from '#domain/format.ts'
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
/** A period of Artillery 1. */
const firstShape = z.object({
  timestamp: z.string(),
  codes: counts,
  errors: z.optional(counts),
  scenariosCreated: amount,
  scenariosCompleted: amount,
  requestsCompleted: amount,
  concurrency: amount,
})
const reportShape = z.object({ aggregate: z.unknown(), intermediate: z.array(z.unknown()) })

/** What Artillery reports by default, where a report holds one period only. */
const DEFAULT_PERIOD_MS = 10_000

/** `begun`: by how many more virtual users there are at its end; null where it does not tell. */
type Read = Omit<Period, 'toMs'> & { begun: number | null }

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
  read.sort((a, b) => a.fromMs - b.fromMs)
  const lengthMs = shortestDistance(read)
  const periods = levelled(read).map((one) => ({ ...one, toMs: one.fromMs + lengthMs }))
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
  const second = parseShape(secondShape, json)
  if (second.ok) return secondOf(second.value)
  const first = parseShape(firstShape, json)
  if (!first.ok) return second.problem
  const { timestamp, codes, errors, requestsCompleted, concurrency } = first.value
  const { scenariosCreated: created = null, scenariosCompleted: ended = null } = first.value
  const time = parseFileTime(timestamp)
  if (!time) return 'the time cannot be read'
  return {
    fromMs: time.ms,
    attempts: requestsCompleted ?? null,
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
    fromMs: time.ms,
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
  const second = parseShape(secondShape, aggregate)
  if (second.ok) {
    const known = countsIn(second.value.counters)
    return { codes: startingWith(known, 'http.codes.'), labels: endpointsIn(known) }
  }
  const first = parseShape(z.object({ codes: counts }), aggregate)
  return first.ok ? { codes: countsIn(first.value.codes), labels: null } : null
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

function shortestDistance(periods: readonly { fromMs: number }[]): number {
  const distances = periods
    .slice(1)
    .map(({ fromMs }, i) => fromMs - periods[i]!.fromMs)
    .filter((distance) => distance > 0)
    .sort((a, b) => a - b)
  return distances[0] ?? DEFAULT_PERIOD_MS
}
