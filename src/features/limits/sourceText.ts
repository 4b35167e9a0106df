import { formatDate } from '#domain/format.ts'
import type { LimitRow } from '#domain/limits/limitRows.ts'

/** Who says what the limit is, in the few words that a cell has room for. */
export function sourceText({ manual, answer, effective, key }: LimitRow, zone: string): string {
  if (manual)
    return `by hand, ${manual.author}, ${formatDate(manual.setAt, zone).replace(/^\w+ /, '')}`
  if (key && answer?.failure) return answer.failure.kind === 'forbidden' ? 'refused' : 'no reply'
  if (
    key &&
    (effective === null || effective.source.startsWith('registry') || isOf(key, effective.source))
  )
    return 'registry'
  // What follows is said among the details.
  return (effective?.source ?? 'no reply').split(/[;:]/, 1)[0]!
}

const isOf = ({ namespace, key }: NonNullable<LimitRow['key']>, source: string) =>
  source.startsWith(`${namespace} ${key}`)
