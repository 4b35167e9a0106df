import type { Token, TokenStore } from '#sources/genesys/tokenStore.ts'
import type { Clock } from './clock.ts'
import type { SessionState } from './orgFacts.ts'

/** Who is signed in to one organisation, and why nobody is. */
export type Session = {
  state: () => SessionState
  /** Whether calls with the organisation's token make sense. */
  hasToken: () => boolean
  /** The server refused the token: it is not used again, even where the store keeps it. */
  refuse: () => void
  /** Looks whether the token has expired since. */
  check: () => void
  close: () => void
}

type Options = {
  /** Null where nothing of the organisation needs a sign-in. */
  tokens: TokenStore | null
  /** The clock here: a token's end was reckoned by it. */
  clock: Clock
  /** Hears every change of `state`. */
  changed: () => void
}

/** Follows the token store, also through changes in other tabs. */
export function createSession({ tokens, clock, changed }: Options): Session {
  let last: Token | null = null
  let refused: string | null = null
  let state: SessionState = read()

  function read(): SessionState {
    if (!tokens) return { kind: 'notNeeded' }
    const token = tokens.get()
    if (token) last = token
    if (token && token.accessToken !== refused && token.expiresAt > clock.now())
      return { kind: 'signedIn', expiresAt: token.expiresAt }
    return { kind: 'signedOut', reason: whySignedOut() }
  }

  function whySignedOut() {
    if (!last) return 'never'
    if (last.accessToken === refused) return 'refused'
    return last.expiresAt <= clock.now() ? 'expired' : 'left'
  }

  function check() {
    const next = read()
    if (isSame(next, state)) return
    state = next
    changed()
  }

  const leave = tokens?.subscribe(check)

  return {
    state: () => state,
    hasToken: () => state.kind !== 'signedOut',
    refuse() {
      refused = last?.accessToken ?? null
      check()
    },
    check,
    close: () => leave?.(),
  }
}

const isSame = (a: SessionState, b: SessionState) => JSON.stringify(a) === JSON.stringify(b)
