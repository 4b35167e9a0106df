import { zoneOffsetMs } from '../charts/timeTicks.ts'
import { formatClock, formatCount, formatDate, formatPercent, formatZone } from '../format.ts'
import { horizonsAt } from '../retention.ts'
import { dayAndClock } from '../timeline/dayAndClock.ts'
import { DAY_MS, type EpochMs, elapsed, later } from '../units.ts'
import { type HistoryHour, type HistoryHours, hoursTogether, refusedIn } from './historyHours.ts'
import type { Span } from './incident.ts'

/** `Tue 17 Nov, 13:00 to 14:00: highest 98 % of 1 000, 307 refused`, also of hours put together. */
export const hourWords = (hour: HistoryHour, zone: string, now: EpochMs): string =>
  `${spanWords(hour, zone, now)}: ${levelWords(hour)}`

function levelWords(hour: HistoryHour): string {
  if (hour.kind === 'notKept' && hour.refused === 0) return 'nothing kept'
  const level = hour.kind === 'measured' ? `highest ${highestWords(hour)}` : 'nothing measured'
  return `${level}, ${refusedWords(hour.refused)}`
}

function highestWords({ highest, limit, used, isAtLeast }: HistoryHour): string {
  if (used === null || limit === null) return `${formatCount(highest ?? 0)}, limit unknown`
  const share = `${formatPercent(used)} of ${formatCount(limit)}`
  return isAtLeast ? `at least ${share}, limit changed` : share
}

function refusedWords(refused: number | null): string {
  if (refused === null) return 'too many errors to count the refused'
  return refused === 0 ? 'none refused' : `${formatCount(refused)} refused`
}

/** `Tue 17 Nov, 13:00 to 14:00`; the year where it is another one, the zone where clocks are changed. */
function spanWords({ from, to }: Span, zone: string, now: EpochMs): string {
  const isChange = zoneOffsetMs(from, zone) !== zoneOffsetMs(to, zone)
  const clock = (at: EpochMs) => {
    const time = formatClock(at, zone, 'minutes')
    return isChange ? `${time} ${formatZone(at, zone).split(',')[0]}` : time
  }
  const day = dayWords(to, zone, now)
  const isOneDay = day === dayWords(from, zone, now)
  // An hour before midnight ends at 00:00, which needs no day.
  const endsAtMidnight = elapsed(from, to) < DAY_MS && formatClock(to, zone) === '00:00:00'
  const end = isOneDay || endsAtMidnight ? clock(to) : `${day}, ${clock(to)}`
  return `${dayWords(from, zone, now)}, ${clock(from)} to ${end}`
}

/** `Tue 17 Nov`, with the year where it is not this one. */
function dayWords(at: EpochMs, zone: string, now: EpochMs): string {
  const [weekday, day, month, year] = formatDate(at, zone).split(' ')
  const isThisYear = year === formatDate(now, zone).split(' ')[3]
  return [weekday, day, month, ...(isThisYear ? [] : [year])].join(' ')
}

/** The days of a page: `15 Nov – 29 Nov 2026`. */
export function pageWords({ from, to }: Span, zone: string): string {
  const [, day, month] = formatDate(from, zone).split(' ')
  return `${day} ${month} – ${formatDate(later(to, -1), zone).split(' ').slice(1).join(' ')}`
}

/** A page of history in one line: `Highest 100 % of 1 000 on Sun 29 Nov, 17:00 to 18:00; 1 127 refused`. */
export function historySummary({ hours }: HistoryHours, zone: string, now: EpochMs): string {
  const measured = hours.filter(({ kind }) => kind === 'measured')
  const refused = refusedWords(refusedIn(hours))
  if (measured.length === 0)
    return hours.every(({ kind }) => kind === 'notKept')
      ? 'Nothing is kept of these 14 days.'
      : `Nothing was measured in these 14 days, ${refused}.`
  const together = hoursTogether(measured)
  const fullest = measured.find(
    ({ used, highest }) => used === together.used && highest === together.highest,
  )
  const when = fullest ? ` on ${spanWords(fullest, zone, now)}` : ''
  return `Highest ${highestWords(together)}${when}; ${refused}`
}

/** Why the page has an empty part, or is one; null where it has none. */
export function notKeptWords(
  { from, keptFrom }: HistoryHours,
  zone: string,
  now: EpochMs,
): string | null {
  if (keptFrom === null) return 'Nothing is kept yet. Tidemark keeps what it sees from now on.'
  if (keptFrom <= from) return null
  const before = `Nothing is kept before ${dayAndClock(keptFrom, zone, now)}.`
  const isPruned = elapsed(horizonsAt(now).all, keptFrom) < DAY_MS
  return `${before} ${isPruned ? 'Tidemark keeps 13 months.' : 'Tidemark began to watch then.'}`
}
