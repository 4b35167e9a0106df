import { formatCount, formatDuration } from '#domain/format.ts'
import { elapsed, type EpochMs } from '#domain/units.ts'
import type { ProbesRefused } from '#sources/probe/probesTold.ts'

/** `3 reports were refused, the newest 12 s ago: it is not JSON.`; null where none was. */
export function refusedReports(refused: ProbesRefused, now: EpochMs): string | null {
  const { count, lastReason, lastAtMs } = refused
  if (count === 0 || lastReason === null || lastAtMs === null) return null
  const ago = formatDuration(Math.max(0, elapsed(lastAtMs, now)))
  return count === 1
    ? `1 report was refused, ${ago} ago: ${lastReason}.`
    : `${formatCount(count)} reports were refused, the newest ${ago} ago: ${lastReason}.`
}
