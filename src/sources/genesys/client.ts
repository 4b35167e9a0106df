import type * as z from 'zod/mini'
import { exchange, jsonOf, type Reply } from '../exchange.ts'
import type { AskContext } from '../polledSource.ts'
import { parseShape } from '../shape.ts'
import { type Connection, currentToken, tokenAfterRefusal } from './connection.ts'
import { failGenesys, genesysErrorOf } from './genesysError.ts'
import { routeOf } from './route.ts'
import type { Token } from './tokenStore.ts'

/** One call of the API. */
export type Call = {
  method: 'GET' | 'POST'
  /** E.g. `/api/v2/stations`. */
  path: string
  /** How the path is shown, where it holds identifiers that do not look like ones. */
  route?: string
  query?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  body?: unknown
  /** What the user's role must hold; any one of them is enough. */
  permissions: readonly string[]
}

/**
 * Asks once and vouches for the shape of the reply. Throws GenesysError, told apart by `kind`; a
 * stop through the context's signal is passed on as it is.
 */
export async function askJson<T>(
  context: AskContext,
  connection: Connection,
  call: Call,
  shape: z.ZodMiniType<T>,
): Promise<T> {
  const route = routeOf(call.method, call.route ?? call.path)
  const reply = await send(context, connection, call, route)
  if (reply.status >= 400) {
    const expected = call.permissions.length > 0 ? call.permissions.join(', ') : null
    throw genesysErrorOf(reply, route, context.now(), expected)
  }
  const parsed = parseShape(shape, jsonOf(reply, route, failGenesys))
  if (parsed.ok) return parsed.value
  throw failGenesys(
    'unexpectedShape',
    `${route} answered something unexpected: ${parsed.problem}.`,
    { route, status: reply.status, correlationId: reply.headers.get('ININ-Correlation-Id') },
  )
}

/** Sends with the token at hand, and once more after a 401 where a newer token can be had. */
async function send(
  context: AskContext,
  connection: Connection,
  call: Call,
  route: string,
): Promise<Reply> {
  const token = await currentToken(context, connection)
  const reply = await sendAs(token, context, connection, call, route)
  // Not on the allow-list of addresses: the token is good, only not from here (facts §7.6).
  if (reply.status !== 401 || reply.text.includes('ip.not.authorized')) return reply
  const newer = await tokenAfterRefusal(context, connection, token)
  return newer ? sendAs(newer, context, connection, call, route) : reply
}

const sendAs = (
  token: Token,
  context: AskContext,
  { addresses }: Connection,
  { method, path, query, body }: Call,
  route: string,
) =>
  exchange(
    context,
    `${addresses.api}${path}${query ? `?${new URLSearchParams(query)}` : ''}`,
    {
      method,
      headers: {
        Authorization: `Bearer ${token.accessToken}`,
        Accept: 'application/json',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    },
    route,
    failGenesys,
  )
