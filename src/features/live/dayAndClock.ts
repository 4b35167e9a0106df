import { formatClock, formatDate } from '#domain/format.ts'
import type { EpochMs } from '#domain/units.ts'

const yearOf = (at: EpochMs, zone: string) => formatDate(at, zone).split(' ')[3]

/** The end of a window that is not of one day: `17 Sep 13:40`, with the year where there are two. */
export function dayAndClock(at: EpochMs, zone: string, other: EpochMs = at): string {
  const [, day, month, year] = formatDate(at, zone).split(' ')
  const date = yearOf(other, zone) === year ? `${day} ${month}` : `${day} ${month} ${year}`
  return `${date} ${formatClock(at, zone, 'minutes')}`
}

/** Both ends of a window in clock times, with their days where there are several. */
export function windowEnds(from: EpochMs, to: EpochMs, zone: string): [from: string, to: string] {
  if (formatDate(from, zone) === formatDate(to, zone))
    return [formatClock(from, zone, 'minutes'), formatClock(to, zone, 'minutes')]
  return [dayAndClock(from, zone, to), dayAndClock(to, zone, from)]
}
