/** How a reply goes wrong. The kinds that change a good reply leave its shape as far as they can. */
export const FAULT_KINDS = [
  /** An `ErrorBody` of `status` (503 unless said), with CORS headers. */
  'status',
  /** 503 of a gateway: no CORS headers, no JSON. A page cannot read it. */
  'noCors503',
  /** 429 without `Retry-After`; the seconds stand in the message alone. */
  'rateLimitedWithoutRetryAfter',
  /** 200 with a web page instead of JSON. */
  'html',
  /** 200 with JSON that breaks off. */
  'malformed',
  /** Every number is left out, or the members named in `field`. */
  'missingFields',
  /** The same members are null. */
  'nulls',
  /** The same members are 1e18. */
  'huge',
  /** The same members are negative. */
  'negative',
  /** The same members are text. */
  'text',
  /** No reply, until the client gives up. */
  'hang',
] as const
export type FaultKind = (typeof FAULT_KINDS)[number]

export type FaultRule = {
  /** A path; `*` stands for anything. With a `?` it is compared with the query, too. */
  path: string
  kind: FaultKind
  method?: string
  /** How many requests it spoils; all where it is left out. */
  times?: number
  /** For `status`. */
  status?: number
  /** For `status`: the code in the body. */
  code?: string
  /** For 429 and 503: seconds to wait. */
  retryAfterSec?: number
  /** For the kinds that change numbers: only members of this name. */
  field?: string
}

const asPattern = (path: string) =>
  new RegExp(
    `^${path
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  )

/** Keeps the rules in force and uses them up. The first rule that fits decides. */
export function createFaults(initial: readonly FaultRule[] = []) {
  let rules = initial.map((rule) => ({ ...rule, left: rule.times ?? Number.POSITIVE_INFINITY }))
  return {
    set: (next: readonly FaultRule[]) => {
      rules = next.map((rule) => ({ ...rule, left: rule.times ?? Number.POSITIVE_INFINITY }))
    },
    take(method: string, { pathname, search }: URL): FaultRule | null {
      const rule = rules.find(
        (each) =>
          each.left > 0 &&
          (each.method === undefined || each.method === method) &&
          asPattern(each.path).test(each.path.includes('?') ? pathname + search : pathname),
      )
      if (!rule) return null
      rule.left -= 1
      return rule
    },
  }
}

/** Reads rules that came in from outside. Throws a RangeError that names what is wrong. */
export function faultRulesOf(value: unknown): FaultRule[] {
  if (!Array.isArray(value)) throw new RangeError('faults must be a list')
  return value.map((entry: unknown) => {
    const rule = entry as Partial<FaultRule>
    if (typeof rule?.path !== 'string') throw new RangeError('a fault needs a path')
    if (!FAULT_KINDS.includes(rule.kind as FaultKind))
      throw new RangeError(`kind of a fault must be one of ${FAULT_KINDS.join(', ')}`)
    return rule as FaultRule
  })
}

const REPLACEMENTS: Partial<Record<FaultKind, (value: unknown) => unknown>> = {
  missingFields: () => undefined,
  nulls: () => null,
  huge: () => 1e18,
  negative: (value) => (typeof value === 'number' ? -Math.abs(value) - 1 : -1),
  text: () => 'n/a',
}

/** A body whose numbers (or the members of one name) were spoilt; the body itself for other kinds. */
export function spoilt(body: unknown, { kind, field }: FaultRule): unknown {
  const replace = REPLACEMENTS[kind]
  return replace ? walk(body, field, replace) : body
}

function walk(
  value: unknown,
  field: string | undefined,
  replace: (value: unknown) => unknown,
): unknown {
  if (Array.isArray(value)) return value.map((entry: unknown) => walk(entry, field, replace))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]: [string, unknown]) => {
      const isMeant = field === undefined ? typeof member === 'number' : name === field
      return [name, isMeant ? replace(member) : walk(member, field, replace)]
    }),
  )
}
