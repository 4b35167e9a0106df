import { type Draft, EMPTY_DRAFT } from '#domain/incident/draft.ts'

/**
 * A review that was cleared, as it was, with what was laid on since: files and notes are added, and a window of
 * history that was chosen since stays. A bundle that was opened since goes with all that it brought.
 */
export function broughtBack(cleared: Draft, now: Draft): Draft {
  const isElsewhere = now.base.kind === 'history' && now.base !== cleared.base
  const since = now.base.kind === 'bundle' ? EMPTY_DRAFT : now
  const known = new Set(cleared.files.map(({ source }) => source.id))
  return {
    ...cleared,
    ...(isElsewhere ? { base: now.base, span: now.span } : {}),
    files: [...cleared.files, ...since.files.filter(({ source }) => !known.has(source.id))],
    notes: [...cleared.notes, ...since.notes],
  }
}
