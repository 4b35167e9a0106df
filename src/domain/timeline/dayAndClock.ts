import { formatClock, formatDate } from '../format.ts'
import { DAY_MS, type EpochMs, elapsed } from '../units.ts'

const yearOf = (at: EpochMs, zone: string) => formatDate(at, zone).split(' ')[3]

/** `17 Sep`, with the year where that of the other end is another one. */
function day(at: EpochMs, zone: string, other: EpochMs): string {
  const [, number, month, year] = formatDate(at, zone).split(' ')
  return yearOf(other, zone) === year ? `${number} ${month}` : `${number} ${month} ${year}`
}

/** The end of a window that is not of one day: `17 Sep 13:40`, with the year where there are two. */
export const dayAndClock = (at: EpochMs, zone: string, other: EpochMs = at): string =>
  `${day(at, zone, other)} ${formatClock(at, zone, 'minutes')}`

/** From here on the hour is no matter. */
const DAYS_ALONE_MS = 60 * DAY_MS

/**
 * Both ends of a window in clock times, with their days where there are several, and as days alone
 * where they are months apart.
 */
export function windowEnds(from: EpochMs, to: EpochMs, zone: string): [from: string, to: string] {
  if (formatDate(from, zone) === formatDate(to, zone))
    return [formatClock(from, zone, 'minutes'), formatClock(to, zone, 'minutes')]
  if (elapsed(from, to) > DAYS_ALONE_MS) return [day(from, zone, to), day(to, zone, from)]
  return [dayAndClock(from, zone, to), dayAndClock(to, zone, from)]
}
