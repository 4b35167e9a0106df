import type { ReadBy } from '#domain/incident/draft.ts'
import type { FileImport } from '#sources/imports/fileImport.ts'
import type { importFile } from '#sources/imports/importFile.ts'
import { messageOf } from '../messageOf.ts'
import type { PendingFile } from './reviewState.ts'

/** A file that was read: what it held, how, and with which others it came. */
export type ReadDone = { file: File; result: FileImport; readBy: ReadBy; drop: number }

type Options = {
  readFile: typeof importFile
  /** What comes before any file: what was kept of the review. */
  ready: Promise<void>
  /** How somebody said that a file is read; null where nobody did. */
  readByOf: (fileId: string) => ReadBy | null
  pending: (pending: readonly PendingFile[]) => void
  done: (read: ReadDone) => void
}

/** Reads files side by side, each until it is over, refused or called off, and again by another answer. */
export function createFileReadings({ readFile, ready, readByOf, pending, done }: Options) {
  /** Files as chosen in this page, for reading them again. */
  const chosen = new Map<string, Pick<ReadDone, 'file' | 'result' | 'drop'>>()
  const reading = new Map<number, AbortController>()
  /** The newest reading of a file by another answer. */
  const again = new Map<string, number>()
  let shown: readonly PendingFile[] = []
  let lastId = 0
  let lastDrop = 0

  function show(id: number, file: PendingFile | null) {
    const others = shown.filter((one) => one.id !== id)
    shown = file ? [...others, file] : others
    pending(shown)
  }

  async function read(file: File, drop: number, readBy: ReadBy | null = null): Promise<void> {
    const id = ++lastId
    const { name } = file
    const cancel = new AbortController()
    const { signal } = cancel
    const tell = (news: PendingFile | null) => {
      if (!signal.aborted) show(id, news)
    }
    reading.set(id, cancel)
    tell({ id, name, kind: 'reading', bytes: 0, totalBytes: file.size })
    try {
      const result = await readFile(file, {
        name,
        signal,
        wantsClients: true,
        onProgress: (progress) => tell({ id, name, kind: 'reading', ...progress }),
        ...readBy,
      })
      await ready
      if (signal.aborted) return
      tell(null)
      const kept = readByOf(result.fileId)
      // Opened once more it is read as somebody said before: the same file twice changes nothing.
      const isToReread = readBy === null && kept !== null && Object.keys(kept).length > 0
      if (isToReread && !result.bundle) return await read(file, drop, kept)
      if (!result.bundle) chosen.set(result.fileId, { file, result, drop })
      done({ file, result, readBy: readBy ?? {}, drop })
    } catch (error) {
      tell({ id, name, kind: 'failed', message: messageOf(error) })
    } finally {
      reading.delete(id)
    }
  }

  function callOff(id: number | undefined) {
    if (id === undefined) return
    reading.get(id)?.abort()
    show(id, null)
  }

  return {
    /** Files that came together. */
    open: (files: readonly File[]) => {
      const drop = ++lastDrop
      for (const file of files) void read(file, drop)
    },
    /** Reads a file by another answer; the newest one holds, whichever reading is over first. */
    again: (fileId: string, readBy: ReadBy) => {
      const known = chosen.get(fileId)
      if (!known) return
      callOff(again.get(fileId))
      void read(known.file, known.drop, { ...readByOf(fileId), ...readBy })
      again.set(fileId, lastId)
    },
    /** Calls a reading off, or clears away why a file was refused. */
    dismiss: callOff,
    /** A file is wanted no more: nor is what it is read again for. */
    forgo: (fileId: string) => callOff(again.get(fileId)),
    /** A file as it was chosen in this page; null after a reload. */
    chosen: (fileId: string) => chosen.get(fileId) ?? null,
    stop() {
      for (const cancel of reading.values()) cancel.abort()
      shown = []
    },
  }
}
