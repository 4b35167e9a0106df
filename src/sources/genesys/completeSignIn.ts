import { type OrgId, orgId } from '#domain/units.ts'
import type { AskContext } from '../polledSource.ts'
import type { SecretStorage, TabChannel } from '../tabSecret.ts'
import { addressesOf } from './addresses.ts'
import { exchangeCode } from './oauth.ts'
import { takePending } from './pendingSignIn.ts'
import { readRedirect } from './pkce.ts'
import { deliverAnswer } from './signInChannel.ts'
import type { Token } from './tokenStore.ts'

/** What the redirect page found out. */
export type Completion =
  /** Another window waits for this answer and has it now: this one can be closed. */
  | { kind: 'delivered' }
  /** The sign-in began in this window: keep the token, go on at `returnPath`. */
  | { kind: 'signedIn'; org: OrgId; token: Token; returnPath: string }
  | { kind: 'failed'; problem: string; returnPath: string | null }

type RedirectPage = {
  /** The query of the address, e.g. `?code=…&state=…`. Take it out of the address bar at once. */
  search: string
  storage: SecretStorage | null
  channel: TabChannel
  /** Aborted when nobody has taken the answer for long enough: a few seconds. */
  patience: AbortSignal
}

/**
 * What the page at the redirect address does with the answer of the login page. An answer whose
 * `state` belongs to no sign-in of ours is never turned into a token. Throws GenesysError.
 */
export async function completeSignIn(
  context: AskContext,
  { search, storage, channel, patience }: RedirectPage,
): Promise<Completion> {
  const answer = readRedirect(search)
  if (answer.kind === 'notAnAnswer')
    return failed('This page is only for answers of the login page, and this address holds none.')
  const pending = storage && takePending(storage, answer.state)
  if (!pending) {
    const isTaken = await deliverAnswer(channel, { state: answer.state, search }, patience)
    return isTaken
      ? { kind: 'delivered' }
      : failed('This answer belongs to no sign-in begun in this browser. Please sign in again.')
  }
  if (answer.kind === 'refused') return failed(answer.problem, pending.returnPath)
  const token = await exchangeCode(context, addressesOf(pending.domain), {
    ...pending,
    code: answer.code,
  })
  return { kind: 'signedIn', org: orgId(pending.org), token, returnPath: pending.returnPath }
}

const failed = (problem: string, returnPath: string | null = null): Completion => ({
  kind: 'failed',
  problem,
  returnPath,
})
