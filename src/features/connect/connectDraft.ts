import * as z from 'zod/mini'
import { type AddressReading, readAddress } from '#sources/genesys/addresses.ts'
import { parseShape } from '#sources/shape.ts'
import type { SecretStorage } from '#sources/tabSecret.ts'

/** In the place of a region: the domain or address is typed. */
export const OTHER = 'other'

/** What was typed to add an organisation. Nothing of it is secret. */
export type ConnectDraft = {
  /** The domain of a region, or `OTHER`. */
  region: string
  typed: string
  clientId: string
}

const KEY = 'tidemark:connect'

const shape = z.object({ region: z.string(), typed: z.string(), clientId: z.string() })

/** Nothing typed yet; the region is the one that is known from elsewhere, else a guess. */
export const firstDraft = (domain: string | null): ConnectDraft => ({
  region: domain ?? 'mypurecloud.de',
  typed: '',
  clientId: '',
})

/** What was typed before in this tab; null where nothing was, or storage is barred. */
export function readDraft(storage: SecretStorage): ConnectDraft | null {
  try {
    const parsed = parseShape(shape, JSON.parse(storage.getItem(KEY) ?? 'null'))
    return parsed.ok ? parsed.value : null
  } catch {
    // Barred storage, or text that is none of ours: the fields begin empty.
    return null
  }
}

/** Keeps what was typed for a reload and for the way to the login page and back. */
export function keepDraft(storage: SecretStorage, draft: ConnectDraft) {
  try {
    storage.setItem(KEY, JSON.stringify(draft))
  } catch {
    // Barred storage: it is typed again after a reload, and nothing else is lost.
  }
}

/** The address that was chosen or typed, or what is wrong with it. */
export const addressOf = ({ region, typed }: ConnectDraft): AddressReading =>
  readAddress(region === OTHER ? typed : region)

/** What is wrong with the client ID, in a sentence; null where nothing can be said from here. */
export function clientIdProblem({ clientId }: ConnectDraft): string | null {
  const text = clientId.trim()
  if (text === '') return 'Copy it from the OAuth client in Genesys Cloud Admin.'
  if (/[\s/]/.test(text)) return 'A client ID has no spaces and no slashes: copy it once more.'
  return text.length > 200 ? 'This is too long for a client ID: copy it once more.' : null
}
