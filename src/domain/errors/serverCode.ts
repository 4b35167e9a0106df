import type { ErrorClass } from './errorEvent.ts'

/**
 * OAuth's own words for a token that is not granted (RFC 6749 §5.2), and the bearer's (RFC 6750
 * §3.1).
 */
const OAUTH =
  /^(?:invalid_(?:grant|client|scope|token|request)|unauthorized_client|unsupported_grant_type|access_denied|insufficient_scope)$/i

/** Codes of Genesys Cloud's `ErrorBody` by what they mean (facts §1.6, §7.6). */
const CODES: readonly (readonly [RegExp, ErrorClass])[] = [
  [/^too\.many\.requests/, 'rate'],
  [/^(?:authentication\.required|bad\.credentials|ip\.not\.authorized)$/, 'auth'],
  [/^missing\.(?:any\.)?(?:division\.)?permissions?$/, 'auth'],
  [/^(?:not\.authorized|app\.not\.authorized\.for\.scope|authz\.policy\.denied)$/, 'auth'],
  [/^service\.unavailable$/, 'capacity'],
  [/^(?:general\.)?internal\.server\.error$/, 'server'],
  [/^(?:authentication\.)?request\.timeout$/, 'server'],
]

/** Whether a code is one of those with which a rate limit is told. */
export const isRateCode = (code: string | null) => code !== null && CODES[0]![0].test(code)

/**
 * The class that a server's own error code means; null for one that is not known here. Limits on
 * how many objects there may be (`max.entity.count.reached`) are none of the classes: nobody was
 * connecting and nobody asked too often.
 */
export function classOfServerCode(code: string): ErrorClass | null {
  if (OAUTH.test(code)) return 'auth'
  return CODES.find(([pattern]) => pattern.test(code))?.[1] ?? null
}
