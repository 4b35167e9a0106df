import { elapsed, type EpochMs, later, MINUTE_MS, type OrgId } from '#domain/units.ts'
import type { Clock, Timer } from '#monitor/clock.ts'
import type { Addresses } from '#sources/genesys/addresses.ts'
import { RENEW_BEFORE_MS } from '#sources/genesys/expiry.ts'
import { clientCredentialsToken } from '#sources/genesys/oauth.ts'
import { createTokenStore, type Token, type TokenStore } from '#sources/genesys/tokenStore.ts'
import { SourceError, type SourceErrorKind } from '#sources/sourceError.ts'
import type { ClientCredentials } from '../config/recorderConfig.ts'
import type { EventLog } from '../eventLog.ts'
import type { SecretBook } from '../secretBook.ts'

/** Keeps one organisation signed in with its client credentials. */
export type TokenKeeper = { tokens: TokenStore; stop: () => void }

type Options = {
  org: OrgId
  addresses: Addresses
  client: ClientCredentials
  fetch: (url: string, init?: RequestInit) => Promise<Response>
  clock: Clock
  timer: Timer
  random: () => number
  log: EventLog
  secrets: SecretBook
}

const ASK_WITHIN_MS = 15_000
/** Back-off with full jitter: up to a second at first, twice as much each time, a minute at most. */
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 60_000
/** A client that is refused stays refused until somebody does something: the login host is left alone. */
const REFUSED_WAIT_MS = 5 * MINUTE_MS
const REFUSALS: readonly SourceErrorKind[] = ['unauthorised', 'forbidden', 'badRequest']
/** A token that was refused so soon was worth nothing from the start: the next one may be, too. */
const SOON_MS = MINUTE_MS
/** A timer counts no sleep of the machine, and a clock may be set: it is looked at this often. */
const LOOK_EVERY_MS = 30_000

/**
 * Asks for a token at the start, before the one at hand ends, and when it was refused. Failures are
 * asked again after a wait that grows; meanwhile the token at hand is used for as long as it holds.
 */
export function createTokenKeeper(options: Options): TokenKeeper {
  const { org, addresses, client, fetch, clock, timer, random, log, secrets } = options
  const tokens = createTokenStore({ org, storage: null, channel: null, now: clock.now })
  const stopping = new AbortController()
  let token: Token | null = null
  let grantedAt: EpochMs | null = null
  /** In a row, of questions; and of tokens that were refused as soon as they were used. */
  let failures = 0
  let refusals = 0
  let isAsking = false
  let isFailing = false
  let cancel: () => void = () => undefined

  function askAt(at: EpochMs) {
    cancel()
    if (stopping.signal.aborted) return
    const leftMs = elapsed(clock.now(), at)
    cancel = timer.after(Math.min(Math.max(0, leftMs), LOOK_EVERY_MS), () => {
      if (clock.now() < at) askAt(at)
      else void ask()
    })
  }

  const backOffMs = (inRow: number) =>
    Math.ceil(random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (inRow - 1)))

  async function ask() {
    if (isAsking || stopping.signal.aborted) return
    isAsking = true
    const timeout = new AbortController()
    const cancelTimeout = timer.after(ASK_WITHIN_MS, () =>
      timeout.abort(new DOMException('No reply in time', 'TimeoutError')),
    )
    try {
      const signal = AbortSignal.any([stopping.signal, timeout.signal])
      granted(await clientCredentialsToken({ fetch, now: clock.now, signal }, addresses, client))
    } catch (error) {
      if (!stopping.signal.aborted) failed(error)
    } finally {
      isAsking = false
      cancelTimeout()
    }
  }

  function granted(next: Token) {
    secrets.add(next.accessToken)
    const before = token
    token = next
    grantedAt = clock.now()
    failures = 0
    tokens.set(next)
    if (before && before.accessToken !== next.accessToken) secrets.drop(before.accessToken)
    if (isFailing || !before) log('info', 'signed_in', { organisation: org })
    isFailing = false
    const lifeMs = elapsed(grantedAt, next.expiresAt)
    askAt(later(next.expiresAt, -Math.min(RENEW_BEFORE_MS, lifeMs / 2)))
  }

  function failed(error: unknown) {
    failures += 1
    const { kind, details, message } =
      error instanceof SourceError ? error : new SourceError('unexpectedShape', String(error))
    if (!isFailing)
      log('error', 'sign_in_failed', { organisation: org, kind, status: details.status, message })
    isFailing = true
    const leastMs = REFUSALS.includes(kind) ? REFUSED_WAIT_MS : (details.retryAfterMs ?? 0)
    askAt(later(clock.now(), Math.max(leastMs, backOffMs(failures))))
  }

  /** The API refused the token, and it was dropped. */
  function lost() {
    if (isAsking || tokens.get() !== null || stopping.signal.aborted) return
    const heldMs = grantedAt === null ? 0 : elapsed(grantedAt, clock.now())
    refusals = heldMs < SOON_MS ? refusals + 1 : 1
    log('warn', 'token_refused', { organisation: org })
    askAt(later(clock.now(), backOffMs(refusals)))
  }

  const unsubscribe = tokens.subscribe(lost)
  void ask()

  return {
    tokens,
    stop() {
      stopping.abort()
      cancel()
      unsubscribe()
      tokens.close()
    },
  }
}
