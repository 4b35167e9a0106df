const DEEPEST = 8
const MOST_LEAVES = 2_000
const LONGEST_VALUE = 40

/** A value inside a foreign object, with the way to it: `properties.max.value.instance`. */
export type Leaf = { path: string; value: string }

/**
 * Everything that is no object itself, with its path; lists have `[0]`. At most 2 000, no deeper than
 * eight: what is foreign may be of any size. Texts are cut short.
 */
export function leavesOf(value: unknown, path: string): readonly Leaf[] {
  const leaves: Leaf[] = []
  collect(value, path, 0, leaves)
  return leaves
}

function collect(value: unknown, path: string, depth: number, leaves: Leaf[]) {
  if (leaves.length >= MOST_LEAVES || depth > DEEPEST) return
  if (typeof value === 'object' && value !== null) {
    const isList = Array.isArray(value)
    for (const [name, inside] of Object.entries(value))
      collect(inside, isList ? `${path}[${name}]` : `${path}.${name}`, depth + 1, leaves)
    return
  }
  const text = String(value)
  leaves.push({
    path,
    value: text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text,
  })
}
