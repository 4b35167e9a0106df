import type { SimSec } from '../scenarios/scenario.ts'
import type { World } from '../model/world.ts'
import type { Channels } from './channels.ts'
import { badRequest, type Reply } from './reply.ts'
import type { RegistryOverrides } from './registry/overrides.ts'
import type { SocketBook } from './socketBook.ts'
import type { AccessToken, Tokens } from './tokens.ts'

/** One authorised request and what it may look at. */
export type Call = {
  url: URL
  params: Readonly<Record<string, string>>
  /** Parsed JSON; null where there was no body. */
  body: unknown
  token: AccessToken
  tokens: Tokens
  channels: Channels
  book: SocketBook
  /** Values that stand in the registry whatever the simulation says. */
  registry: RegistryOverrides
  /** Requests a minute that one token may make. */
  requestsPerMinute: number
  world: World
  /** The second of the simulation in which the request arrived. */
  sec: SimSec
  nowMs: number
  /** Where this tenant's sockets are, without a slash at the end. */
  socketBase: string
}

/** One operation of the API. `{name}` in the path is a parameter. */
export type Route = {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE'
  path: string
  /** Any one of these is enough; none are needed where it is empty. */
  permissions?: readonly string[]
  answer: (call: Call) => Reply
}

/** The parameters of a path that fits a pattern, as they are spelt; null where it does not fit. */
export function paramsOf(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/')
  const given = path.split('/')
  if (wanted.length !== given.length) return null
  const params: Record<string, string> = {}
  for (const [i, part] of wanted.entries()) {
    const value = given[i]!
    if (part.startsWith('{')) params[part.slice(1, -1)] = value
    else if (part !== value) return null
  }
  return params
}

/** A body that must be an object. */
export function objectOf(body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw badRequest('The request body must be a JSON object')
  return body as Record<string, unknown>
}

/** A member that must be a list where it is present. */
export function listOf(value: unknown, name: string): readonly unknown[] {
  if (value === undefined) return []
  if (!Array.isArray(value)) throw badRequest(`${name} must be a list`, 'invalid.value')
  return value
}

/** A member that must be text. */
export function textOf(value: unknown, name: string): string {
  if (typeof value !== 'string') throw badRequest(`${name} must be text`, 'invalid.value')
  return value
}

/** A member that must be a list of texts where it is present. */
export const textsOf = (value: unknown, name: string): readonly string[] =>
  listOf(value, name).map((entry) => textOf(entry, `an entry of ${name}`))

/** A whole number of the query string within [1, most]. */
export function countOf(url: URL, name: string, fallback: number, most: number): number {
  const text = url.searchParams.get(name)
  if (text === null) return fallback
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > most)
    throw badRequest(`${name} must be a whole number from 1 to ${most}`, 'invalid.value')
  return value
}

/** One page of a list whose entries are made on demand. */
export function pageOf<T>(
  url: URL,
  total: number,
  entityAt: (index: number) => T,
  usualPageSize = 25,
) {
  const pageSize = countOf(url, 'pageSize', usualPageSize, 500)
  const pageNumber = countOf(url, 'pageNumber', 1, 1_000_000)
  const from = (pageNumber - 1) * pageSize
  const length = Math.max(0, Math.min(pageSize, total - from))
  return {
    entities: Array.from({ length }, (_, i) => entityAt(from + i)),
    pageSize,
    pageNumber,
    total,
    pageCount: Math.ceil(total / pageSize),
    selfUri: url.pathname + url.search,
  }
}

const PAGING = new Set(['pageSize', 'pageNumber', 'sortBy', 'sortOrder', 'expand', 'fields'])

/** A filter that is not played would be answered with wrong numbers: it is refused instead. */
export function refuseOtherFilters(url: URL, played: readonly string[]) {
  const unknown = [...url.searchParams.keys()].find(
    (name) => !PAGING.has(name) && !played.includes(name),
  )
  if (unknown) throw badRequest(`The simulator does not filter by ${unknown}`, 'invalid.property')
}

/** Both ends of `start/end` in milliseconds. */
export function intervalOf(value: unknown): { fromMs: number; toMs: number } {
  const [from, to, ...rest] = typeof value === 'string' ? value.split('/') : []
  const fromMs = Date.parse(from ?? '')
  const toMs = Date.parse(to ?? '')
  if (rest.length > 0 || Number.isNaN(fromMs) || Number.isNaN(toMs) || toMs < fromMs)
    throw badRequest('interval must be two ISO-8601 instants with a slash between', 'invalid.value')
  return { fromMs, toMs }
}
