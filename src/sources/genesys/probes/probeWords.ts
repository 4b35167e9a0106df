import { formatCount } from '#domain/format.ts'
import { SourceError } from '../../sourceError.ts'

const MOST_NAMED = 20

/** `3 keys`, `1 key`. */
export const countOf = (count: number, one: string, many = `${one}s`) =>
  `${formatCount(count)} ${count === 1 ? one : many}`

/** At most twenty names, and how many there are besides. */
export function namesOf(names: readonly string[]): string {
  const rest = names.length - MOST_NAMED
  return rest > 0
    ? `${names.slice(0, MOST_NAMED).join(', ')} and ${formatCount(rest)} more`
    : names.join(', ')
}

/** What one call of several came to: its reply, or why not. */
export type Attempt<T> = { ok: true; value: T } | { ok: false; error: SourceError }

/** Tries one call of several, so that its failure does not hide what the others say. */
export async function attempt<T>(asking: Promise<T>): Promise<Attempt<T>> {
  try {
    return { ok: true, value: await asking }
  } catch (error) {
    if (error instanceof SourceError) return { ok: false, error }
    throw error
  }
}
