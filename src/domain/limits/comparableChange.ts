import type { EpochMs, MetricId } from '../units.ts'
import type { JournalEntry } from './limitJournal.ts'

/** A known limit of a metric that became another one: what two windows are compared about. */
export type ComparableChange = {
  /** That of its line in the journal. */
  id: string
  metric: MetricId
  from: number
  to: number
  /** It came into force somewhere in [earliest, latest]. */
  earliest: EpochMs
  latest: EpochMs
}

/**
 * The raises and lowerings of a journal, newest first. One that two sources tell, the registry and the
 * feed that counts, is one change: where both leave room for it, the more exact times stand.
 */
export function comparableChanges(journal: readonly JournalEntry[]): readonly ComparableChange[] {
  const found: ComparableChange[] = []
  for (const entry of journal.toSorted((a, b) => b.latest - a.latest)) {
    const { id, kind, metric, from, to, earliest, latest } = entry
    if (kind !== 'effective' || metric === null || from === null || to === null || from === to)
      continue
    const change = { id, metric, from, to, earliest, latest }
    const known = found.findIndex((one) => isSame(one, change))
    if (known < 0) found.push(change)
    else if (doubtMs(change) < doubtMs(found[known]!)) found[known] = change
  }
  return found.toSorted((a, b) => b.latest - a.latest)
}

const isSame = (a: ComparableChange, b: ComparableChange) =>
  a.metric === b.metric &&
  a.from === b.from &&
  a.to === b.to &&
  a.earliest <= b.latest &&
  b.earliest <= a.latest

const doubtMs = ({ earliest, latest }: ComparableChange) => latest - earliest

/** The change of a metric that ends at an instant, as links name it; null where there is none. */
export const changeAt = (
  changes: readonly ComparableChange[],
  metric: MetricId | null,
  at: EpochMs | null,
): ComparableChange | null =>
  changes.find((change) => change.metric === metric && change.latest === at) ?? null
