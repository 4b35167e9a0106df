import { SourceError } from '../sourceError.ts'
import { GRANT } from './access.ts'
import type { Addresses } from './addresses.ts'

/**
 * Why a sign-in did not work, told apart by what helps:
 * - `consentRefused`: somebody, or a rule, said no on the login page
 * - `clientUnknown`: the login host does not know the client; in another region it may
 * - `grantNotAllowed`: the client is set up for another kind of sign-in
 * - `redirectMismatch`: the redirect address is not the registered one
 * - `codeExpired`: the answer came too late, or twice
 * - `wrongRegion`: the API refuses the token that its login host has just given
 * - `addressNotAllowed`: the client may not be used from here
 * - `clockSkew`: by the clock here the new token has ended already
 * - `popUpBlocked`, `storageBarred`, `insecurePage`, `offline`: this browser or this page
 * - `noReply`, `loginDown`, `timedOut`: the way to the login host, or the host
 * - `unexpected`: anything else, in its own words
 */
export type SignInTroubleKind =
  | 'consentRefused'
  | 'clientUnknown'
  | 'grantNotAllowed'
  | 'redirectMismatch'
  | 'codeExpired'
  | 'wrongRegion'
  | 'addressNotAllowed'
  | 'clockSkew'
  | 'popUpBlocked'
  | 'storageBarred'
  | 'insecurePage'
  | 'offline'
  | 'noReply'
  | 'loginDown'
  | 'timedOut'
  | 'unexpected'

/** What is wrong and what helps, in whole sentences. */
export type SignInTrouble = { kind: SignInTroubleKind; problem: string; remedy: string }

/** Whom a sign-in was for. */
export type SignInAbout = { addresses: Addresses; clientId: string; redirectUri: string }

/** The login page sent `error` instead of a code (RFC 6749 §4.1.2.1); `words` are its own, if any. */
export function refusalTrouble(
  { error, words }: { error: string; words: string | null },
  about: SignInAbout,
): SignInTrouble {
  const said = `The login page answered: ${ended(words ?? error)}`
  if (error === 'access_denied')
    return { ...CONSENT_REFUSED, problem: `Access was refused. ${said}` }
  return (
    troubleOfCode(error, words, about) ?? { kind: 'unexpected', problem: said, remedy: CHECK_ALL }
  )
}

/** What a failed request of a sign-in means. */
export function troubleOf(error: unknown, about: SignInAbout): SignInTrouble {
  if (!(error instanceof SourceError))
    return {
      kind: 'unexpected',
      problem: `The sign-in failed: ${ended(String(error))}`,
      remedy: CHECK_ALL,
    }
  const { code } = error.details
  const named = code === null ? null : troubleOfCode(code, error.message, about)
  if (named) return named
  switch (error.kind) {
    case 'unauthorised':
      return unknownClient(about)
    case 'network':
    case 'timeout':
      return { kind: 'noReply', problem: error.message, remedy: unreachedRemedy(about.addresses) }
    case 'unavailable':
    case 'rateLimited':
      return loginDown(error.message)
    default:
      return { kind: 'unexpected', problem: error.message, remedy: CHECK_ALL }
  }
}

/** The API refused (401) a token that was a moment old. */
export function freshTokenTrouble(error: SourceError, addresses: Addresses): SignInTrouble {
  if (error.details.code === 'ip.not.authorized')
    return {
      kind: 'addressNotAllowed',
      problem: error.message,
      remedy: 'Have the address of this network added to the allow-list, or use another client.',
    }
  return {
    kind: 'wrongRegion',
    problem: `${hostOf(addresses.api)} refused the token that ${hostOf(addresses.login)} had just given.`,
    remedy:
      'The organisation may live in another region: the address of your Genesys Cloud, apps.…, ends in its domain. Choose that region, with a client made there.',
  }
}

export const POP_UP_BLOCKED: SignInTrouble = {
  kind: 'popUpBlocked',
  problem: 'The browser blocked the login window, and a login page cannot be shown in this frame.',
  remedy:
    'Allow pop-up windows for this address, then sign in again. Inside Genesys Cloud the integration’s sandbox must have allow-popups, too.',
}

