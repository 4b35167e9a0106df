import type { LogRecord } from './logRecord.ts'

/**
 * What readers that keep up ask for: a minute of one organisation. Those that do not read files; typed
 * arrays of one sample each take much more here than there.
 */
const MOST_RECORDS = 40
const MOST_ENTRIES = 2_000

/** The newest records in memory. Those that are not on disk yet are never dropped from it. */
export function createRecordTail() {
  let records: LogRecord[] = []
  let entries = 0

  return {
    add(record: LogRecord, writtenSeq: number) {
      records.push(record)
      entries += entriesIn(record)
      let surplus = 0
      while (
        surplus < records.length - 1 &&
        records[surplus]!.seq <= writtenSeq &&
        (records.length - surplus > MOST_RECORDS || entries > MOST_ENTRIES)
      ) {
        entries -= entriesIn(records[surplus]!)
        surplus += 1
      }
      if (surplus > 0) records = records.slice(surplus)
    },
    /** Records were given up before they were written: they are not to be had anywhere. */
    dropUnwritten(count: number, writtenSeq: number) {
      const first = records.findIndex(({ seq }) => seq > writtenSeq)
      if (first === -1) return
      for (const record of records.splice(first, count)) entries -= entriesIn(record)
    },
    after: (seq: number) => records.slice(firstAfter(records, seq)),
    firstSeq: () => records[0]?.seq ?? Infinity,
  }
}

const firstAfter = (records: readonly LogRecord[], seq: number) => {
  const index = records.findIndex((record) => record.seq > seq)
  return index === -1 ? records.length : index
}

/** How much of a feed's page a record fills. */
export function entriesIn(record: LogRecord): number {
  if (record.kind === 'unmarked') return 1
  const { samples, errors, clients, limits, metrics, markers } = record.observed
  const rest = errors.length + clients.length + limits.length + metrics.length + markers.length
  return samples.reduce((sum, { series }) => sum + series.timeMs.length, rest)
}
