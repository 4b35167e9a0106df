import type { OrgId } from '#domain/units.ts'
import type { AskContext } from '../polledSource.ts'
import { SourceError } from '../sourceError.ts'
import type { Addresses } from './addresses.ts'
import { RENEW_BEFORE_MS } from './expiry.ts'
import { failGenesys } from './genesysError.ts'
import { refreshedToken } from './oauth.ts'
import type { Token, TokenStore } from './tokenStore.ts'

/** One organisation that can be asked, and as whom. */
export type Connection = {
  org: OrgId
  addresses: Addresses
  /** Of the OAuth client: needed to use a refresh token. */
  clientId: string
  tokens: TokenStore
}

/** One renewal at a time per organisation: a refresh token may be good for one use only. */
const renewals = new WeakMap<TokenStore, Promise<void>>()

/**
 * The token to ask with; one that ends soon is renewed first where it can be. Throws `unauthorised`
 * where nobody is signed in.
 */
export async function currentToken(context: AskContext, connection: Connection): Promise<Token> {
  const token = connection.tokens.get()
  if (token === null) throw failGenesys('unauthorised', 'Nobody is signed in to this organisation.')
  if (token.refreshToken === null || token.expiresAt - context.now() > RENEW_BEFORE_MS) return token
  await renew(context, connection, token.refreshToken)
  return connection.tokens.get() ?? token
}

/**
 * After a 401: a token that is newer than the refused one, or null. A refused token that cannot be
 * renewed is forgotten, in every tab, so that nobody asks with it again.
 */
export async function tokenAfterRefusal(
  context: AskContext,
  connection: Connection,
  refused: Token,
): Promise<Token | null> {
  const { tokens } = connection
  if (isSame(tokens.get(), refused) && refused.refreshToken !== null)
    await renew(context, connection, refused.refreshToken)
  const token = tokens.get()
  if (!isSame(token, refused)) return token
  tokens.set(null)
  return null
}

const isSame = (a: Token | null, b: Token) => a?.accessToken === b.accessToken

function renew(context: AskContext, connection: Connection, refreshToken: string): Promise<void> {
  const { tokens } = connection
  const running = renewals.get(tokens)
  if (running) return running
  const renewal = renewOnce(context, connection, refreshToken).finally(() => {
    renewals.delete(tokens)
  })
  renewals.set(tokens, renewal)
  return renewal
}

/**
 * Refused for good: the token lives on without its refresh token, and the header asks for a click.
 * Any other failure leaves everything as it is: the token at hand may still be good, and the call
 * that follows says what is wrong.
 */
async function renewOnce(context: AskContext, connection: Connection, refreshToken: string) {
  const { addresses, clientId, tokens } = connection
  try {
    tokens.set(await refreshedToken(context, addresses, { clientId, refreshToken }))
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    const isRefused = error.kind === 'badRequest' || error.kind === 'unauthorised'
    const token = tokens.get()
    if (isRefused && token) tokens.set({ ...token, refreshToken: null })
  }
}
