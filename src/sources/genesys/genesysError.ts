import * as z from 'zod/mini'
import { catch as orElse } from 'zod/mini'
import type { NamedLimit } from '#domain/errors/errorEvent.ts'
import type { EpochMs } from '#domain/units.ts'
import { type Fail, type Reply, retryAfterOf } from '../exchange.ts'
import { kindOfStatus, SourceError } from '../sourceError.ts'
import { parseShape } from '../shape.ts'

/** A request to Genesys Cloud that failed. */
export class GenesysError extends SourceError {
  override readonly name = 'GenesysError'
}

export const failGenesys: Fail = (kind, message, details, options) =>
  new GenesysError(kind, message, details, options)

/** A field of an error body that is not as agreed is left out: the rest still says something. */
const lenient = <T extends z.ZodMiniType>(shape: T) => orElse(z.optional(shape), undefined)

const text = lenient(z.string())
const limitShape = z.object({ key: text, namespace: text, value: lenient(z.number()) })
const partShape = z.object({
  code: text,
  message: text,
  contextId: text,
  messageParams: lenient(z.record(z.string(), z.unknown())),
  limit: lenient(limitShape),
  /** The login host speaks OAuth's own words (RFC 6749 §5.2). */
  error: text,
  error_description: text,
})
const bodyShape = z.extend(partShape, { errors: lenient(z.array(partShape)) })
type ErrorPart = z.infer<typeof partShape>

/** Of a server's own words; more is no sentence to read. */
const LONGEST = 300

/**
 * The error of a reply with a failing status: what its `ErrorBody` and headers say (facts §1.6).
 * `expectedPermission` is what the call is documented to need, for replies that name none.
 */
export function genesysErrorOf(
  reply: Reply,
  route: string,
  now: EpochMs,
  expectedPermission: string | null = null,
): GenesysError {
  const parts = errorParts(reply.text)
  const code = firstOf(parts, (part) => part.code ?? part.error)
  const said = firstOf(parts, (part) => part.message ?? part.error_description)?.slice(0, LONGEST)
  const kind = kindOfStatus(reply.status)
  // Where the role is not what is wrong, no permission is: none is named.
  const isAboutRole = kind === 'forbidden' && !Object.hasOwn(BEYOND_THE_ROLE, code ?? '')
  const named = isAboutRole ? permissionIn(parts) : null
  const permission = named ?? (isAboutRole ? expectedPermission : null)
  const retryAfterMs = retryAfterOf(reply.headers, said ?? null, now)
  const reason =
    reasonOf(kind, code, { named, expected: expectedPermission }, retryAfterMs) ?? said ?? null
  return new GenesysError(
    kind,
    sentence(`${route} answered ${reply.status}`, code && ` (${code})`, reason && `: ${reason}`),
    {
      route,
      status: reply.status,
      code,
      permission,
      retryAfterMs,
      correlationId:
        reply.headers.get('ININ-Correlation-Id') ?? firstOf(parts, (part) => part.contextId),
      limit: limitIn(parts),
    },
  )
}

/**
 * One sentence of parts, some of which may be missing, whatever mark the server ended its words
 * with.
 */
const sentence = (...parts: readonly (string | null)[]) =>
  `${parts.join('').replace(/[.\s]+$/, '')}.`

/** What the body of a failing reply says (facts §1.6); null is what it does not. */
export function errorBodyOf(body: string) {
  const parts = errorParts(body)
  return {
    code: firstOf(parts, (part) => part.code ?? part.error),
    message: firstOf(parts, (part) => part.message ?? part.error_description),
    contextId: firstOf(parts, (part) => part.contextId),
    limit: limitIn(parts),
  }
}

/** The body and the errors nested in it; none where the reply is a gateway's page or empty. */
function errorParts(body: string): ErrorPart[] {
  try {
    const json: unknown = JSON.parse(body)
    // A recording may hold many lists, and to say what is wrong with one takes long.
    if (Array.isArray(json)) return []
    const parsed = parseShape(bodyShape, json)
    return parsed.ok ? [parsed.value, ...(parsed.value.errors ?? [])] : []
  } catch {
    // A failing status says enough by itself; its body is a help, not a promise.
    return []
  }
}

function firstOf<T>(parts: readonly ErrorPart[], pick: (part: ErrorPart) => T | undefined) {
  for (const part of parts) {
    const picked = pick(part)
    if (picked !== undefined) return picked
  }
  return null
}

const PERMISSION = /\b[a-z]\w*:[\w*]+:[\w*]+/gi

/** The permissions named in the parameters of the message, else in the message itself. */
function permissionIn(parts: readonly ErrorPart[]): string | null {
  const places = parts.flatMap(({ messageParams, message }) => [
    JSON.stringify(messageParams ?? {}),
    message ?? '',
  ])
  for (const place of places) {
    const named = place.match(PERMISSION)
    if (named) return [...new Set(named)].join(', ')
  }
  return null
}

function limitIn(parts: readonly ErrorPart[]): NamedLimit | null {
  const limit = firstOf(parts, (part) => part.limit)
  if (!limit || (limit.key ?? limit.namespace ?? limit.value) === undefined) return null
  return { namespace: limit.namespace ?? null, key: limit.key ?? null, value: limit.value ?? null }
}

/** Refusals that no permission heals, by their code (facts §1.6). */
const BEYOND_THE_ROLE: Readonly<Record<string, string>> = {
  'app.not.authorized.for.scope': 'the OAuth client lacks a scope that this call needs',
  'authz.policy.denied': 'a policy of the organisation denies it',
}

/** What follows for the person in front of it, where the status alone says it. */
function reasonOf(
  kind: SourceError['kind'],
  code: string | null,
  permission: { named: string | null; expected: string | null },
  retryAfterMs: number | null,
): string | null {
  if (kind === 'unauthorised')
    return code === 'ip.not.authorized'
      ? 'this address is not on the allow-list of the OAuth client; signing in again does not help'
      : 'the sign-in is no longer valid'
  if (kind === 'forbidden' && code !== null && Object.hasOwn(BEYOND_THE_ROLE, code))
    return BEYOND_THE_ROLE[code]!
  if (kind === 'forbidden' && permission.named)
    return `the permission ${permission.named} is missing`
  if (kind === 'forbidden' && permission.expected)
    return `not allowed; documented as needed: ${permission.expected}`
  if (kind === 'rateLimited')
    return retryAfterMs === null
      ? 'asked too often'
      : `asked too often, next try in ${Math.ceil(retryAfterMs / 1000)} s`
  return null
}
