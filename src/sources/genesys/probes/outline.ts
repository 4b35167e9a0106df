const MOST_FIELDS = 12
const DEEPEST = 3
const LONGEST_NAME = 40

/**
 * The shape of a foreign value in words, for replies that are described nowhere: `an object with
 * entities (a list of 24, the first: an object with name (a text)), pageSize (a number)`. Names of
 * fields, never what stands in them.
 */
export function outlineOf(value: unknown, depth = 0): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return outlineOfList(value, depth)
  switch (typeof value) {
    case 'string':
      return 'a text'
    case 'number':
      return 'a number'
    case 'boolean':
      return 'true or false'
    case 'object':
      return outlineOfObject(value as object, depth)
    default:
      return 'nothing'
  }
}

function outlineOfList(list: readonly unknown[], depth: number): string {
  if (list.length === 0) return 'an empty list'
  const head = `a list of ${list.length}`
  return depth >= DEEPEST ? head : `${head}, the first: ${outlineOf(list[0], depth + 1)}`
}

function outlineOfObject(value: object, depth: number): string {
  const fields = Object.entries(value)
  if (fields.length === 0) return 'an empty object'
  if (depth >= DEEPEST) return `an object of ${fields.length} fields`
  const named = fields
    .slice(0, MOST_FIELDS)
    .map(([name, inside]) => `${clipped(name)} (${outlineOf(inside, depth + 1)})`)
  const rest = fields.length - named.length
  return `an object with ${[...named, ...(rest > 0 ? [`${rest} more`] : [])].join(', ')}`
}

const clipped = (name: string) =>
  name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name
