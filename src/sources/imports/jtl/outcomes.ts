import { createByteDictionary, NOT_HELD } from '../csv/byteDictionary.ts'
import type { ScannedRow } from '../csv/scannedRow.ts'
import type { Sample } from '../samples/sample.ts'
import { NO_COLUMN } from '../samples/sampleTexts.ts'
import type { JtlColumn } from './jtlDialect.ts'

/** A test has as many as its labels, threads and kinds of reply make together. */
const MOST = 16_384
const PLACE_BITS = 12
/** After so many rows it shows whether rows repeat. */
const TRIAL_ROWS = 8_192
/** Between the cells that are read JMeter may write one more, always the same. */
const SPARE_CELLS = 1

const READ: readonly JtlColumn[] = [
  'label',
  'responseCode',
  'responseMessage',
  'threadName',
  'success',
  'failureMessage',
]

/**
 * Knows rows again that say the same of who tried what, and how it went, by the one stretch of bytes
 * from the label to the failure message: a test of a million rows has some thousand. Only where these
 * columns stand side by side, and as long as rows do repeat.
 */
export function createOutcomes(at: Readonly<Record<JtlColumn, number>>) {
  const columns = READ.map((column) => at[column]).filter((index) => index >= 0)
  const first = Math.min(...columns)
  const last = Math.max(...columns)
  const isSideBySide =
    at.label === first &&
    at.threadName > first &&
    at.timeStamp < first &&
    last - first < columns.length + SPARE_CELLS
  const stretches = createByteDictionary(MOST, PLACE_BITS)
  const label: number[] = []
  const code: number[] = []
  const thread: number[] = []
  const message: number[] = []
  const failureMessage: number[] = []
  const isSuccess: (boolean | null)[] = []
  let isOn = isSideBySide
  let looked = 0
  let next = NOT_HELD

  return {
    /** Fills in what an equal row said. False where there was none, or it is not known to be equal. */
    recall({ view, starts, ends }: ScannedRow, sample: Sample): boolean {
      sample.outcome = NO_COLUMN
      next = NOT_HELD
      if (!isOn) return false
      // With the byte before and behind: a quote there belongs to the stretch.
      const start = starts[first]! - 1
      const end = ends[last]! + 1
      const threadEnd = ends[at.threadName]!
      if (start < 8 || end - start < 8) return false
      const mixed = Math.imul(
        view.getInt32(threadEnd - 4, true) ^
          Math.imul(view.getInt32(ends[first]! - 4, true), 0x85ebca77),
        0x9e3779b1,
      )
      const known = stretches.idByBits((mixed >>> 16) ^ (end - start), view, start, end)
      if (known === NOT_HELD) return false
      looked += 1
      if (looked === TRIAL_ROWS && 2 * label.length > looked) isOn = false
      if (known === label.length) {
        next = known
        return false
      }
      sample.label = label[known]!
      sample.code = code[known]!
      sample.thread = thread[known]!
      sample.message = message[known]!
      sample.failureMessage = failureMessage[known]!
      sample.isSuccess = isSuccess[known]!
      sample.outcome = known
      return true
    },
    /** What the row that was not recalled says: the next equal one will. */
    remember(sample: Sample) {
      if (next === NOT_HELD) return
      if (sample.message === NOT_HELD || sample.failureMessage === NOT_HELD) {
        // There is no number for its text: no row like it may be recalled, and none after it.
        isOn = false
        return
      }
      label.push(sample.label)
      code.push(sample.code)
      thread.push(sample.thread)
      message.push(sample.message)
      failureMessage.push(sample.failureMessage)
      isSuccess.push(sample.isSuccess)
      sample.outcome = next
    },
  }
}
