import * as z from 'zod/mini'
import { later } from '#domain/units.ts'
import { exchange, jsonOf } from '../exchange.ts'
import type { AskContext } from '../polledSource.ts'
import { parseShape } from '../shape.ts'
import type { Addresses } from './addresses.ts'
import { failGenesys, GenesysError, genesysErrorOf } from './genesysError.ts'
import type { Token } from './tokenStore.ts'

const TOKEN_ROUTE = 'POST /oauth/token'

const LONGEST_LIFE_SECONDS = 10 * 365 * 86_400

const replyShape = z.object({
  access_token: z.string().check(z.minLength(1)),
  expires_in: z.number().check(z.positive(), z.lte(LONGEST_LIFE_SECONDS)),
  refresh_token: z.optional(z.nullable(z.string())),
})

type CodeExchange = { clientId: string; redirectUri: string; code: string; verifier: string }

/** Turns the code of a PKCE sign-in into a token. Throws GenesysError. */
export const exchangeCode = (context: AskContext, addresses: Addresses, from: CodeExchange) =>
  askToken(context, addresses, {
    grant_type: 'authorization_code',
    code: from.code,
    code_verifier: from.verifier,
    client_id: from.clientId,
    redirect_uri: from.redirectUri,
  })

/**
 * A new token for a refresh token. Whether servers give PKCE clients one is not known (facts §7.2).
 * Throws GenesysError.
 */
export async function refreshedToken(
  context: AskContext,
  addresses: Addresses,
  from: { clientId: string; refreshToken: string },
): Promise<Token> {
  const token = await askToken(context, addresses, {
    grant_type: 'refresh_token',
    refresh_token: from.refreshToken,
    client_id: from.clientId,
  })
  // RFC 6749 §6: a reply without a new refresh token leaves the old one in force.
  return { ...token, refreshToken: token.refreshToken ?? from.refreshToken }
}

/**
 * A token for a client id and secret, without a user: for Node, and in a browser for simulated
 * organisations only, since a page cannot keep a secret. Throws GenesysError.
 */
export async function clientCredentialsToken(
  context: AskContext,
  addresses: Addresses,
  client: { clientId: string; clientSecret: string },
): Promise<Token> {
  const isReal = addresses.kind === 'region' || addresses.kind === 'typed'
  if (isReal && typeof document !== 'undefined')
    throw new GenesysError('badRequest', 'A browser never sends a client secret to Genesys Cloud.')
  return askToken(
    context,
    addresses,
    { grant_type: 'client_credentials' },
    { Authorization: `Basic ${btoa(`${client.clientId}:${client.clientSecret}`)}` },
  )
}

/**
 * Takes a token out of use at the server. A token that is worth nothing already is no failure.
 * Throws GenesysError.
 */
export async function revokeToken(
  context: AskContext,
  addresses: Addresses,
  token: Token,
): Promise<void> {
  const route = 'DELETE /api/v2/tokens/me'
  const reply = await exchange(
    context,
    `${addresses.api}/api/v2/tokens/me`,
    { method: 'DELETE', headers: { Authorization: `Bearer ${token.accessToken}` } },
    route,
    failGenesys,
  )
  if (reply.status >= 400 && reply.status !== 401) throw genesysErrorOf(reply, route, context.now())
}

async function askToken(
  context: AskContext,
  addresses: Addresses,
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Token> {
  const reply = await exchange(
    context,
    `${addresses.login}/oauth/token`,
    { method: 'POST', body: new URLSearchParams(form), headers },
    TOKEN_ROUTE,
    failGenesys,
  )
  if (reply.status >= 400) throw genesysErrorOf(reply, TOKEN_ROUTE, context.now())
  const parsed = parseShape(replyShape, jsonOf(reply, TOKEN_ROUTE, failGenesys))
  if (!parsed.ok)
    throw failGenesys(
      'unexpectedShape',
      `${TOKEN_ROUTE} answered something unexpected: ${parsed.problem}.`,
      { route: TOKEN_ROUTE, status: reply.status },
    )
  const {
    access_token: accessToken,
    expires_in: seconds,
    refresh_token: refreshToken,
  } = parsed.value
  return {
    accessToken,
    expiresAt: later(context.now(), seconds * 1000),
    refreshToken: refreshToken ?? null,
  }
}
