// A field that is not as agreed is left out: browsers differ, and the rest still says something.

/** A field of what may be an object. */
export const fieldOf = (item: unknown, field: string): unknown =>
  typeof item === 'object' && item !== null ? (item as Record<string, unknown>)[field] : undefined

/** The text in a field; empty where it holds none. */
export function textIn(item: unknown, field: string): string {
  const value = fieldOf(item, field)
  return typeof value === 'string' ? value : ''
}

/** The number in a field; null where it holds none. */
export function numberIn(item: unknown, field: string): number | null {
  const value = fieldOf(item, field)
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

/** The list in a field; empty where it holds none. */
export function listIn(item: unknown, field: string): readonly unknown[] {
  const value = fieldOf(item, field)
  return Array.isArray(value) ? value : []
}
