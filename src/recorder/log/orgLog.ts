import { NOTHING_OBSERVED, type Observation } from '#domain/observation.ts'
import { durationMs, type EpochMs, epochMs, HOUR_MS, later, MINUTE_MS } from '#domain/units.ts'
import type { Clock, Timer } from '#monitor/clock.ts'
import { createHistoryRecord } from '#sources/history/historyRecord.ts'
import type { EventLog } from '../eventLog.ts'
import { inRecords } from './inRecords.ts'
import { type LogFile, logFilesIn, readLogFile, recordsAfter } from './logFiles.ts'
import { createLogNews, type LogNews } from './logNews.ts'
import type { LogRecord, Redact } from './logRecord.ts'
import { newLogId, readLogState, writeLogState } from './logState.ts'
import type { LogStorage } from './logStorage.ts'
import { createLogWriter, type WriteTrouble } from './logWriter.ts'
import { createRecordTail } from './recordTail.ts'
import { createToldFacts, type ToldFacts } from './toldFacts.ts'

/** How long records are kept. */
export const LOG_KEPT_MS = durationMs(26 * HOUR_MS)

/**
 * The numbers of each run of the recorder begin with a new million. What a run handed to a reader and
 * could not write any more before it was killed has numbers that no other record will get.
 */
const RUN_STRIDE = 1_000_000

/** An organisation's clock may run this much ahead of ours. */
const AHEAD_MS = 10 * MINUTE_MS

/** Everything observed of one organisation, numbered, in files of an hour each. */
export type OrgLog = {
  readonly id: string
  /** Keeps what is new of an observation, and gives it. Never throws: `trouble` says what is wrong. */
  write: (observed: Observation) => LogNews
  /** A marker was taken back. */
  unmark: (marker: string) => void
  /** What the feed has told of metrics and limits. */
  readonly told: ToldFacts
  /** Tells of metrics and limits what is not told yet. */
  tell: (
    metrics: Parameters<ToldFacts['missing']>[0],
    limits: Parameters<ToldFacts['missing']>[1],
  ) => void
  /** As `History.read`. */
  read: (from: EpochMs, to: EpochMs, samplesFrom?: EpochMs) => Promise<Observation>
  /** The records after a number, oldest first. */
  after: (seq: number) => AsyncGenerator<LogRecord>
  /** The number before the first record at or after an instant. */
  seqBefore: (at: EpochMs) => Promise<number>
  /** Whether a reader may go on after this number: it was given out, and nothing after it was pruned. */
  isKnown: (seq: number) => boolean
  /** The number that was given out last. */
  lastSeq: () => number
  /** When the newest record was written, and the newest sample it could hold; null where there is none. */
  newest: () => { at: EpochMs; sampleAt: EpochMs } | null
  trouble: () => WriteTrouble | null
  subscribe: (listener: () => void) => () => void
  flushed: () => Promise<void>
  /** Removes files that are too old, and saves what must outlive them. */
  prune: () => Promise<void>
  close: () => Promise<void>
}

type Options = {
  storage: LogStorage
  clock: Clock
  timer: Timer
  log: EventLog
  /** What goes to disk goes through it. */
  redact: Redact
}

