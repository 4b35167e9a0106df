import { identifier, STREAM } from '../model/noise.ts'

/** What a bearer token of the simulator says about itself. */
export type AccessToken = {
  value: string
  clientId: string
  /** Null for client credentials: such a token stands for an application, not for a person. */
  userId: string | null
  issuedAtMs: number
  expiresAtMs: number
}

type Claims = Omit<AccessToken, 'value'> & { kind: 'access' | 'refresh'; nonce: number }

export type TokenRefusal = 'authentication.required' | 'bad.credentials'

export type Tokens = {
  issue: (clientId: string, userId: string | null) => { access: AccessToken; refresh: string }
  /** The token of an `Authorization` header, or why it is refused. Using a token keeps it from idling. */
  check: (header: string | null, keepsIdleClock?: boolean) => AccessToken | TokenRefusal
  /** Who a refresh token was for; it can be used once. */
  redeem: (refresh: string) => { clientId: string; userId: string | null } | null
  revoke: (token: AccessToken) => void
  /** Ends every token issued so far, as an administrator's "revoke all" does. */
  revokeAll: () => void
  idlesAtMs: (token: AccessToken) => number
}

/** Idle time after which a token is worth nothing (facts §7.3: 5 min to 8 h). */
export const IDLE_TIMEOUT_SEC = 28_800
const REFRESH_LIFE_MS = 30 * 86_400_000

const checksum = (seed: number, text: string) => {
  let hash = seed | 0
  for (const character of text) hash = Math.imul(hash, 31) + character.charCodeAt(0)
  return identifier(seed, hash, STREAM.secret).slice(0, 13)
}

/**
 * Tokens that carry what they are worth, so that a simulation which starts again (a page reloads,
 * a second tab opens) still honours those it gave out. They guard made-up numbers: no secret is needed.
 */
export function createTokens(options: {
  seed: number
  lifetimeSec: number
  now: () => number
}): Tokens {
  const { seed, lifetimeSec, now } = options
  const revoked = new Set<string>()
  const lastUsedMs = new Map<string, number>()
  let revokedBeforeMs = 0
  let nonce = 0

  function seal(claims: Claims): string {
    const text = btoa(JSON.stringify(claims)).replaceAll('=', '')
    return `${text}.${checksum(seed, text)}`
  }

  function unseal(value: string, kind: Claims['kind']): Claims | null {
    const [text, check, ...rest] = value.split('.')
    if (!text || rest.length > 0 || check !== checksum(seed, text)) return null
    const claims = JSON.parse(atob(text)) as Claims
    const isOver = claims.expiresAtMs <= now() || claims.issuedAtMs < revokedBeforeMs
    return claims.kind !== kind || isOver || revoked.has(value) ? null : claims
  }

  const idlesAtMs = ({ value }: AccessToken) =>
    (lastUsedMs.get(value) ?? now()) + IDLE_TIMEOUT_SEC * 1000

  return {
    issue(clientId, userId) {
      nonce += 1
      const issuedAtMs = now()
      const about = { clientId, userId, issuedAtMs, nonce }
      const expiresAtMs = issuedAtMs + lifetimeSec * 1000
      const value = seal({ ...about, expiresAtMs, kind: 'access' })
      lastUsedMs.set(value, issuedAtMs)
      return {
        access: { value, clientId, userId, issuedAtMs, expiresAtMs },
        refresh: seal({ ...about, expiresAtMs: issuedAtMs + REFRESH_LIFE_MS, kind: 'refresh' }),
      }
    },
    check(header, keepsIdleClock = true) {
      const value = /^Bearer\s+(\S+)$/i.exec(header ?? '')?.[1]
      if (value === undefined) return 'authentication.required'
      const claims = unseal(value, 'access')
      if (!claims) return 'bad.credentials'
      const { clientId, userId, issuedAtMs, expiresAtMs } = claims
      const token = { value, clientId, userId, issuedAtMs, expiresAtMs }
      if (idlesAtMs(token) <= now()) return 'bad.credentials'
      if (keepsIdleClock) lastUsedMs.set(value, now())
      return token
    },
    redeem(refresh) {
      const claims = unseal(refresh, 'refresh')
      if (!claims) return null
      revoked.add(refresh)
      return { clientId: claims.clientId, userId: claims.userId }
    },
    revoke: ({ value }) => void revoked.add(value),
    revokeAll: () => {
      revokedBeforeMs = now() + 1
    },
    idlesAtMs,
  }
}
