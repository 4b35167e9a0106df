import type { OrgId } from '#domain/units.ts'
import type { AskContext } from '../polledSource.ts'
import type { SecretStorage, TabChannel } from '../tabSecret.ts'
import type { Addresses } from './addresses.ts'
import { exchangeCode } from './oauth.ts'
import { keepPending } from './pendingSignIn.ts'
import { createPkceRequest, type CryptoSource, readRedirect } from './pkce.ts'
import { awaitAnswer } from './signInChannel.ts'
import type { Token } from './tokenStore.ts'

/** The part of a pop-up window that is needed. */
export type PopUp = { location: { href: string }; close: () => void }

/** What a sign-in needs of the page it runs in. */
export type SignInPage = {
  crypto: CryptoSource
  /** `window.open`, which gives null where pop-ups are blocked. */
  open: (url: string, target: string, features: string) => PopUp | null
  /** Session storage, for the full-page way. */
  storage: SecretStorage | null
  /** A channel between the windows of this origin; the redirect page answers on it. */
  channel: TabChannel
  /** `location.assign`: leaves the page. */
  leave: (url: string) => void
}

export type SignInRequest = {
  org: OrgId
  addresses: Addresses
  clientId: string
  /** Exactly as registered at the OAuth client. */
  redirectUri: string
  /** Path to come back to when the page itself has to leave. */
  returnPath: string
}

export type SignInResult =
  | { kind: 'signedIn'; token: Token }
  /** Pop-ups are blocked: the page is on its way to the login page. */
  | { kind: 'leaving' }
  | { kind: 'refused'; problem: string }

const POP_UP = 'popup,width=520,height=760'

/**
 * Signs in by Authorization Code with PKCE: in a pop-up window, so that a running screen stays
 * where it is, or on the whole page where pop-ups are blocked. Call it straight from a click, or
 * the pop-up is blocked for certain. Ends when the context's signal does; throws GenesysError.
 */
export async function signIn(
  context: AskContext,
  request: SignInRequest,
  page: SignInPage,
): Promise<SignInResult> {
  // Before anything is awaited: browsers open windows only while the click is fresh.
  // Without a name: a second sign-in would be given the window that the first one closes.
  const popUp = page.open('', '_blank', POP_UP)
  try {
    const pkce = await createPkceRequest(request, page.crypto)
    if (!popUp) return leaveForLogin(request, page, pkce)
    const arriving = awaitAnswer(page.channel, pkce.state, context.signal)
    popUp.location.href = pkce.url
    const answer = readRedirect(await arriving)
    if (answer.kind !== 'code')
      return {
        kind: 'refused',
        problem: answer.kind === 'refused' ? answer.problem : 'The login page sent no code.',
      }
    const token = await exchangeCode(context, request.addresses, {
      ...request,
      code: answer.code,
      verifier: pkce.verifier,
    })
    return { kind: 'signedIn', token }
  } finally {
    popUp?.close()
  }
}

function leaveForLogin(
  { org, addresses, clientId, redirectUri, returnPath }: SignInRequest,
  { storage, leave }: SignInPage,
  { verifier, state, url }: { verifier: string; state: string; url: string },
): SignInResult {
  if (!storage)
    return {
      kind: 'refused',
      problem: 'This browser blocks pop-up windows and session storage; allow one of them.',
    }
  const { domain } = addresses
  keepPending(storage, { org, domain, clientId, redirectUri, verifier, state, returnPath })
  leave(url)
  return { kind: 'leaving' }
}
