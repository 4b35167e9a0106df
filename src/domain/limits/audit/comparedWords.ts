import { formatCount } from '../../format.ts'
import type { ComparedGroup, ComparedValue } from './comparedValue.ts'

/** What is compared, in words. */
export const GROUP_WORDS: Readonly<Record<ComparedGroup, string>> = {
  values: 'Values',
  defaults: 'Defaults',
  requests: 'Requests',
  thresholds: 'Thresholds',
  permissions: 'Permissions',
  reading: 'Reading',
}

/** A value for a cell; what there is not is said, never left empty. */
export function comparedWords(value: ComparedValue): string {
  switch (value.kind) {
    case 'value':
      return plainWords(value.value)
    case 'none':
      return 'none'
    case 'unread':
      return 'not read'
    default:
      return '–'
  }
}

/** One side of a change; null is what was not there. */
export const plainWords = (value: number | string | null): string =>
  value === null ? 'none' : typeof value === 'number' ? formatCount(value) : value
