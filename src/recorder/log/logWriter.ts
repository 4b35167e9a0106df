import type { EpochMs } from '#domain/units.ts'
import type { Clock, Timer } from '#monitor/clock.ts'
import { type LogFile, logFileOf } from './logFiles.ts'
import { type LogRecord, lineOf, type Redact } from './logRecord.ts'
import type { LogStorage } from './logStorage.ts'

/** Why nothing is written, and since when. */
export type WriteTrouble = { reason: string; since: EpochMs }

/** Writes records in their order, each at once. */
export type LogWriter = {
  /** Writes a record, and gives its line. */
  add: (record: LogRecord) => string
  /** The number of the newest record on disk. */
  writtenSeq: () => number
  trouble: () => WriteTrouble | null
  /** Resolves when all that was added is on disk, or known not to be. */
  flushed: () => Promise<void>
  /** The file that is written to. */
  current: () => LogFile | null
  /** Writes what is left, once, and tries no more. */
  close: () => Promise<void>
}

type Options = {
  storage: LogStorage
  clock: Clock
  timer: Timer
  redact: Redact
  /** Hears that `trouble` says something else, and how many records were given up for want of memory. */
  changed: (trouble: WriteTrouble | null) => void
  lost: (records: number) => void
  /** The first records of a file are on disk. */
  began: (file: LogFile) => void
}

/** How long a disk that takes nothing is left alone. */
export const RETRY_MS = 5_000
/** What waits in memory while the disk takes nothing: hours of one organisation. The oldest make room. */
const MOST_WAITING_CHARS = 4_000_000

type Waiting = { record: LogRecord; line: string }

/**
 * Appends to one file an hour. Where that fails, records wait in memory and are offered again every
 * few seconds; a line that was written in part is cut off first.
 */
export function createLogWriter(options: Options): LogWriter {
  const { storage, clock, timer, redact, changed, lost, began } = options
  let waiting: Waiting[] = []
  let waitingChars = 0
  let file: LogFile | null = null
  let sizeBytes = 0
  let isTorn = false
  let isBegun = false
  let writtenSeq = -1
  let trouble: WriteTrouble | null = null
  let draining: Promise<void> | null = null
  let cancelRetry: () => void = () => undefined
  let isClosed = false

  function setTrouble(next: WriteTrouble | null) {
    const isNews = next?.reason !== trouble?.reason
    trouble = next
    if (isNews) changed(next)
  }

  function makeRoom() {
    let given = 0
    // The first ones are being written; while they are, nothing is given up.
    while (draining === null && waitingChars > MOST_WAITING_CHARS && given < waiting.length - 1) {
      waitingChars -= waiting[given]!.line.length
      given += 1
    }
    if (given === 0) return
    waiting = waiting.slice(given)
    lost(given)
  }

  /** The file of the first waiting record, and all that are to go there. */
  function nextLot(): { target: LogFile; lot: readonly Waiting[] } {
    const hourOf = ({ record }: Waiting) => logFileOf(record.seq, record.at)
    const first = hourOf(waiting[0]!)
    const target = file && file.hour === first.hour ? file : first
    const end = waiting.findIndex((one) => hourOf(one).hour !== target.hour)
    return { target, lot: waiting.slice(0, end === -1 ? undefined : end) }
  }

  async function writeLot() {
    const { target, lot } = nextLot()
    if (target !== file) {
      file = target
      sizeBytes = 0
      isBegun = false
    }
    if (isTorn) await storage.cut(target.name, sizeBytes)
    const text = lot.map(({ line }) => `${line}\n`).join('')
    isTorn = true
    await storage.append(target.name, text)
    isTorn = false
    if (!isBegun) began(target)
    isBegun = true
    sizeBytes += Buffer.byteLength(text)
    writtenSeq = lot.at(-1)!.record.seq
    waiting = waiting.slice(lot.length)
    waitingChars -= text.length - lot.length
  }

  async function drain() {
    cancelRetry()
    try {
      while (waiting.length > 0) await writeLot()
      setTrouble(null)
    } catch (error) {
      setTrouble({ reason: reasonOf(error), since: trouble?.since ?? clock.now() })
      if (!isClosed) cancelRetry = timer.after(RETRY_MS, () => void start())
    }
  }

  function start(): Promise<void> {
    draining ??= drain().finally(() => {
      draining = null
      makeRoom()
    })
    return draining
  }

  return {
    add(record) {
      const line = lineOf(record, redact)
      waiting.push({ record, line })
      waitingChars += line.length
      makeRoom()
      // A disk in trouble is asked again when its time has come, not with every record.
      if (trouble === null) void start()
      return line
    },
    writtenSeq: () => writtenSeq,
    trouble: () => trouble,
    flushed: async () => {
      // What was added while a lot was written begins another one.
      while (draining) await draining
    },
    current: () => file,
    async close() {
      isClosed = true
      cancelRetry()
      while (draining) await draining
      if (waiting.length > 0) await start()
    },
  }
}

/** In words that say what to do where we know it. */
function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC') return 'the disk is full (ENOSPC)'
  if (code === 'EACCES' || code === 'EPERM') return `the folder may not be written to (${code})`
  if (code === 'EROFS') return 'the disk is read-only (EROFS)'
  return code ?? message
}
