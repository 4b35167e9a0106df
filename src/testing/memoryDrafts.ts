import type { DraftStore, StoredDraft } from '#sources/drafts/draftStore.ts'

/** Drafts that end with the test; `failing` is what every writing fails with. */
export function memoryDrafts() {
  const kept = new Map<string, StoredDraft>()
  let failure: Error | null = null
  const store: DraftStore = {
    load: async (key) => structuredClone(kept.get(key) ?? null),
    save: async (key, draft) => {
      if (failure) throw failure
      kept.set(key, structuredClone(draft))
    },
  }
  return {
    ...store,
    fail: (error: Error | null) => {
      failure = error
    },
  }
}
