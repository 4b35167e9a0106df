import { NOT_HELD } from '../csv/byteDictionary.ts'
import { type Sample, messageOf } from '../samples/sample.ts'
import { type SampleTexts, NO_COLUMN } from '../samples/sampleTexts.ts'

const TRANSACTION = /^Number of samples in transaction\s*:/
const HYPHEN = 0x2d

type Parent = { label: number; startMs: number; endMs: number; isFailed: boolean }

/**
 * Tells samples that repeat others, so that one failed attempt is not counted twice: the rows of
 * transaction controllers, and the sub-results (redirects, embedded resources) that JMeter writes
 * as `label-0`, `label-1` … after the row they belong to. A sub-result that failed inside a
 * sample that did not fail repeats nothing.
 */
export function createRepeatFinder(texts: SampleTexts) {
  /** By number of the message; rows without one are no transactions. */
  const transactionMessages: boolean[] = []
  /** The last row of each thread that is no sub-result, by number of the thread. */
  const parents: (Parent | undefined)[] = []
  let transactions = 0
  let subResults = 0

  function isTransaction(sample: Sample): boolean {
    const { message } = sample
    if (message === NO_COLUMN) return false
    if (message === NOT_HELD) return TRANSACTION.test(messageOf(sample, texts, 'message'))
    return (transactionMessages[message] ??= TRANSACTION.test(texts.message.text(message)))
  }

  function isPartOf(parent: Parent, label: number): boolean {
    if (label === parent.label) return false
    const text = texts.label.text(label)
    const before = texts.label.text(parent.label)
    return (
      text.charCodeAt(before.length) === HYPHEN &&
      text.startsWith(before) &&
      /^(-\d+)+$/.test(text.slice(before.length))
    )
  }

  return {
    isRepeat(sample: Sample, isFailed: boolean): boolean {
      if (isTransaction(sample)) {
        transactions += 1
        return true
      }
      const { label, thread, startMs, endMs } = sample
      if (label === NO_COLUMN || thread === NO_COLUMN) return false
      const parent = parents[thread]
      if (!parent) {
        parents[thread] = { label, startMs, endMs, isFailed }
        return false
      }
      if (startMs < parent.startMs || endMs > parent.endMs || !isPartOf(parent, label)) {
        parent.label = label
        parent.startMs = startMs
        parent.endMs = endMs
        parent.isFailed = isFailed
        return false
      }
      if (isFailed && !parent.isFailed) return false
      subResults += 1
      return true
    },
    transactions: () => transactions,
    subResults: () => subResults,
  }
}
