/** An instant as a file writes it. `assumedUtc`: the text names no zone, and UTC was taken. */
export type FileTime = { ms: number; assumedUtc: boolean }

/** Below this a plain number counts seconds: as milliseconds it would lie before March 1973. */
const SECONDS_BELOW = 1e11
const EARLIEST_SECONDS = 1e8
const LATEST_MS = 1e14

const YEAR_FIRST =
  /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})[ T](\d{1,2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/
/** JMeter itself tries this form last (`MM/dd/yy HH:mm:ss`). */
const MONTH_FIRST =
  /^(\d{1,2})\/(\d{1,2})\/(\d{2}|\d{4}) (\d{1,2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?$/

/**
 * Reads a time of a JTL or a CSV: epoch milliseconds or seconds (fractions are floored to the
 * millisecond), or one of the clock formats JMeter writes. Null where it is none of these, or no
 * instant between 1973 and 5138.
 */
export function parseFileTime(text: string): FileTime | null {
  if (/^\d{9,14}(\.\d+)?$/.test(text)) return fromNumber(Number(text))
  const yearFirst = YEAR_FIRST.exec(text)
  if (yearFirst) {
    const [, year, , month, day, hour, minute, second, fraction, zone] = yearFirst
    return fromParts([year, month, day, hour, minute, second], fraction, zone)
  }
  const monthFirst = MONTH_FIRST.exec(text)
  if (monthFirst) {
    const [, month, day, year, hour, minute, second, fraction] = monthFirst
    const fullYear = year!.length === 2 ? `20${year}` : year
    return fromParts([fullYear, month, day, hour, minute, second], fraction, undefined)
  }
  return null
}

function fromNumber(value: number): FileTime | null {
  if (value < EARLIEST_SECONDS || value >= LATEST_MS) return null
  return { ms: Math.floor(value < SECONDS_BELOW ? value * 1000 : value), assumedUtc: false }
}

function fromParts(
  parts: readonly (string | undefined)[],
  fraction: string | undefined,
  zone: string | undefined,
): FileTime | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map(Number)
  const at = Date.UTC(year, month - 1, day, hour, minute, second)
  // Date.UTC rolls 31 February over to March: a date that comes back changed was none.
  const back = new Date(at)
  const isReal =
    back.getUTCMonth() === month - 1 && back.getUTCDate() === day && hour < 24 && minute < 60
  if (!isReal || second > 59) return null
  const ms = at + (fraction ? Number(fraction.padEnd(3, '0').slice(0, 3)) : 0) - offsetMs(zone)
  return { ms, assumedUtc: zone === undefined }
}

function offsetMs(zone: string | undefined): number {
  const match = zone ? /^([+-])(\d{2}):?(\d{2})$/.exec(zone) : null
  if (!match) return 0
  const minutes = Number(match[2]) * 60 + Number(match[3])
  return (match[1] === '-' ? -minutes : minutes) * 60_000
}
