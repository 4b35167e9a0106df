import type { LimitSpan } from './limitSpans.ts'

/** More levels than this in a window are a limit that moves by itself. */
const MOST_LEVELS = 12
const MOST_SOURCES = 3

/** A limit that moves by itself, as a whole. */
export type MovingLimit = {
  levels: number
  lowest: number
  highest: number
  isUnknownAtTimes: boolean
  source: string
}

/**
 * What there is to say of a limit whose levels in a window are too many to be told one by one, as those
 * of a capacity that follows its load. Null where they are few, and where none is known.
 */
export function movingLimit(spans: readonly LimitSpan[]): MovingLimit | null {
  const told = spans.filter(({ since }) => since !== null)
  if (told.length <= MOST_LEVELS) return null
  const known = told.filter((span) => span.value !== null)
  if (known.length === 0) return null
  const [lowest, highest] = known.reduce(
    ([low, high], { value }) => [Math.min(low, value!), Math.max(high, value!)],
    [Infinity, -Infinity],
  )
  const sources = [...new Set(known.map(({ source }) => source))]
  const more = sources.length - MOST_SOURCES
  return {
    levels: told.length,
    lowest,
    highest,
    isUnknownAtTimes: known.length < told.length,
    source: [...sources.slice(0, MOST_SOURCES), ...(more > 0 ? [`${more} more`] : [])].join('; '),
  }
}
