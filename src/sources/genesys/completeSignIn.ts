import { type OrgId, orgId } from '#domain/units.ts'
import type { AskContext } from '../polledSource.ts'
import type { SecretStorage, TabChannel } from '../tabSecret.ts'
import { addressesOf } from './addresses.ts'
import { exchangeCode } from './oauth.ts'
import { takePending } from './pendingSignIn.ts'
import { readRedirect } from './pkce.ts'
import {
  channelWay,
  deliverAnswer,
  type HearingWindow,
  type OtherWindow,
  windowWay,
} from './signInChannel.ts'
import { CLOCK_SKEW, refusalTrouble, type SignInTrouble, troubleOf } from './signInTrouble.ts'
import type { Token } from './tokenStore.ts'

/** What the redirect page found out. */
export type Completion =
  /** Another window waits for this answer and has it now: this one can be closed. */
  | { kind: 'delivered' }
  /** The sign-in began in this window: keep the token, go on at `returnPath`. */
  | { kind: 'signedIn'; org: OrgId; token: Token; returnPath: string }
  | { kind: 'failed'; problem: string; remedy: string; returnPath: string | null }

type RedirectPage = {
  /** The query of the address, e.g. `?code=…&state=…`. Take it out of the address bar at once. */
  search: string
  storage: SecretStorage | null
  channel: TabChannel
  window: HearingWindow
  /** The window that opened this one, if there is one. */
  opener: OtherWindow | null
  origin: string
  /** Aborted when nobody has taken the answer for long enough: a few seconds. */
  patience: AbortSignal
}

/**
 * What the page at the redirect address does with the answer of the login page. An answer whose
 * `state` belongs to no sign-in of ours is never turned into a token.
 */
export async function completeSignIn(context: AskContext, page: RedirectPage): Promise<Completion> {
  const { search } = page
  const answer = readRedirect(search)
  if (answer.kind === 'notAnAnswer') return NO_ANSWER
  const pending = pendingOf(page.storage, answer.state)
  if (!pending) {
    const message = { state: answer.state, search }
    const isTaken = await deliverAnswer(waysOf(page), message, page.patience)
    return isTaken ? { kind: 'delivered' } : NOT_OURS
  }
  const { returnPath } = pending
  const about = { ...pending, addresses: addressesOf(pending.domain) }
  if (answer.kind === 'refused') return failed(refusalTrouble(answer, about), returnPath)
  try {
    const token = await exchangeCode(context, about.addresses, { ...pending, code: answer.code })
    if (token.expiresAt <= context.now()) return failed(CLOCK_SKEW, returnPath)
    return { kind: 'signedIn', org: orgId(pending.org), token, returnPath }
  } catch (error) {
    return failed(troubleOf(error, about), returnPath)
  }
}

const waysOf = ({ channel, window, opener, origin }: RedirectPage) => [
  channelWay(channel),
  ...(opener ? [windowWay(window, opener, origin)] : []),
]

function pendingOf(storage: SecretStorage | null, state: string) {
  try {
    return storage && takePending(storage, state)
  } catch {
    // Barred storage holds no sign-in of this window; a pop-up still hands its answer over.
    return null
  }
}

const NO_ANSWER: Completion = {
  kind: 'failed',
  problem: 'This page is only for answers of the login page, and this address holds none.',
  remedy: 'Begin at the first screen.',
  returnPath: null,
}

const NOT_OURS: Completion = {
  kind: 'failed',
  problem: 'This answer belongs to no sign-in begun in this browser.',
  remedy: 'Please sign in again, and leave the page open until the login window closes.',
  returnPath: null,
}

const failed = ({ problem, remedy }: SignInTrouble, returnPath: string): Completion => ({
  kind: 'failed',
  problem,
  remedy,
  returnPath,
})
