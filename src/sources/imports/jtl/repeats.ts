import type { JtlRecord } from './jtlRecord.ts'

const TRANSACTION = /^Number of samples in transaction\s*:/

/**
 * Tells records that repeat others, so that one failed attempt is not counted twice: the rows of
 * transaction controllers, and the sub-results (redirects, embedded resources) that JMeter writes
 * as `label-0`, `label-1` … after the row they belong to. A sub-result that failed inside a
 * sample that did not fail repeats nothing.
 */
export function createRepeatFinder() {
  /** The last row of each thread that is no sub-result: threads are few. */
  const parents = new Map<
    string,
    { label: string; startMs: number; endMs: number; isFailed: boolean }
  >()
  let transactions = 0
  let subResults = 0
  return {
    isRepeat(record: JtlRecord, isFailed: boolean): boolean {
      if (TRANSACTION.test(record.message)) {
        transactions += 1
        return true
      }
      const { label, thread, startMs, endMs } = record
      if (label === null || thread === null) return false
      const parent = parents.get(thread)
      const suffix =
        parent && label.startsWith(`${parent.label}-`) ? label.slice(parent.label.length) : ''
      const isWithin = parent !== undefined && startMs >= parent.startMs && endMs <= parent.endMs
      if (!parent || !isWithin || !/^(-\d+)+$/.test(suffix)) {
        parents.set(thread, { label, startMs, endMs, isFailed })
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
