import { NOT_HELD } from '../csv/byteDictionary.ts'
import { cellText, type ScannedRow } from '../csv/scannedRow.ts'
import type { TextColumn } from '../csv/textColumn.ts'
import { type FileTime, parseFileTime } from '../fileTime.ts'
import type { JtlDialect } from './jtlDialect.ts'
import { createOutcomes } from './outcomes.ts'
import type { SampleEnd } from './sampleStamps.ts'
import type { Sample } from '../samples/sample.ts'
import { createSampleTexts, NO_COLUMN } from '../samples/sampleTexts.ts'

const ZERO = 0x30
/** From here on a number of 13 digits is milliseconds, and an instant: see `parseFileTime`. */
const LEAST_MS = 1e11
const TIME_DIGITS = 13
const INTEGER_DIGITS = 9

/**
 * Reads scanned rows of one file into one sample. What JMeter usually writes is read from the bytes;
 * anything else (formatted times, fractions, negative elapsed) by its text. A text gets its number
 * only once the row is known to be a sample. `stamp` is which end of a sample its time is.
 */
export function createJtlRowReader({ at, width }: JtlDialect, stamp: SampleEnd = 'start') {
  const texts = createSampleTexts()
  const outcomes = createOutcomes(at)
  const isEnd = stamp === 'end'
  const sample: Sample = {
    startMs: 0,
    endMs: 0,
    label: NO_COLUMN,
    code: NO_COLUMN,
    thread: NO_COLUMN,
    host: NO_COLUMN,
    message: NO_COLUMN,
    failureMessage: NO_COLUMN,
    messageText: '',
    failureMessageText: '',
    isSuccess: null,
    allThreads: null,
    assumedUtc: false,
    outcome: NO_COLUMN,
  }

  /** The first eight digits of the last time of 13: neighbouring rows share them. */
  let firstWord = 0
  let secondWord = 0
  const prefixMs = Float64Array.of(-1)

  /** The instant in a cell of 13 digits, which is how JMeter writes one; −1 for any other cell. */
  function instantIn(row: ScannedRow, index: number): number {
    const start = row.starts[index]!
    if (row.ends[index]! - start !== TIME_DIGITS) return -1
    const one = row.view.getInt32(start, true)
    const two = row.view.getInt32(start + 4, true)
    if (one !== firstWord || two !== secondWord) {
      prefixMs[0] = 1e5 * wholeIn(row.bytes, start, start + 8)
      firstWord = one
      secondWord = two
    }
    const last = wholeIn(row.bytes, start + 8, start + TIME_DIGITS)
    return prefixMs[0]! < 0 || last < 0 ? -1 : prefixMs[0]! + last
  }

  function readTexts(row: ScannedRow) {
    sample.label = idIn(texts.label, row, at.label)
    sample.code = idIn(texts.code, row, at.responseCode)
    sample.thread = idIn(texts.thread, row, at.threadName)
    sample.message = idIn(texts.message, row, at.responseMessage)
    sample.failureMessage = idIn(texts.failureMessage, row, at.failureMessage)
    if (sample.message === NOT_HELD) sample.messageText = cellText(row, at.responseMessage)
    if (sample.failureMessage === NOT_HELD)
      sample.failureMessageText = cellText(row, at.failureMessage)
    sample.isSuccess = successOf(row, at.success)
  }

  return {
    texts,
    sample,
    /** Fills the sample. Gives the reason where the row is none; it quotes no cell, which may hold a secret. */
    read(row: ScannedRow): string | null {
      if (row.isQuoteOpen) return 'a quote opened here is never closed'
      if (row.isTooLong) return 'the line is longer than a million bytes'
      if (row.width !== width) return `${row.width} fields where ${width} were expected`
      let stampMs = instantIn(row, at.timeStamp)
      let assumedUtc = false
      if (stampMs < LEAST_MS) {
        const time = timeOf(row, at.timeStamp)
        if (typeof time === 'string') return time
        stampMs = time.ms
        assumedUtc = time.assumedUtc
      }
      const elapsed = at.elapsed < 0 ? 0 : elapsedOf(row, at.elapsed)
      if (elapsed === null) return 'elapsed is not a number of milliseconds'
      sample.startMs = isEnd ? stampMs - elapsed : stampMs
      sample.endMs = isEnd ? stampMs : stampMs + elapsed
      sample.assumedUtc = assumedUtc
      if (!outcomes.recall(row, sample)) {
        readTexts(row)
        outcomes.remember(sample)
      }
      const threads = at.allThreads < 0 ? -1 : digitsOf(row, at.allThreads)
      sample.allThreads = threads < 0 ? null : threads
      return null
    },
  }
}

/** The number in a cell of at most nine digits; −1 where there is something else, or none. */
function digitsOf({ bytes, starts, ends }: ScannedRow, index: number): number {
  const start = starts[index]!
  const end = ends[index]!
  return end === start || end - start > INTEGER_DIGITS ? -1 : wholeIn(bytes, start, end)
}

/** The number that at most nine digits write, which fits an integer; −1 where one is no digit. */
function wholeIn(bytes: Uint8Array, start: number, end: number): number {
  let value = 0
  for (let i = start; i < end; i += 1) {
    const digit = bytes[i]! - ZERO
    if (digit < 0 || digit > 9) return -1
    value = (Math.imul(value, 10) + digit) | 0
  }
  return value
}

/** The time that a cell names, or the reason why it names none. */
function timeOf(row: ScannedRow, index: number): FileTime | string {
  const stamp = cellText(row, index).trim()
  const time = parseFileTime(stamp)
  if (time) return time
  if (stamp === '') return 'the time is empty'
  return /^timestamp$/i.test(stamp) ? 'the header line once more' : 'the time cannot be read'
}

function elapsedOf(row: ScannedRow, index: number): number | null {
  const value = digitsOf(row, index)
  if (value >= 0) return value
  const text = cellText(row, index)
  return /^-?\d{1,13}(\.\d+)?$/.test(text) ? Math.max(0, Number(text)) : null
}

const idIn = (column: TextColumn, row: ScannedRow, index: number) =>
  index < 0 ? NO_COLUMN : column.idIn(row, index)

const TRUE = [0x74, 0x72, 0x75, 0x65]
const CASE_BIT = 0x20

/** Whether the cell says `true`, in whatever case; null where it is empty or missing. */
function successOf({ bytes, starts, ends }: ScannedRow, index: number): boolean | null {
  if (index < 0) return null
  const start = starts[index]!
  const length = ends[index]! - start
  if (length === 0) return null
  if (length !== TRUE.length) return false
  for (let i = 0; i < length; i += 1) if ((bytes[start + i]! | CASE_BIT) !== TRUE[i]) return false
  return true
}
