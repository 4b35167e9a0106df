import { type Draft, type DraftFile, EMPTY_DRAFT } from '#domain/incident/draft.ts'
import type { Bundle } from '#sources/imports/bundle/readBundle.ts'
import type { OpenedBundle } from './reviewState.ts'

/** Somebody's incident as a draft of one's own: its window, notes and comparison, and files laid over it. */
export function bundleDraft(
  { incident, storedReport, fingerprint, checks }: Bundle,
  name: string,
  files: readonly DraftFile[],
): Draft {
  const { from, to, title, zone, notes, comparison } = incident
  const changed = checks.filter(({ isIntact }) => !isIntact).map((check) => check.title)
  return {
    ...EMPTY_DRAFT,
    files,
    title,
    zone,
    span: { from, to },
    base: { kind: 'bundle', incident, seal: { name, fingerprint, changed, storedReport } },
    notes,
    comparison,
  }
}

/** A bundle as it is shown; its verdict is worked out again from here. */
export const openedBundle = (base: Draft['base']): OpenedBundle | null =>
  base.kind === 'bundle' ? { ...base.seal, isSameVerdict: null } : null

/** Whether the same bundle lies on the desk already, with nothing changed in either. */
export const isOnDesk = (there: OpenedBundle | null, { fingerprint, isIntact }: Bundle) =>
  isIntact && there?.fingerprint === fingerprint && there.changed.length === 0
