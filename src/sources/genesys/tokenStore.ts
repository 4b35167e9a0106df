import type { EpochMs } from '#domain/units.ts'

/** An OAuth token of one organisation. It never enters a URL, a bundle or the history. */
export type Token = {
  accessToken: string
  expiresAt: EpochMs
  /** Present only where the token reply had one (facts §7.2: unverified for PKCE clients). */
  refreshToken: string | null
}

/** Where one organisation's token lives; null means signed out. */
export type TokenStore = {
  get: () => Token | null
  set: (token: Token | null) => void
  /** Hears changes, also those that arrive from another tab. */
  subscribe: (listener: () => void) => () => void
}
