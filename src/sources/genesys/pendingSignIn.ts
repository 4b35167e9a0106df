import * as z from 'zod/mini'
import { parseShape } from '../shape.ts'
import type { SecretStorage } from '../tabSecret.ts'

/** A full-page sign-in on its way: what the page must know again when it comes back. */
export type PendingSignIn = {
  org: string
  domain: string
  clientId: string
  redirectUri: string
  verifier: string
  state: string
  /** Path of ours to go on at, e.g. `/org/acme/live`. */
  returnPath: string
}

const KEY = 'tidemark:sign-in'

const shape = z.object({
  org: z.string(),
  domain: z.string(),
  clientId: z.string(),
  redirectUri: z.string(),
  verifier: z.string(),
  state: z.string(),
  // A path of this origin and nothing else: `//host` would be another one.
  returnPath: z.string().check(z.regex(/^\/(?!\/)/)),
})

/** Remembers a sign-in while the page is away. Throws what the storage throws. */
export const keepPending = (storage: SecretStorage, pending: PendingSignIn) =>
  storage.setItem(KEY, JSON.stringify(pending))

/**
 * Takes the sign-in with this state back out; null where there is none, or one with another state.
 */
export function takePending(storage: SecretStorage, state: string): PendingSignIn | null {
  const stored = storage.getItem(KEY)
  if (stored === null) return null
  const pending = parseShape(shape, parsedOrNull(stored))
  if (!pending.ok || pending.value.state !== state) return null
  storage.removeItem(KEY)
  return pending.value
}

function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not ours, or cut off: the same as no sign-in begun here, which the caller reports.
    return null
  }
}
