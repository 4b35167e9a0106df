import type { EpochMs, MetricId, SourceId } from '#domain/units.ts'
import type { PolledSource } from '#sources/polledSource.ts'
import type { SourceError } from '#sources/sourceError.ts'
import type { SourceFailure, SourceStatus } from './orgFacts.ts'
import type { Reaction } from './reaction.ts'
import type { Plan } from './scheduler.ts'

/** How every source is doing. `all` is the same array until something changes. */
export type SourceBoard = {
  all: () => readonly SourceStatus[]
  replied: (id: SourceId, at: EpochMs) => void
  failed: (id: SourceId, error: SourceError, reaction: Reaction, at: EpochMs) => void
  planned: (id: SourceId, plan: Plan) => void
  /**
   * Series that a source turned out to feed. One that another source feeds stays with that one: what
   * a feed adds to the past of a series says nothing of whether it is still asked for.
   */
  feeds: (id: SourceId, metrics: readonly MetricId[]) => void
  /** Nobody is signed in: these sources wait. */
  signedOut: (ids: readonly SourceId[]) => void
  signedIn: (ids: readonly SourceId[]) => void
  /** Takes over what another tab knows of the sources both have. */
  adopt: (statuses: readonly SourceStatus[]) => void
}

export function createSourceBoard(
  sources: readonly PolledSource[],
  changed: () => void,
  switchedOff: readonly PolledSource[] = [],
) {
  let statuses: readonly SourceStatus[] = [...sources, ...switchedOff].map(
    ({ id, title, everyMs, metrics }, i): SourceStatus => ({
      id,
      title,
      everyMs,
      metrics: metrics.map((metric) => metric.id),
      // Off without a failure: somebody wants it so.
      state: i < sources.length ? 'waiting' : 'off',
      lastOkAt: null,
      failingSince: null,
      failure: null,
      nextAt: null,
      skippedTicks: 0,
    }),
  )

  function update(id: SourceId, part: Partial<SourceStatus>) {
    const index = statuses.findIndex((status) => status.id === id)
    const status = statuses[index]
    if (!status || isPartOf(part, status)) return
    statuses = statuses.with(index, { ...status, ...part })
    changed()
  }

  const statusOf = (id: SourceId) => statuses.find((status) => status.id === id)

  const board: SourceBoard = {
    all: () => statuses,
    replied: (id, at) =>
      update(id, { state: 'ok', lastOkAt: at, failingSince: null, failure: null }),
    failed(id, error, reaction, at) {
      const failingSince = statusOf(id)?.failingSince ?? at
      update(id, { state: STATE_AFTER[reaction.kind], failingSince, failure: failureOf(error) })
    },
    planned: (id, plan) => update(id, plan),
    feeds(id, metrics) {
      const taken = new Set(statuses.flatMap((status) => status.metrics))
      const added = metrics.filter((metric) => !taken.has(metric))
      if (added.length > 0) update(id, { metrics: [...(statusOf(id)?.metrics ?? []), ...added] })
    },
    signedOut: (ids) => ids.forEach((id) => update(id, { state: 'signedOut', nextAt: null })),
    signedIn: (ids) => ids.forEach((id) => update(id, { state: 'waiting', failure: null })),
    adopt(others) {
      for (const { id, ...status } of others) update(id, status)
    },
  }
  return board
}

const STATE_AFTER = {
  signedOut: 'signedOut',
  off: 'off',
  pause: 'failing',
  retry: 'failing',
} as const satisfies Record<Reaction['kind'], SourceStatus['state']>

const failureOf = ({ kind, message, details }: SourceError): SourceFailure => ({
  ...details,
  kind,
  message,
})

const isPartOf = (part: Partial<SourceStatus>, status: SourceStatus) =>
  Object.entries(part).every(([key, value]) => status[key as keyof SourceStatus] === value)
