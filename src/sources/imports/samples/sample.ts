import { NOT_HELD } from '../csv/byteDictionary.ts'
import type { Outcome } from './failure.ts'
import { type SampleTexts, NO_COLUMN } from './sampleTexts.ts'

/**
 * One line of a JTL in our words: texts as their number in `SampleTexts`, `NO_COLUMN` where the file
 * does not say. It is the same object for every line and good only until the next one.
 */
export type Sample = {
  startMs: number
  /** When the attempt was over. */
  endMs: number
  label: number
  code: number
  thread: number
  /** Whom it asked, where an address says it. */
  host: number
  /** `NOT_HELD` where there are too many distinct ones; the text is beside it then. */
  message: number
  failureMessage: number
  messageText: string
  failureMessageText: string
  isSuccess: boolean | null
  /** Threads of the whole test that were active when the sample was over. */
  allThreads: number | null
  assumedUtc: boolean
  /** Equal for samples that are equal in all texts and in success; `NO_COLUMN` where that is not known. */
  outcome: number
}

/** What stands in the column of a sample; empty where there is no such column. */
export function messageOf(
  sample: Sample,
  texts: SampleTexts,
  column: 'message' | 'failureMessage',
): string {
  const id = sample[column]
  if (id === NO_COLUMN) return ''
  if (id !== NOT_HELD) return texts[column].text(id)
  return column === 'message' ? sample.messageText : sample.failureMessageText
}

/** What of a sample decides whether and how it failed. */
export function outcomeOf(sample: Sample, texts: SampleTexts): Outcome {
  return {
    label: sample.label === NO_COLUMN ? null : texts.label.text(sample.label),
    code: sample.code === NO_COLUMN ? null : texts.code.text(sample.code),
    message: messageOf(sample, texts, 'message'),
    failureMessage: messageOf(sample, texts, 'failureMessage'),
    isSuccess: sample.isSuccess,
  }
}
