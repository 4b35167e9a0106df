import * as z from 'zod/mini'
import { type EpochMs, epochMs, type OrgId } from '#domain/units.ts'
import { createTabSecret, type SecretStorage, type TabChannel } from '../tabSecret.ts'

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

const tokenShape = z.object({
  accessToken: z.string().check(z.minLength(1)),
  expiresAt: z.pipe(z.number(), z.transform(epochMs)),
  refreshToken: z.nullable(z.string()),
})

type Options = {
  org: OrgId
  /** The tab's session storage; null keeps the token in memory alone. */
  storage: SecretStorage | null
  /** What the tabs of one origin hear each other on; null where there is none. */
  channel: TabChannel | null
  now: () => EpochMs
}

/**
 * Keeps a token in memory and session storage, asks the other tabs of the origin for theirs at the
 * start and tells them of every change, so that any of them can take over. An expired token is
 * none.
 */
export const createTokenStore = ({ org, storage, channel, now }: Options) =>
  createTabSecret<Token>({
    name: `tidemark:token:${org}`,
    storage,
    channel,
    shape: tokenShape,
    isUsable: (token) => token.expiresAt > now(),
  }) satisfies TokenStore
