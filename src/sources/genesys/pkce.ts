import type { Addresses } from './addresses.ts'

/** What a browser's `crypto` gives; handed in, so that tests know what comes out. */
export type CryptoSource = {
  getRandomValues: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>
  subtle: { digest: (algorithm: 'SHA-256', data: BufferSource) => Promise<ArrayBuffer> }
}

/** One sign-in on its way: what must be known again when the answer comes back. */
export type PkceRequest = {
  /** Sent with the code, never before: who holds it began this sign-in (RFC 7636). */
  verifier: string
  /** Comes back unchanged: an answer with another one is not ours. */
  state: string
  /** The page of the organisation's login host. */
  url: string
}

type Client = { addresses: Addresses; clientId: string; redirectUri: string }

const RANDOM_BYTES = 48

/**
 * Begins Authorization Code with PKCE, challenge method S256 (facts §7.2). Needs a secure context:
 * https or a loopback address.
 */
export async function createPkceRequest(
  { addresses, clientId, redirectUri }: Client,
  source: CryptoSource,
): Promise<PkceRequest> {
  const verifier = randomText(source)
  const state = randomText(source)
  const query = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    code_challenge: await challengeOf(verifier, source),
    code_challenge_method: 'S256',
    state,
  })
  return { verifier, state, url: `${addresses.login}/oauth/authorize?${query}` }
}

/** What is shown instead of the verifier at first: its SHA-256 (RFC 7636 §4.2). */
export async function challengeOf(verifier: string, { subtle }: CryptoSource): Promise<string> {
  const digest = await subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  return base64Url(new Uint8Array(digest))
}

/** What the login page sent back in the query of the redirect address. */
export type RedirectAnswer =
  | { kind: 'code'; state: string; code: string }
  /** `error` is OAuth's word for it, `words` the server's own, if it sent any. */
  | { kind: 'refused'; state: string; error: string; words: string | null }
  | { kind: 'notAnAnswer' }

/**
 * Reads the query of the redirect address. Whether its state is ours decides whoever knows the
 * request.
 */
export function readRedirect(search: string): RedirectAnswer {
  const query = new URLSearchParams(search)
  const state = query.get('state') ?? ''
  const error = query.get('error')
  if (error) return { kind: 'refused', state, error, words: query.get('error_description') }
  const code = query.get('code')
  return code ? { kind: 'code', state, code } : { kind: 'notAnAnswer' }
}

const randomText = (source: CryptoSource) =>
  base64Url(source.getRandomValues(new Uint8Array(RANDOM_BYTES)))

const base64Url = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
