import type { Draft } from '#domain/incident/draft.ts'
import type { DraftStore } from '#sources/drafts/draftStore.ts'

/** Keeps the newest draft, one writing after the other; `told` hears how each went. */
export function createDraftKeeper(
  key: string,
  drafts: DraftStore,
  told: (failure: Error | null) => void,
) {
  let waiting: Draft | null = null
  let writing: Promise<void> | null = null

  async function write() {
    while (waiting) {
      const { base, ...rest } = waiting
      waiting = null
      // History is read anew: only that it belongs to the draft is kept.
      const kept = base.kind === 'history' ? ({ kind: 'history' } as const) : base
      try {
        await drafts.save(key, { version: 1, ...rest, base: kept })
        told(null)
      } catch (error) {
        told(error instanceof Error ? error : new Error(String(error)))
      }
    }
    writing = null
  }

  return {
    keep(draft: Draft) {
      waiting = draft
      writing ??= write()
    },
    /** Resolves when all that was changed so far is kept, or known not to be. */
    kept: async () => writing ?? undefined,
  }
}
