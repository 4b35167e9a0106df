import { type EpochMs, epochMs, HOUR_MS } from '#domain/units.ts'
import { type LogRecord, recordOf, seqOfLine } from './logRecord.ts'
import type { LogStorage } from './logStorage.ts'

/** A file of records: its name says with which record it begins, and in which hour. */
export type LogFile = { name: string; firstSeq: number; hour: EpochMs }

/** What a file held, and how many of its lines are no records: the last one is torn by `kill -9`. */
export type FileContent = { records: readonly LogRecord[]; badLines: number }

const NAME = /^(\d{12})-(\d{4}-\d{2}-\d{2}T\d{2})\.ndjson$/

/** The file of an hour that begins with this record. */
export function logFileOf(firstSeq: number, at: EpochMs): LogFile {
  const hour = epochMs(Math.floor(at / HOUR_MS) * HOUR_MS)
  const name = `${String(firstSeq).padStart(12, '0')}-${new Date(hour).toISOString().slice(0, 13)}.ndjson`
  return { name, firstSeq, hour }
}

/** The files of a folder in the order in which they were written; what is no file of records is left alone. */
export async function logFilesIn(storage: LogStorage): Promise<LogFile[]> {
  const files = (await storage.names()).flatMap((name): LogFile[] => {
    const [, firstSeq, hour] = NAME.exec(name) ?? []
    const startMs = Date.parse(`${hour}:00:00Z`)
    if (firstSeq === undefined || Number.isNaN(startMs)) return []
    return [{ name, firstSeq: Number(firstSeq), hour: epochMs(startMs) }]
  })
  return files.toSorted((a, b) => a.firstSeq - b.firstSeq)
}

/** Reads a file whole. */
export async function readLogFile(storage: LogStorage, { name }: LogFile): Promise<FileContent> {
  const lines = linesOf(await storage.read(name))
  const records = lines.flatMap((line) => recordOf(line) ?? [])
  return { records, badLines: lines.length - records.length }
}

/**
 * The records of a file after a number, one by one, oldest first; nothing is parsed but what is taken.
 * Lines that are no records are passed over: they were told of when the file was opened.
 */
export async function* recordsAfter(
  storage: LogStorage,
  { name }: LogFile,
  after: number,
): AsyncGenerator<LogRecord> {
  for (const line of linesOf(await storage.read(name))) {
    if (!(seqOfLine(line) > after)) continue
    const record = recordOf(line)
    if (record) yield record
  }
}

const linesOf = (text: string) => text.split('\n').filter((line) => line !== '')
