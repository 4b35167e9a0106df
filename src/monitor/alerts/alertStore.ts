import type { OrgId } from '#domain/units.ts'

/** Where the book of an organisation's alerts is kept: the page's storage, a file of the recorder. */
export type AlertStore = {
  /** What was saved last; null where there is nothing, or nothing can be read. */
  load: (org: OrgId) => string | null
  /** Never throws: what cannot be kept is begun anew after a reload. */
  save: (org: OrgId, text: string) => void
  /** Hears that another tab has saved. Returns the way out. */
  subscribe: (org: OrgId, heard: (text: string) => void) => () => void
}

/** Kept for as long as the page lives. */
export function createMemoryAlertStore(): AlertStore {
  const kept = new Map<OrgId, string>()
  return {
    load: (org) => kept.get(org) ?? null,
    save: (org, text) => void kept.set(org, text),
    subscribe: () => () => undefined,
  }
}