/** Opens the log of an organisation and reads back what it holds. Rejects where its folder cannot be read. */
export async function openOrgLog(options: Options): Promise<OrgLog> {
  const { storage, clock, timer, log, redact } = options
  const listeners = new Set<() => void>()
  const news = createLogNews(clock.now())
  const slow = createHistoryRecord()
  const told = createToldFacts()
  const tail = createRecordTail()
  let files = await logFilesIn(storage)
  let newest: { seq: number; at: EpochMs; sampleAt: EpochMs } | null = null
  let id = newLogId()
  let isStateSaved = true

  const writer = createLogWriter({
    storage,
    clock,
    timer,
    redact,
    changed(trouble) {
      if (trouble) log('error', 'state_not_written', { reason: trouble.reason })
      else log('info', 'state_written_again')
      for (const listener of listeners) listener()
    },
    lost(records) {
      tail.dropUnwritten(records, writer.writtenSeq())
      log('error', 'records_lost', { records, reason: 'the disk took nothing for too long' })
    },
    began: (file) => void files.push(file),
  })

  /** Samples and errors are in the files; everything else is small. */
  const takeSlow = (observed: Observation) =>
    slow.add({ ...observed, samples: [], errors: [], clients: [] })

  function keepNewest(record: LogRecord) {
    const { seq: ofRecord, at } = record
    const sampleAt = newestSampleIn(record) ?? newest?.sampleAt ?? at
    // A sample from a far future would hide everything that is told of the present.
    const soonest = Math.min(Math.max(sampleAt, newest?.sampleAt ?? sampleAt), at + AHEAD_MS)
    newest = { seq: ofRecord, at, sampleAt: epochMs(soonest) }
  }

  function restore(record: LogRecord) {
    keepNewest(record)
    if (record.kind === 'unmarked') slow.removeMarker(record.id)
    else if (record.kind === 'told') told.take(record.observed)
    else {
      takeSlow(record.observed)
      news.of(record.observed)
    }
  }

  async function readBack() {
    for (const file of files) {
      const { records, badLines } = await readLogFile(storage, file)
      for (const record of records) restore(record)
      if (badLines > 0) log('warn', 'lines_skipped', { file: file.name, lines: badLines })
    }
  }

  async function readState() {
    try {
      const state = await readLogState(storage)
      if (state) {
        id = state.id
        takeSlow(state.slow)
        return
      }
    } catch (error) {
      log('warn', 'state_unreadable', { reason: (error as Error).message })
    }
    // Cursors carry the id: it is saved before anybody can get one.
    await saveState()
  }

  async function saveState() {
    try {
      await writeLogState(storage, { id, slow: slow.all() }, redact)
      isStateSaved = true
    } catch (error) {
      if (isStateSaved) log('warn', 'state_not_saved', { reason: (error as Error).message })
      isStateSaved = false
    }
  }

  async function prune() {
    const now = clock.now()
    const isOld = ({ hour }: LogFile) => later(hour, HOUR_MS) < now - LOG_KEPT_MS
    const old = files.filter((file) => file !== writer.current() && isOld(file))
    for (const { name } of old) await storage.remove(name)
    files = files.filter((file) => !old.includes(file))
    const horizon = keptFrom(now)
    slow.dropBefore({ raw: horizon, all: horizon })
    await saveState()
  }

  let seq = 0
  function add(content: { kind: 'observed' | 'told'; observed: Observation } | Unmarked) {
    seq += 1
    const record: LogRecord = { seq, at: clock.now(), ...content }
    keepNewest(record)
    tail.add(record, writer.add(record), writer.writtenSeq())
  }

  async function* after(wanted: number): AsyncGenerator<LogRecord> {
    // Taken first: what leaves the tail meanwhile is on disk, and what comes is for the next time.
    const recent = tail.after(wanted)
    const isInMemory = tail.firstSeq() <= wanted + 1
    if (!isInMemory)
      for (const file of filesAfter(files, wanted))
        for await (const record of recordsAfter(storage, file, wanted)) {
          if (record.seq >= recent.firstSeq) break
          yield record
        }
    yield* recent.records
  }

  await readState()
  await readBack()
  // The files may be from before the state was saved.
  seq = (Math.floor(seqOf(newest) / RUN_STRIDE) + 1) * RUN_STRIDE
  const firstOfRun = seq

  return {
    get id() {
      return id
    },
    told,
    write(observed) {
      const fresh = news.of(observed)
      takeSlow(observed)
      // The registry is told in whole namespaces: it is saved with the state, not with every look.
      const kept = { ...fresh.observed, registry: [] }
      if (!isNothing(kept))
        for (const part of inRecords(kept)) add({ kind: 'observed', observed: part })
      return fresh
    },
    unmark(marker) {
      slow.removeMarker(marker)
      add({ kind: 'unmarked', id: marker })
    },
    tell(metrics, limits) {
      const missing = told.missing(metrics, limits, keptFrom(clock.now()))
      if (!missing) return
      told.take(missing)
      for (const part of inRecords(missing)) add({ kind: 'told', observed: part })
    },
    async read(from, to, samplesFrom) {
      const found = createHistoryRecord()
      found.add(slow.all())
      for await (const record of after(await seqBefore(from)))
        if (record.kind === 'observed')
          found.add({
            ...NOTHING_OBSERVED,
            samples: record.observed.samples,
            errors: record.observed.errors,
          })
      return found.between(from, to, samplesFrom)
    },
    after,
    seqBefore,
    isKnown(wanted) {
      const oldest = Math.min(files[0]?.firstSeq ?? Infinity, tail.firstSeq())
      return wanted <= seq && wanted >= Math.min(oldest - 1, newest?.seq ?? firstOfRun)
    },
    lastSeq: () => seq,
    newest: () => newest,
    trouble: writer.trouble,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    flushed: writer.flushed,
    prune,
    async close() {
      await writer.close()
      await saveState()
    },
  }

  async function seqBefore(at: EpochMs): Promise<number> {
    const isLateEnough = ({ hour }: LogFile) => later(hour, HOUR_MS) > at
    const first = files.find(isLateEnough)
    const start = Math.min(first?.firstSeq ?? Infinity, tail.firstSeq()) - 1
    if (start === Infinity) return seq
    for await (const record of after(start)) if (record.at >= at) return record.seq - 1
    return seq
  }
}

type Unmarked = { kind: 'unmarked'; id: string }

const keptFrom = (now: EpochMs) => epochMs(now - LOG_KEPT_MS)

const seqOf = (newest: { seq: number } | null) => newest?.seq ?? 0

function newestSampleIn(record: LogRecord): number | null {
  if (record.kind === 'unmarked') return null
  const { samples } = record.observed
  if (samples.length === 0) return null
  return samples.reduce((most, { series }) => Math.max(most, series.timeMs.at(-1) ?? most), 0)
}

/** The files that may hold a record after this number. */
const filesAfter = (files: readonly LogFile[], seq: number) =>
  files.filter((_, i) => (files[i + 1]?.firstSeq ?? Infinity) > seq + 1)

const isNothing = (observed: Observation) =>
  Object.values(observed).every((list: readonly unknown[]) => list.length === 0)
