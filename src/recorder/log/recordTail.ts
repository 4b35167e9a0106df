import { type LogRecord, recordOf } from './logRecord.ts'

/** What readers that keep up ask for: a minute of one organisation. Those that do not read files. */
const MOST_RECORDS = 40
const MOST_ENTRIES = 2_000

type Kept = { seq: number; entries: number; line: string }

/**
 * The newest records in memory, as they are written: a line takes a fifth of its record, whose columns are
 * arrays of one sample each. Those that are not on disk yet are never dropped from it.
 */
export function createRecordTail() {
  let records: Kept[] = []
  let entries = 0

  return {
    /** Keeps a record by its line. */
    add(record: LogRecord, line: string, writtenSeq: number) {
      const { seq } = record
      const kept = { seq, entries: entriesIn(record), line }
      records.push(kept)
      entries += kept.entries
      let surplus = 0
      while (
        surplus < records.length - 1 &&
        records[surplus]!.seq <= writtenSeq &&
        (records.length - surplus > MOST_RECORDS || entries > MOST_ENTRIES)
      ) {
        entries -= records[surplus]!.entries
        surplus += 1
      }
      if (surplus > 0) records = records.slice(surplus)
    },
    /** Records were given up before they were written: they are not to be had anywhere. */
    dropUnwritten(count: number, writtenSeq: number) {
      const first = records.findIndex(({ seq }) => seq > writtenSeq)
      if (first === -1) return
      for (const dropped of records.splice(first, count)) entries -= dropped.entries
    },
    /** The records after a number as they are now, whatever is dropped while they are read. */
    after(seq: number): { firstSeq: number; records: Iterable<LogRecord> } {
      const wanted = records.slice(firstAfter(records, seq))
      return { firstSeq: wanted[0]?.seq ?? Infinity, records: read(wanted) }
    },
    firstSeq: () => records[0]?.seq ?? Infinity,
  }
}

function* read(kept: readonly Kept[]): Generator<LogRecord> {
  for (const { line } of kept) {
    const record = recordOf(line)
    if (record) yield record
  }
}

const firstAfter = (records: readonly Kept[], seq: number) => {
  const index = records.findIndex((record) => record.seq > seq)
  return index === -1 ? records.length : index
}

/** How much of a feed's page a record fills. */
function entriesIn(record: LogRecord): number {
  if (record.kind === 'unmarked') return 1
  const { samples, errors, clients, limits, metrics, markers } = record.observed
  const rest = errors.length + clients.length + limits.length + metrics.length + markers.length
  return samples.reduce((sum, { series }) => sum + series.timeMs.length, rest)
}
