import { identifier, STREAM } from '../model/noise.ts'
import { authorisePage, refusalPage } from './authorisePage.ts'
import type { Reply } from './reply.ts'
import type { Tokens } from './tokens.ts'

const CODE_LIFE_MS = 60_000

type Grant = {
  clientId: string
  redirectUri: string
  challenge: string | null
  expiresAtMs: number
}

/** The person who signs in at the simulator. */
export type SimulatedUser = { id: string; name: string; email: string }

const page = (status: number, content: string): Reply => ({
  status,
  text: { type: 'text/html; charset=utf-8', content },
})

/** An error of the token endpoint, as OAuth spells it (RFC 6749 §5.2). */
const tokenError = (error: string, description: string, status = 400): Reply => ({
  status,
  body: { error, error_description: description, description },
  headers: { 'Cache-Control': 'no-store' },
})

async function challengeOf(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  return btoa(String.fromCharCode(...new Uint8Array(digest)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** The text of HTTP Basic; empty where it is no base64. */
function decodedBasic(basic: string): string {
  return /^[A-Za-z\d+/]+={0,2}$/.test(basic) && basic.length % 4 === 0 ? atob(basic) : ''
}

/** Client id of a token request: from HTTP Basic or from the form. */
function clientOf(request: Request, form: URLSearchParams): { id: string; secret: string } | null {
  const basic = /^Basic\s+(\S+)$/i.exec(request.headers.get('Authorization') ?? '')?.[1]
  if (basic === undefined) {
    const id = form.get('client_id')
    return id ? { id, secret: form.get('client_secret') ?? '' } : null
  }
  const [, id, secret] = /^([^:]+):(.*)$/.exec(decodedBasic(basic)) ?? []
  return id ? { id, secret: secret ?? '' } : null
}

const isWebAddress = (text: string) =>
  URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)

/**
 * The login host: Authorization Code with PKCE, client credentials, refresh. Any client id and
 * secret are accepted unless the known ones are named; the verifier of a code is really checked and a
 * code works once. What the vendor's login answers to an unknown client or address is not known: here it
 * is what RFC 6749 asks for, a page rather than a redirect (§4.1.2.1) and `invalid_client` (§5.2).
 */
export function createOAuth(options: {
  seed: number
  user: SimulatedUser
  organisation: string
  tokens: Tokens
  givesRefreshToken: boolean
  /** Null knows every client. */
  clientIds: readonly string[] | null
  /** Null sends people back to any address. */
  redirectUris: readonly string[] | null
  now: () => number
}) {
  const { seed, user, organisation, tokens, givesRefreshToken, now } = options
  const isKnown = (clientId: string) => options.clientIds?.includes(clientId) ?? true
  const grants = new Map<string, Grant>()
  let granted = 0

  async function authorise(request: Request, url: URL): Promise<Reply> {
    const query = url.searchParams
    const clientId = query.get('client_id')
    const redirectUri = query.get('redirect_uri')
    if (!clientId) return page(400, refusalPage('client_id is missing'))
    if (!redirectUri || !isWebAddress(redirectUri))
      return page(400, refusalPage('redirect_uri must be a web address'))
    if (!isKnown(clientId)) return page(400, refusalPage(`There is no client ${clientId}`))
    if (options.redirectUris && !options.redirectUris.includes(redirectUri))
      return page(400, refusalPage(`redirect_uri ${redirectUri} is not registered for this client`))

    const back = (answer: Record<string, string>): Reply => {
      const target = new URL(redirectUri)
      const state = query.get('state')
      for (const [name, value] of Object.entries(answer)) target.searchParams.set(name, value)
      if (state !== null) target.searchParams.set('state', state)
      return { status: 302, headers: { Location: target.href } }
    }
    if (query.get('response_type') !== 'code')
      return back({
        error: 'unsupported_response_type',
        error_description: 'response_type must be code',
      })
    const challenge = query.get('code_challenge')
    if (challenge !== null && query.get('code_challenge_method') !== 'S256')
      return back({
        error: 'invalid_request',
        error_description: 'code_challenge_method must be S256',
      })
    if (request.method === 'GET')
      return page(200, authorisePage({ user: user.name, organisation, clientId, redirectUri }))
    const form = new URLSearchParams(await request.text())
    if (form.get('decision') !== 'allow')
      return back({ error: 'access_denied', error_description: 'The user said no' })
    granted += 1
    const code = identifier(seed ^ Math.floor(now()), granted, STREAM.secret)
    grants.set(code, { clientId, redirectUri, challenge, expiresAtMs: now() + CODE_LIFE_MS })
    return back({ code })
  }

  function tokenReply(clientId: string, userId: string | null, withRefresh: boolean): Reply {
    const { access, refresh } = tokens.issue(clientId, userId)
    return {
      status: 200,
      headers: { 'Cache-Control': 'no-store' },
      body: {
        access_token: access.value,
        token_type: 'bearer',
        expires_in: Math.round((access.expiresAtMs - access.issuedAtMs) / 1000),
        ...(withRefresh ? { refresh_token: refresh } : {}),
      },
    }
  }

  async function redeemCode(
    form: URLSearchParams,
    client: { id: string; secret: string },
  ): Promise<Reply> {
    const clientId = client.id
    const code = form.get('code') ?? ''
    const grant = grants.get(code)
    grants.delete(code)
    if (!grant || grant.expiresAtMs <= now())
      return tokenError('invalid_grant', 'The code is unknown, used or expired')
    if (grant.clientId !== clientId)
      return tokenError('invalid_grant', 'The code belongs to another client')
    if (grant.redirectUri !== form.get('redirect_uri'))
      return tokenError('invalid_grant', 'redirect_uri differs from that of the code')
    if (grant.challenge === null && !client.secret)
      return tokenError('invalid_client', 'A client without PKCE needs its secret', 401)
    if (grant.challenge !== null) {
      const verifier = form.get('code_verifier') ?? ''
      if (!/^[\w.~-]{43,128}$/.test(verifier) || (await challengeOf(verifier)) !== grant.challenge)
        return tokenError('invalid_grant', 'code_verifier does not fit the challenge')
    }
    return tokenReply(clientId, user.id, givesRefreshToken)
  }

  async function token(request: Request): Promise<Reply> {
    const form = new URLSearchParams(await request.text())
    const client = clientOf(request, form)
    if (!client) return tokenError('invalid_client', 'client_id is missing', 401)
    if (!isKnown(client.id)) return tokenError('invalid_client', 'There is no such client')
    switch (form.get('grant_type')) {
      case 'authorization_code':
        return redeemCode(form, client)
      case 'client_credentials':
        return client.secret
          ? tokenReply(client.id, null, false)
          : tokenError('invalid_client', 'client_secret is missing', 401)
      case 'refresh_token': {
        const holder = tokens.redeem(form.get('refresh_token') ?? '')
        return holder && holder.clientId === client.id
          ? tokenReply(client.id, holder.userId, true)
          : tokenError('invalid_grant', 'The refresh token is unknown, used or expired')
      }
      default:
        return tokenError('unsupported_grant_type', 'grant_type is not one of those spoken here')
    }
  }

  /** Signs the browser out of the login host, which here keeps no cookie. */
  function logout(url: URL): Reply {
    const target = url.searchParams.get('redirect_uri')
    return target && isWebAddress(target)
      ? { status: 302, headers: { Location: target } }
      : page(200, refusalPage('Signed out'))
  }

  return {
    /** Answers a request of the login host; null where the path is none of its own. */
    async answer(request: Request, url: URL): Promise<Reply | null> {
      const path = url.pathname.replace(/^\/login(?=\/)/, '')
      const { method } = request
      if (path === '/oauth/authorize' && (method === 'GET' || method === 'POST'))
        return authorise(request, url)
      if (path === '/oauth/token' && method === 'POST') return token(request)
      if (path === '/logout' && method === 'GET') return logout(url)
      return null
    },
  }
}
