import type { Attempts } from '../evidence/demand/clientEvents.ts'
import { type BeforeAfter, beforeAfterOf } from '../evidence/raise/beforeAfter.ts'
import type { GuardedSeries } from '../evidence/raise/guards.ts'
import { raiseGuard } from '../evidence/raise/raiseGuard.ts'
import type { FailureColumns, WatchedSeries } from '../evidence/watchedSeries.ts'
import type { Span } from '../incident/incident.ts'
import type { Series } from '../series/series.ts'
import { type EpochMs, epochMs } from '../units.ts'
import { type CertificateBand, certificateBands } from './certificateBands.ts'
import { type CertificateSide, certificateSide } from './certificateSide.ts'
import type { ComparableChange } from './comparableChange.ts'
import type { ComparablePair } from './comparableWindows.ts'

/** What two windows are compared by. Plain data that survives `structuredClone`; columns oldest first. */
export type CertificateInput = ComparablePair & {
  change: ComparableChange
  /** Samples of both windows at least; its limits are not asked. */
  subject: WatchedSeries
  capacity: FailureColumns
  /** Attempts per sample; null where nobody counts them. */
  attempts: Series | null
  clients: Attempts | null
  guards: readonly GuardedSeries[]
}

/** Whether a changed limit did what it was changed for, and what became of the queues. */
export type Certificate = ComparablePair & {
  change: ComparableChange
  /**
   * As `beforeAfterOf` has it: of a raise as it happened; of a lowered limit the other way round, its
   * `before` being the time under the lower one, with `guards` in the order of time.
   */
  result: BeforeAfter
  /** Refused share by load, lowest first; empty where nobody counts attempts. */
  bands: readonly CertificateBand[]
  sides: { before: CertificateSide; after: CertificateSide }
}

export const isRaise = ({ from, to }: ComparableChange) => to > from

/**
 * Compares two windows, one under each limit of a change. They may lie weeks apart: what lies between
 * them is closed up, so that bins and blocks of time hold nothing but the two. O(n log n).
 */
export function certificateOf(input: CertificateInput): Certificate {
  const { change, before, after, guards } = input
  const isRaised = isRaise(change)
  const [low, high] = isRaised ? [before, after] : [after, before]
  const joined = closedUp(input, low, high)
  const lifted = {
    ...joined,
    guards: isRaised ? guards.map(joined.guard) : [],
  }
  const found = beforeAfterOf(lifted)
  if (!found) throw new Error(`${change.id}: the windows are empty, or the limits are alike`)
  const guarded = isRaised ? [] : guards.map((guard) => raiseGuard(guard, before, after))
  const result: BeforeAfter = isRaised
    ? { ...found, at: change.latest }
    : {
        ...found,
        at: change.latest,
        guards: guarded.filter((guard) => guard !== null),
        unmeasured: guards.filter((_, i) => guarded[i] === null).map(({ title }) => title),
      }
  return {
    change,
    before,
    after,
    result,
    bands: certificateBands(lifted, isRaised),
    sides: { before: certificateSide(input, before), after: certificateSide(input, after) },
  }
}

/** The windows as if one had followed the other at once: `low` up to an instant, `high` from it on. */
function closedUp(input: CertificateInput, low: Span, high: Span) {
  const { change, subject, capacity, attempts, clients } = input
  const at = change.latest
  const parts = [
    { ...low, by: at - low.to },
    { ...high, by: at - high.from },
  ]
  const series = (one: Series) => joinedSeries(one, parts)
  const counted = joinedSeries({ timeMs: capacity.timeMs, value: capacity.count }, parts)
  const [lower, higher] = [Math.min(change.from, change.to), Math.max(change.from, change.to)]
  const from = epochMs(low.from + parts[0]!.by)
  return {
    from,
    to: epochMs(high.to + parts[1]!.by),
    subject: {
      ...subject,
      series: series(subject.series),
      limits: [
        { from, value: lower, source: 'compared' },
        { from: at, value: higher, source: 'compared' },
      ],
    },
    capacity: { timeMs: counted.timeMs, count: counted.value },
    attempts: attempts && series(attempts),
    clients: clients && joinedClients(clients, parts),
    guard: (guard: GuardedSeries): GuardedSeries => ({
      ...guard,
      series: series(guard.series),
      load: guard.load.map(series),
    }),
  }
}

type Part = { from: EpochMs; to: EpochMs; by: number }

function joinedSeries({ timeMs, value }: Series, parts: readonly Part[]): Series {
  const times: number[] = []
  const values: number[] = []
  for (const { from, to, by } of parts)
    for (let i = 0; i < timeMs.length; i++) {
      if (!(timeMs[i]! >= from && timeMs[i]! < to)) continue
      times.push(timeMs[i]! + by)
      values.push(value[i]!)
    }
  return { timeMs: Float64Array.from(times), value: Float64Array.from(values) }
}

function joinedClients(clients: Attempts, parts: readonly Part[]): Attempts {
  const rows = parts.flatMap(({ from, to, by }) =>
    Array.from(clients.startMs.keys()).flatMap((i) => {
      const at = clients.startMs[i]!
      return at >= from && at < to ? [{ i, by }] : []
    }),
  )
  const moved = (column: Float64Array) => Float64Array.from(rows, ({ i, by }) => column[i]! + by)
  return {
    client: Int32Array.from(rows, ({ i }) => clients.client[i]!),
    startMs: moved(clients.startMs),
    endMs: moved(clients.endMs),
    failed: Uint8Array.from(rows, ({ i }) => clients.failed[i]!),
    releasedMs: moved(clients.releasedMs),
  }
}
