import * as z from 'zod/mini'

// Zod tries `new Function` to compile its parsers. Our CSP forbids that, and the browser would report
// each attempt as a blocked address. Said here, since everything that reads foreign data imports this.
z.config({ jitless: true })

/** No count that an organisation, a feed or a test can honestly report is larger. */
export const LARGEST_COUNT = 1e12

/**
 * A level or an amount: finite, not negative, not beyond belief. Not always whole: feeds may
 * average.
 */
export const countShape = () => z.number().check(z.gte(0), z.lte(LARGEST_COUNT))

/** What a foreign value turned out to be: ours, or not, with the first problem in words. */
export type Parsed<T> = { ok: true; value: T } | { ok: false; problem: string }

/**
 * Vouches for the shape of a foreign value. The problem names the field: `calls[0].count is
 * missing`.
 */
export function parseShape<T>(schema: z.ZodMiniType<T>, value: unknown): Parsed<T> {
  const result = z.safeParse(schema, value, { reportInput: true })
  if (result.success) return { ok: true, value: result.data }
  const [first] = result.error.issues
  return { ok: false, problem: first ? problemOf(first) : 'the value is not what was expected' }
}

/** What zod/mini says where a check brings no words of its own. */
const NO_MESSAGE = 'Invalid input'

function problemOf(issue: z.core.$ZodIssue): string {
  const field = fieldOf(issue.path) || 'it'
  const input = 'input' in issue ? issue.input : undefined
  const found = input === undefined ? 'is missing' : `is ${nameOf(input)}`
  switch (issue.code) {
    case 'invalid_type':
      return `${field} ${found}, and ${withArticle(issue.expected)} was expected`
    case 'too_small':
      return `${field} ${found}, which is too ${issue.origin === 'string' ? 'short' : 'small'}`
    case 'too_big':
      return issue.origin === 'string'
        ? `${field} ${found}, which is too long`
        : `${field} ${found}, which is too large to be true`
    case 'invalid_value':
      return `${field} ${found}, and one of ${issue.values.map(String).join(', ')} was expected`
    case 'custom':
      return issue.message === NO_MESSAGE
        ? `${field} ${found}, which is not what was expected`
        : `${field} ${issue.message}`
    default:
      return `${field} ${found}, which is not what was expected`
  }
}

/** A path as people write it: `results[0].group.mediaType`. */
const fieldOf = (path: readonly PropertyKey[]) =>
  path.reduce<string>((field, key) => {
    if (typeof key === 'number') return `${field}[${key}]`
    return field ? `${field}.${String(key)}` : String(key)
  }, '')

const LONGEST_QUOTE = 40

function nameOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'string') {
    const quoted = value.length > LONGEST_QUOTE ? `${value.slice(0, LONGEST_QUOTE)}…` : value
    return `"${quoted}"`
  }
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return 'an object'
}

const withArticle = (type: string) => {
  const word = type === 'array' ? 'list' : type
  return `${/^[aeio]/.test(word) ? 'an' : 'a'} ${word}`
}
