import { durationMs } from '#domain/units.ts'
import type { Clock, Timer } from '#monitor/clock.ts'
import type { EventLog } from '../eventLog.ts'
import { fileReason } from '../fileReason.ts'
import type { LogStorage } from '../log/logStorage.ts'
import { LOG_KEPT_MS, type OrgLog } from '../log/orgLog.ts'
import type { ReadMark } from './markedReading.ts'

/** Up to where the followed files of an organisation were told, so that a restart tells nothing twice. */
export type ReadMarks = {
  of: (file: string) => ReadMark | null
  /** All that was told so far is in the log's hands. Kept within a few seconds, and never before the log is on disk. */
  set: (file: string, mark: ReadMark | null) => void
  /** Keeps what is not kept yet. Never rejects: it is told in the log. */
  close: () => Promise<void>
}

type Options = {
  storage: LogStorage
  orgLog: Pick<OrgLog, 'flushed' | 'trouble'>
  clock: Clock
  timer: Timer
  log: EventLog
}

const NAME = 'followed.json'
const VERSION = 1
/** What was told since is told again after `kill -9`, and recognised by the log, which is as recent. */
const SAVE_AFTER_MS = durationMs(5_000)

/** As it is kept, with the instant (ms) at which it last changed. */
type Kept = ReadMark & { at: number }

/** Reads back what the run before kept. */
export async function openReadMarks(options: Options): Promise<ReadMarks> {
  const { storage, orgLog, clock, timer, log } = options
  const marks = await readBack(storage, log)
  // What is older than all that is taken in of a file needs no mark.
  for (const [file, { at }] of marks) if (at < clock.now() - LOG_KEPT_MS) marks.delete(file)
  let isChanged = false
  let isTrouble = false
  let isClosed = false
  let saving: Promise<void> | null = null
  let cancelSave: (() => void) | null = null

  async function write() {
    const text = JSON.stringify({ version: VERSION, files: Object.fromEntries(marks) })
    isChanged = false
    await orgLog.flushed()
    // What the disk did not take is told anew by the next run.
    if (orgLog.trouble()) {
      isChanged = true
      return
    }
    try {
      await storage.replace(NAME, `${text}\n`)
      isTrouble = false
    } catch (error) {
      isChanged = true
      if (!isTrouble) log('warn', 'jtl_mark_not_saved', { reason: fileReason(error) })
      isTrouble = true
    }
  }

  function save(): Promise<void> {
    cancelSave?.()
    cancelSave = null
    saving ??= write().finally(() => {
      saving = null
      if (isChanged && !isClosed) saveLater()
    })
    return saving
  }

  function saveLater() {
    cancelSave ??= timer.after(SAVE_AFTER_MS, () => void save())
  }

  return {
    of: (file) => marks.get(file) ?? null,
    set(file, mark) {
      if (isSame(marks.get(file) ?? null, mark)) return
      if (mark) marks.set(file, { ...mark, at: clock.now() })
      else marks.delete(file)
      isChanged = true
      saveLater()
    },
    async close() {
      isClosed = true
      await saving
      if (isChanged) await save()
      cancelSave?.()
    },
  }
}

const isSame = (a: ReadMark | null, b: ReadMark | null) =>
  a?.readBytes === b?.readBytes && a?.before === b?.before && a?.isResting === b?.isResting

async function readBack(storage: LogStorage, log: EventLog): Promise<Map<string, Kept>> {
  try {
    if (!(await storage.names()).includes(NAME)) return new Map()
    const { version, files } = JSON.parse(await storage.read(NAME)) as Record<string, unknown>
    if (version !== VERSION || typeof files !== 'object' || files === null)
      throw new TypeError(`${NAME} is not as it was written`)
    return new Map(
      Object.entries(files).filter((entry): entry is [string, Kept] => isKept(entry[1])),
    )
  } catch (error) {
    log('warn', 'jtl_marks_unreadable', { reason: fileReason(error) })
    return new Map()
  }
}

function isKept(value: unknown): value is Kept {
  const { readBytes, before, isResting, at } = (value ?? {}) as Partial<Kept>
  return (
    Number.isSafeInteger(readBytes) &&
    typeof before === 'string' &&
    typeof isResting === 'boolean' &&
    typeof at === 'number'
  )
}
