import type { AskContext } from '../polledSource.ts'
import type { Connection } from './connection.ts'
import { revokeToken } from './oauth.ts'

/**
 * Forgets the token in every tab at once, then takes it out of use at the server. Throws
 * GenesysError where the server could not be told: the token is forgotten here all the same.
 */
export async function signOut(context: AskContext, { addresses, tokens }: Connection) {
  const token = tokens.get()
  tokens.set(null)
  if (token) await revokeToken(context, addresses, token)
}
