import type { OrgId } from '#domain/units.ts'
import type { AskContext } from '../polledSource.ts'
import type { SecretStorage, TabChannel } from '../tabSecret.ts'
import type { Addresses } from './addresses.ts'
import { exchangeCode } from './oauth.ts'
import { keepPending } from './pendingSignIn.ts'
import { createPkceRequest, type CryptoSource, readRedirect } from './pkce.ts'
import {
  awaitAnswer,
  channelWay,
  type HearingWindow,
  type OtherWindow,
  windowWay,
} from './signInChannel.ts'
import {
  CLOCK_SKEW,
  INSECURE_PAGE,
  OFFLINE,
  POP_UP_BLOCKED,
  refusalTrouble,
  type SignInTrouble,
  STORAGE_BARRED,
  troubleOf,
} from './signInTrouble.ts'
import type { Token } from './tokenStore.ts'

/** The part of a pop-up window that is needed. */
export type PopUp = OtherWindow & { location: { href: string }; close: () => void }

/** What a sign-in needs of the page it runs in. */
export type SignInPage = {
  /** Null on a page that came by plain http: browsers give it no `crypto.subtle`. */
  crypto: CryptoSource | null
  /** `window.open`, which gives null where pop-ups are blocked. */
  open: (url: string, target: string, features: string) => PopUp | null
  /** Session storage, for the full-page way. */
  storage: SecretStorage | null
  /** A channel between the windows of this origin; the redirect page answers on it. */
  channel: TabChannel
  /** The page's own window, where a pop-up answers that the channel does not reach. */
  window: HearingWindow
  origin: string
  /** False where the browser is sure to be on no network; true promises nothing. */
  isOnline: boolean
  /** `location.assign`: leaves the page. Null in a frame, where a login page refuses to be shown. */
  leave: ((url: string) => void) | null
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
  | { kind: 'refused'; trouble: SignInTrouble }

const POP_UP = 'popup,width=520,height=760'

/**
 * Signs in by Authorization Code with PKCE: in a pop-up window, so that a running screen stays
 * where it is, or on the whole page where pop-ups are blocked. Call it straight from a click, or
 * the pop-up is blocked for certain. Rejects with the reason of the context's signal, and for
 * nothing else that is to be expected.
 */
export async function signIn(
  context: AskContext,
  request: SignInRequest,
  page: SignInPage,
): Promise<SignInResult> {
  if (!page.crypto) return refused(INSECURE_PAGE)
  if (!page.isOnline && isAway(request.addresses)) return refused(OFFLINE)
  // Before anything is awaited: browsers open windows only while the click is fresh.
  // Without a name: a second sign-in would be given the window that the first one closes.
  const popUp = page.open('', '_blank', POP_UP)
  try {
    const pkce = await createPkceRequest(request, page.crypto)
    if (!popUp) return leaveForLogin(request, page, pkce)
    const ways = [channelWay(page.channel), windowWay(page.window, popUp, page.origin)]
    const arriving = awaitAnswer(ways, pkce.state, context.signal)
    popUp.location.href = pkce.url
    const answer = readRedirect(await arriving)
    if (answer.kind !== 'code') return refused(noCodeTrouble(answer, request))
    const token = await exchangeCode(context, request.addresses, {
      ...request,
      code: answer.code,
      verifier: pkce.verifier,
    })
    return token.expiresAt > context.now() ? { kind: 'signedIn', token } : refused(CLOCK_SKEW)
  } catch (error) {
    if (context.signal.aborted) throw error
    return refused(troubleOf(error, request))
  } finally {
    popUp?.close()
  }
}

function leaveForLogin(
  { org, addresses, clientId, redirectUri, returnPath }: SignInRequest,
  { storage, leave }: SignInPage,
  { verifier, state, url }: { verifier: string; state: string; url: string },
): SignInResult {
  if (!leave) return refused(POP_UP_BLOCKED)
  if (!storage) return refused(STORAGE_BARRED)
  const { domain } = addresses
  try {
    keepPending(storage, { org, domain, clientId, redirectUri, verifier, state, returnPath })
  } catch {
    // Whatever the storage threw: without it nobody would know the answer when it comes back.
    return refused(STORAGE_BARRED)
  }
  leave(url)
  return { kind: 'leaving' }
}

const noCodeTrouble = (
  answer: Exclude<ReturnType<typeof readRedirect>, { kind: 'code' }>,
  request: SignInRequest,
): SignInTrouble =>
  refusalTrouble(answer.kind === 'refused' ? answer : { error: 'no code', words: null }, request)

const refused = (trouble: SignInTrouble): SignInResult => ({ kind: 'refused', trouble })

/** A simulator on this machine is reached without any network. */
const isAway = ({ kind }: Addresses) => kind === 'region' || kind === 'typed'