export const STORAGE_BARRED: SignInTrouble = {
  kind: 'storageBarred',
  problem: 'This browser blocks pop-up windows and session storage.',
  remedy: 'Please allow one of them for this address, then sign in again.',
}

export const INSECURE_PAGE: SignInTrouble = {
  kind: 'insecurePage',
  problem: 'This page came by plain http, and browsers sign nobody in safely there.',
  remedy: 'Serve Tidemark by https, or open it as http://127.0.0.1 on this machine.',
}

export const OFFLINE: SignInTrouble = {
  kind: 'offline',
  problem: 'This machine is on no network.',
  remedy: 'Connect it, then sign in again. What was recorded is kept.',
}

export const CLOCK_SKEW: SignInTrouble = {
  kind: 'clockSkew',
  problem: 'By the clock of this machine the new token has ended already.',
  remedy: 'Set the clock of this machine, best by a time server, then sign in again.',
}

export const TIMED_OUT: SignInTrouble = {
  kind: 'timedOut',
  problem: 'The login page did not answer within 10 minutes.',
  remedy:
    'If it showed an error, compare region, client ID and redirect address. Then sign in again.',
}

const CONSENT_REFUSED = {
  kind: 'consentRefused',
  remedy:
    'Sign in again and allow it. Where there was nothing to allow, an administrator has to permit this OAuth client.',
} as const

const CHECK_ALL = 'Compare region, client ID, grant and redirect address, then sign in again.'

/** By the words of OAuth (RFC 6749 §4.1.2.1, §5.2), which the vendor's login host uses (facts §7.2). */
function troubleOfCode(
  code: string,
  words: string | null,
  about: SignInAbout,
): SignInTrouble | null {
  switch (code) {
    case 'invalid_client':
      return unknownClient(about)
    case 'unauthorized_client':
    case 'unsupported_grant_type':
    case 'unsupported_response_type':
      return {
        kind: 'grantNotAllowed',
        problem: `The OAuth client is not set up for this kind of sign-in (${code}).`,
        remedy: `Its grant has to be “${GRANT}”.`,
      }
    case 'invalid_grant':
      return isAboutRedirect(words) ? mismatch(about) : codeExpired(words)
    case 'invalid_request':
      return isAboutRedirect(words) ? mismatch(about) : null
    case 'server_error':
    case 'temporarily_unavailable':
      return loginDown(`${hostOf(about.addresses.login)} answered ${ended(words ?? code)}`)
    default:
      return null
  }
}

const isAboutRedirect = (words: string | null) => /redirect/i.test(words ?? '')

const unknownClient = ({ addresses, clientId }: SignInAbout): SignInTrouble => ({
  kind: 'clientUnknown',
  problem: `${hostOf(addresses.login)} does not know the OAuth client ${clientId}.`,
  remedy:
    'Compare the client ID with the one in Genesys Cloud, and the region: a client is known in its own region only.',
})

const mismatch = ({ redirectUri }: SignInAbout): SignInTrouble => ({
  kind: 'redirectMismatch',
  problem: 'The redirect address is not the one registered at the OAuth client.',
  remedy: `Register ${redirectUri} there, exactly so: scheme, host, port and path count.`,
})

const codeExpired = (words: string | null): SignInTrouble => ({
  kind: 'codeExpired',
  problem: `The answer of the login page was too old, or used before${words ? `: ${ended(words)}` : '.'}`,
  remedy: 'Sign in again: such an answer is good once and for a short time.',
})

const loginDown = (problem: string): SignInTrouble => ({
  kind: 'loginDown',
  problem,
  remedy: 'Wait a few minutes, then sign in again. Organisations that are signed in go on.',
})

const unreachedRemedy = ({ kind, api, login }: Addresses) =>
  kind === 'typed'
    ? `Compare the spelling of the domain. A domain that is no known region has to be allowed at the start: tidemark serve --connect ${api} --connect ${login}.`
    : 'Check network, VPN and proxy, then sign in again.'

const hostOf = (address: string) => address.replace(/^https?:\/\//, '')

/** Of a server's own words; more is no sentence to read. */
const LONGEST = 300

const ended = (words: string) => `${words.slice(0, LONGEST).replace(/[.\s]+$/, '')}.`
