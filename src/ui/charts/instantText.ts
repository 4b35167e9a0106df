import { type ClockPrecision, formatClock, formatDate } from '#domain/format.ts'
import { DAY_MS, type EpochMs } from '#domain/units.ts'
import type { TimeWindow } from './chartData.ts'

/**
 * An instant as a chart of a window writes it: `13:12`, and with its day where the clock alone could
 * mean several: `17 Sep 13:12`.
 */
export function instantText(
  at: EpochMs,
  { from, to }: TimeWindow,
  zone: string,
  precision: ClockPrecision = 'minutes',
): string {
  if (to - from <= DAY_MS) return formatClock(at, zone, precision)
  const [, day, month] = formatDate(at, zone).split(' ')
  return `${day} ${month} ${formatClock(at, zone, 'minutes')}`
}
