import { type EpochMs, epochMs } from '../units.ts'

const FIELDS = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?$/

/** The clock in a zone as if it were UTC: the difference to the instant is the zone's offset. */
function wallClock(at: EpochMs, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at)
  const of = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((part) => part.type === type)?.value)
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'))
}

/** An instant as a `datetime-local` field writes it, in a zone, to the second. */
export const dateTimeText = (at: EpochMs, zone: string) =>
  new Date(wallClock(at, zone)).toISOString().slice(0, 19)

/**
 * The instant that such a text names in a zone; null where it is no date and time. In the hour that a
 * zone repeats in autumn the earlier instant is meant; one that a zone skips in spring moves on by the
 * hour that is missing.
 */
export function instantOfText(text: string, zone: string): EpochMs | null {
  const match = FIELDS.exec(text)
  if (!match) return null
  const [year, month, day, hour, minute, second] = match.slice(1).map((field) => Number(field ?? 0))
  const wall = Date.UTC(year!, month! - 1, day!, hour, minute, second)
  if (new Date(wall).getUTCDate() !== day || hour! > 23 || minute! > 59 || second! > 59) return null
  const offsetAt = (at: number) => wallClock(epochMs(at), zone) - at
  const dayMs = 86_400_000
  const candidates = [offsetAt(wall - dayMs), offsetAt(wall + dayMs)].map((offset) => wall - offset)
  const exact = candidates.filter((at) => wallClock(epochMs(at), zone) === wall)
  return epochMs(exact.length > 0 ? Math.min(...exact) : Math.max(...candidates))
}
