import { type DurationMs, durationMs, elapsed, type EpochMs, MINUTE_MS } from '#domain/units.ts'
import type { Token } from './tokenStore.ts'

/** From here on the header asks for a click: nobody is sent away from a running screen. */
const ASK_BEFORE_MS = durationMs(10 * MINUTE_MS)

/** A refresh token is used this long before the end; short enough for tokens of five minutes. */
export const RENEW_BEFORE_MS = durationMs(2 * MINUTE_MS)

/** How long a sign-in still holds. `soon`: time to ask for a new one. */
export type Expiry = { kind: 'fine' | 'soon' | 'expired'; leftMs: DurationMs }

/** Where a token stands at an instant. One that can renew itself is `fine` until it is over. */
export function expiryOf(token: Pick<Token, 'expiresAt' | 'refreshToken'>, now: EpochMs): Expiry {
  const leftMs = elapsed(now, token.expiresAt)
  if (leftMs <= 0) return { kind: 'expired', leftMs: durationMs(0) }
  const isSoon = leftMs <= ASK_BEFORE_MS && token.refreshToken === null
  return { kind: isSoon ? 'soon' : 'fine', leftMs }
}
