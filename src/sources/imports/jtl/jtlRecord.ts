import type { CsvRecord } from '../csvTokeniser.ts'
import type { JtlColumn, JtlDialect } from './jtlDialect.ts'
import { parseFileTime } from '../fileTime.ts'

/**
 * One line of a JTL in our words; null is what the file does not say. Texts are as they stand,
 * secrets included.
 */
export type JtlRecord = {
  startMs: number
  /** Start plus elapsed: when the attempt was over. JMeter stamps starts. */
  endMs: number
  label: string | null
  code: string | null
  message: string
  thread: string | null
  isSuccess: boolean | null
  failureMessage: string
  /** Threads of the whole test that were active when the sample was over. */
  allThreads: number | null
  assumedUtc: boolean
}

/** A record that is left out, and why. */
export type Rejection = { line: number; reason: string }

/** A `JtlRecord`, or the reason why the record is none. */
export type JtlReading = JtlRecord | string

/** Reads the fields of one record. Its reasons quote no cell, since a cell may hold a secret. */
export function readJtlRecord(
  { fields, isQuoteOpen }: CsvRecord,
  { at, width }: JtlDialect,
): JtlReading {
  if (isQuoteOpen) return 'a quote opened here is never closed'
  if (fields.length !== width) return `${fields.length} fields where ${width} were expected`
  const cell = (column: JtlColumn) => (at[column] < 0 ? null : fields[at[column]]!)
  const stamp = cell('timeStamp')!.trim()
  const time = parseFileTime(stamp)
  if (!time) {
    if (stamp === '') return 'the time is empty'
    return /^timestamp$/i.test(stamp) ? 'the header line once more' : 'the time cannot be read'
  }
  const elapsed = at.elapsed < 0 ? 0 : parseElapsed(cell('elapsed')!)
  if (elapsed === null) return 'elapsed is not a number of milliseconds'
  const threads = cell('allThreads')
  const success = cell('success')
  return {
    startMs: time.ms,
    endMs: time.ms + Math.max(0, elapsed),
    label: cell('label'),
    code: cell('responseCode'),
    message: cell('responseMessage') ?? '',
    thread: cell('threadName'),
    isSuccess: success === null || success === '' ? null : success.toLowerCase() === 'true',
    failureMessage: cell('failureMessage') ?? '',
    allThreads: threads !== null && /^\d{1,9}$/.test(threads) ? Number(threads) : null,
    assumedUtc: time.assumedUtc,
  }
}

const parseElapsed = (text: string) => (/^-?\d{1,13}(\.\d+)?$/.test(text) ? Number(text) : null)
