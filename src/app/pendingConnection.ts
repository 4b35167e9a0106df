import type { OrgId } from '#domain/units.ts'
import {
  CONFIG_VERSION,
  type OrganisationConfig,
  parseConfig,
} from '#sources/config/tidemarkConfig.ts'
import type { SecretStorage } from '#sources/tabSecret.ts'

const KEY = 'tidemark:connecting'

/**
 * Remembers an organisation while the page is away at its login: only a sign-in that works makes it
 * one of the organisations of this browser. Throws what the storage throws.
 */
export const keepConnecting = (storage: SecretStorage, organisation: OrganisationConfig) =>
  storage.setItem(KEY, JSON.stringify({ version: CONFIG_VERSION, organisations: [organisation] }))

/** Whether an organisation was being connected that this browser does not know yet; that is over now. */
export function dropConnecting(storage: SecretStorage): boolean {
  try {
    const isThere = storage.getItem(KEY) !== null
    storage.removeItem(KEY)
    return isThere
  } catch {
    // Barred storage held nothing.
    return false
  }
}

/** Takes it back out; null where this one was not being connected. Whatever was there is gone then. */
export function takeConnecting(storage: SecretStorage, id: OrgId): OrganisationConfig | null {
  try {
    const stored = storage.getItem(KEY)
    storage.removeItem(KEY)
    const parsed = parseConfig(JSON.parse(stored ?? 'null'))
    const [organisation = null] = parsed.ok ? parsed.value.organisations : []
    return organisation?.id === id ? organisation : null
  } catch {
    // Barred storage, or text that is none of ours: the same as nothing, and the caller says so.
    return null
  }
}
