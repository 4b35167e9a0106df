import type { LimitKey } from './limitKey.ts'
import type { KeyDoc } from './registryFact.ts'

/** Whose use a limit covers, and what says so. */
export type KeyScope = {
  /** In a few words: `organisation`, `user and app`, `token`, `session`. */
  words: string
  /** `name`: the key spells it; `documentation`: its description does; `guess`: nobody does. */
  basis: 'name' | 'documentation' | 'guess'
}

/** Words of keys that say whose use is counted, wherever they stand. Only a token is so plain. */
const TOKEN = 'token'

/** What a rate or a length of time is counted in: `per.minute` says nothing of whose use it is. */
const TIMES: ReadonlySet<string> = new Set([
  'second',
  'minute',
  'hour',
  'day',
  'week',
  'month',
  'year',
])

const SIZES: ReadonlySet<string> = new Set(['bytes', 'characters', 'chars', 'length'])
/** What a size is a size of. */
const SIZED: ReadonlySet<string> = new Set(['request', 'response', 'message', 'attachment', 'file'])

/** In descriptions: whose use is counted. A description that names two of them is left alone. */
const DOCUMENTED =
  /\b(?:per|of one|of an?|for each|of each|for every|by each) (user|agent|session|conversation|channel|token|queue|client|deployment|integration|organi[sz]ation)\b/gi

/**
 * Whose use a limit covers. The registry has no field for it (facts §1.1.1), so it is read off the key's
 * name, then off what its documentation says; where neither says, the organisation is assumed, and
 * `basis` tells that this is a guess.
 */
export function keyScope({ key }: LimitKey, doc: KeyDoc | null = null): KeyScope {
  const parts = key.toLowerCase().split('.')
  const words = each(parts) ?? counted(parts) ?? sized(parts)
  if (words) return { words, basis: 'name' }
  const documented = new Set(
    [...(doc?.description ?? '').matchAll(DOCUMENTED)].map(([, whose]) => inOurWords(whose!)),
  )
  const [only] = documented
  if (documented.size === 1) return { words: only!, basis: 'documentation' }
  return { words: 'organisation, by its name', basis: 'guess' }
}

/** `evaluations.per.agent.per.day`, `channels.per.user.and.app.max`. */
function each(parts: readonly string[]): string | null {
  for (const [i, part] of parts.entries()) {
    const whose = parts[i + 1]
    if (part !== 'per' || whose === undefined || TIMES.has(whose)) continue
    const isPair = parts[i + 2] === 'and' && parts[i + 3] !== undefined
    return isPair ? `${inOurWords(whose)} and ${inOurWords(parts[i + 3]!)}` : inOurWords(whose)
  }
  return null
}

/** `token.rate.per.minute`, `org.app.user.rate.per.minute`: what stands before the rate is counted. */
function counted(parts: readonly string[]): string | null {
  const before = parts.slice(0, Math.max(0, parts.indexOf('rate')))
  if (before.includes(TOKEN)) return TOKEN
  if (before.includes('user')) return before.includes('app') ? 'user and app' : 'user'
  if (before.includes('app')) return 'app'
  return before.includes('org') ? 'organisation' : null
}

/** `request.bytes.max`: the size of one of them. */
function sized(parts: readonly string[]): string | null {
  const size = parts.findIndex((part) => SIZES.has(part))
  const what = parts[size - 1]
  return size > 0 && SIZED.has(what!) ? what! : null
}

const inOurWords = (word: string) =>
  /^org(ani[sz]ation)?$/i.test(word) ? 'organisation' : word.toLowerCase()
