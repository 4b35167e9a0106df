import { parseFileTime } from '../fileTime.ts'
import type { SampleEnd } from '../jtl/sampleStamps.ts'
import type { TextSample } from '../samples/textSample.ts'

/** The attributes of an element, by their short names. */
export type Attributes = Readonly<Record<string, string | undefined>>

/**
 * Whether an element is a sample, whatever a plug-in calls it: only samples have a time and an
 * elapsed time or a label.
 */
export const isSampleElement = ({ ts, t, lb }: Attributes) =>
  ts !== undefined && (t !== undefined || lb !== undefined)

/** Whether it is the sum of other samples, by the message JMeter gives it. */
export const isTransaction = ({ rm }: Attributes) =>
  rm !== undefined && /^Number of samples in transaction\s*:/.test(rm)

/** A sample by its attributes and what its elements say; `stamp` is which end of it `ts` is. A text is the reason why it is none. */
export function xmlSample(
  { ts = '', t = '0', lb, rc, rm, tn, s, na }: Attributes,
  { failureMessage, host }: Pick<TextSample, 'failureMessage' | 'host'>,
  stamp: SampleEnd = 'start',
): TextSample | string {
  const time = parseFileTime(ts.trim())
  if (!time) return 'the time (ts) cannot be read'
  if (!/^-?\d{1,13}(\.\d+)?$/.test(t.trim())) return 'elapsed (t) is not a number of milliseconds'
  const elapsedMs = Math.max(0, Number(t))
  const startMs = stamp === 'end' ? time.ms - elapsedMs : time.ms
  return {
    startMs,
    endMs: startMs + elapsedMs,
    assumedUtc: time.assumedUtc,
    label: lb ?? '',
    code: rc ?? '',
    thread: tn ?? '',
    message: rm ?? '',
    failureMessage,
    host,
    isSuccess: s === undefined ? null : s.toLowerCase() === 'true',
    allThreads: na !== undefined && /^\d{1,9}$/.test(na) ? Number(na) : null,
  }
}
