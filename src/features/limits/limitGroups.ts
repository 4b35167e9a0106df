import type { JournalEntry } from '#domain/limits/limitJournal.ts'
import { compareTexts } from '#domain/limits/limitKey.ts'
import type { LimitRow } from '#domain/limits/limitRows.ts'
import { DAY_MS, type EpochMs } from '#domain/units.ts'
import type { LimitFilter, LimitsView } from '#state/link/limitsLink.ts'

/** Rows that stand under one heading. */
export type LimitGroup = { id: string; title: string; note: string; rows: readonly LimitRow[] }

/** From this share of a limit on it is worth a look, whatever its own thresholds are. */
const HIGH_RATIO = 0.8
const CHANGED_WITHIN_MS = 30 * DAY_MS

/** Which rows each filter lets through. */
export type LimitFilters = Readonly<Record<LimitFilter, (row: LimitRow) => boolean>>

/** Filters that know what changed lately. */
export function limitFilters(journal: readonly JournalEntry[], now: EpochMs): LimitFilters {
  const changed = new Set(
    journal
      .filter(({ latest }) => now - latest <= CHANGED_WITHIN_MS)
      .flatMap(({ key, metric }) => [
        ...(key ? [`key:${key.namespace} ${key.key}`] : []),
        ...(metric ? [`metric:${metric}`] : []),
      ]),
  )
  return {
    used: ({ use, effective, request, manual }) =>
      (use.kind !== 'notMeasurable' && isKnown(effective)) || request !== null || manual !== null,
    high: ({ use }) => use.kind === 'measured' && (use.ratio ?? 0) >= HIGH_RATIO,
    unmeasured: ({ use }) => use.kind === 'notMeasurable',
    changed: ({ id, metric }) =>
      changed.has(id) || (metric !== null && changed.has(`metric:${metric.id}`)),
    all: () => true,
  }
}

const isKnown = (effective: LimitRow['effective']) => (effective?.value ?? null) !== null

/** Whether a row has all the words that are searched for, wherever they stand. */
export function isFound({ title, group, metric, doc }: LimitRow, find: string): boolean {
  const text = [title, group.title, group.note, metric?.title, doc?.description]
    .join(' ')
    .toLowerCase()
  return find
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

/**
 * The rows that are listed, in groups: those with the worst headroom first, in each group and among
 * groups, what is unknown last; or one list of all, worst first. Equals stand by name.
 */
export function limitGroups(
  rows: readonly LimitRow[],
  filters: LimitFilters,
  { filter, find, sort }: Pick<LimitsView, 'filter' | 'find' | 'sort'>,
): readonly LimitGroup[] {
  const listed = rows
    .filter((row) => filters[filter](row) && isFound(row, find))
    .toSorted(worstFirst)
  if (sort === 'worst') return [{ id: 'all', title: '', note: '', rows: listed }]
  const groups = new Map<string, LimitRow[]>()
  for (const row of listed) {
    const known = groups.get(row.group.id)
    if (known) known.push(row)
    else groups.set(row.group.id, [row])
  }
  return [...groups.values()].map((own) => ({ ...own[0]!.group, rows: own }))
}

function worstFirst(a: LimitRow, b: LimitRow): number {
  return (
    rank(a) - rank(b) ||
    percentOf(b) - percentOf(a) ||
    compareTexts(a.group.id, b.group.id) ||
    compareTexts(a.title, b.title)
  )
}

/** A share of a limit, then a number without one, then what is not seen at present, then the rest. */
function rank({ use, request }: LimitRow): number {
  if (use.kind === 'measured') return use.ratio === null ? 1 : 0
  if (use.kind !== 'notMeasurable') return 2
  return request ? 3 : 4
}

/** Whole percent, so that two neighbours do not change places with every sample. */
const percentOf = ({ use }: LimitRow) =>
  use.kind === 'measured' && use.ratio !== null ? Math.floor(use.ratio * 100) : 0
