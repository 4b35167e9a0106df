import * as z from 'zod/mini'
import type { AskContext } from '../../polledSource.ts'
import { SCOPES } from '../access.ts'
import { askJson } from '../client.ts'
import type { Connection } from '../connection.ts'

/** What the server says of the token at hand. */
export type TokenInfo = {
  /** As granted; empty where the reply names none. */
  scopes: readonly string[]
  /** Those of Tidemark's list that are not among them; empty where none are named at all. */
  missing: readonly string[]
}

const shape = z.object({ authorizedScope: z.optional(z.nullable(z.array(z.string()))) })

/**
 * Reads the scopes of the token, without starting the organisation's idle time anew (facts §7.3).
 * Throws as `askJson` does.
 */
export async function readTokenInfo(
  context: AskContext,
  connection: Connection,
): Promise<TokenInfo> {
  const { authorizedScope } = await askJson(
    context,
    connection,
    {
      method: 'GET',
      path: '/api/v2/tokens/me',
      query: { preserveIdleTTL: 'true' },
      permissions: [],
    },
    shape,
  )
  const scopes = authorizedScope ?? []
  const isGranted = (scope: string) =>
    scopes.includes(scope) || scopes.includes(scope.replace(/:readonly$/, ''))
  return {
    scopes,
    missing: scopes.length === 0 ? [] : SCOPES.filter((scope) => !isGranted(scope)),
  }
}
