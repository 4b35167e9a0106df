import { formatPercent } from '#domain/format.ts'
import type { TileReading } from '#ui/tile/tileReading.ts'

type Rest = readonly { reading: Pick<TileReading, 'usedRatio'> }[]

/**
 * What is left of the tiles, in a line: `3 more, below 10 % or no limit`. The bound is the
 * next ten percent above the fullest of them. Of more than `lines` only the number can be said.
 */
export function restWords(rest: Rest, lines: number): string {
  const more = `${rest.length} more`
  if (rest.length > lines) return `${more}, ${lines} of them here`
  const used = rest.flatMap(({ reading }) => reading.usedRatio ?? [])
  if (used.length === 0) return `${more}, none against a limit`
  const bound = Math.floor(Math.max(...used) * 10 + 1) / 10
  if (bound > 1) return more
  const unknown = used.length < rest.length ? ' or no limit' : ''
  return `${more}, below ${formatPercent(bound)}${unknown}`
}
