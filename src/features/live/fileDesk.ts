import type { EpochMs } from '#domain/units.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'
import { HEAD_BYTES } from '#sources/imports/byteSource.ts'
import { ImportError } from '#sources/imports/importError.ts'
import type { FileCounts } from '#sources/imports/fileImport.ts'
import { askToRead, type OpenedFile, whyNotFollowed } from '#sources/imports/tail/fileAccess.ts'
import { markFollowed, untilUnfollowed } from '#sources/imports/tail/followMark.ts'
import { forgetFile, keepFile, keptFile } from '#sources/imports/tail/keptFile.ts'
import type { TailNews } from '#sources/imports/tail/tailJtl.ts'
import { heardOf } from './followedFile.ts'
import type { DeskFile, WhyOnce } from './deskFile.ts'
import { spanOf } from './fileWords.ts'

/** Where one file at a time is read or followed. */
export type FileDesk = {
  /** What stands on the desk; a new one with every news of it. */
  file: () => DeskFile | null
  subscribe: (listener: () => void) => () => void
  open: (opened: OpenedFile) => void
  /** Goes on with a file that the browser may not read (any more). Straight from a click. */
  allow: (handle: FileSystemFileHandle) => Promise<void>
  /** Enough of the followed file: its run ends, and it is not offered again. */
  stop: () => void
  /** Ends what goes on and clears the desk. */
  close: () => void
  /**
   * The screen is there: goes on with what it was left with, or offers what was followed before.
   * `onSpan` hears of a file that has been read to its end. Gives the way out.
   */
  attend: (onSpan: OnSpan) => () => void
}

/** From where to where a file goes. `isFollowed`: it may go on. */
type OnSpan = (from: EpochMs, to: EpochMs, isFollowed: boolean) => void

/** Files that were followed when their screen was left: it goes on with them when it comes back. */
const left = new WeakMap<OrgMonitor, FileSystemFileHandle>()

/**
 * A desk without a file. What a file holds is handed to the monitor, as if it had been polled. The
 * readers are loaded with the first file; a newer file ends the one before it.
 */
export function createFileDesk(monitor: OrgMonitor): FileDesk {
  const org = monitor.facts().organisation.id
  const listeners = new Set<() => void>()
  let shown: DeskFile | null = null
  let current = new AbortController()
  let followed: FileSystemFileHandle | null = null
  let stop: (() => void) | null = null
  let notKept: string | null = null
  let onSpan: OnSpan | null = null

  function show(next: DeskFile | null) {
    shown = next
    for (const listener of listeners) listener()
  }

  function begin(next: FileSystemFileHandle | null = null): AbortSignal {
    current.abort()
    current = new AbortController()
    followed = next
    stop = null
    return current.signal
  }

  const fail = (name: string, error: unknown) =>
    show({ kind: 'failed', name, message: reasonOf(error) })

  function tellSpan(counts: FileCounts, isFollowed: boolean) {
    const span = spanOf(counts)
    if (span) onSpan?.(span.from, span.to, isFollowed)
  }

  async function read(file: File, whyOnce: WhyOnce) {
    const signal = begin()
    const { name } = file
    show({ kind: 'reading', name, bytes: 0, totalBytes: file.size })
    try {
      const { importFile } = await import('#sources/imports/importFile.ts')
      const result = await importFile(file, {
        name,
        signal,
        onProgress: (progress) => {
          if (!signal.aborted) show({ kind: 'reading', name, ...progress })
        },
      })
      if (signal.aborted) return
      if (result.bundle) {
        fail(name, new Error(`${name} is a Tidemark bundle: open it on Review, or in a browser`))
        return
      }
      await monitor.observeLong(result.observation)
      if (signal.aborted) return
      show({ kind: 'read', name, file, result, whyOnce })
      tellSpan(result, false)
    } catch (error) {
      if (signal.aborted) return
      // The browser keeps to what was chosen: what was written to since cannot be read.
      const isChanged = error instanceof ImportError && error.kind === 'unreadable'
      fail(name, isChanged ? changedWords(name) : error)
    }
  }

  async function open({ file, handle }: OpenedFile) {
    if (!handle) return read(file, whyNotFollowed() ?? 'noHandle')
    const whole = await thatIsWhole(handle)
    return whole ? read(whole, 'format') : follow(handle)
  }

  function keep(handle: FileSystemFileHandle) {
    notKept = null
    keepFile(org, handle).catch((error: unknown) => {
      notKept = reasonOf(error)
    })
  }

  async function follow(handle: FileSystemFileHandle) {
    const signal = begin(handle)
    const { name } = handle
    keep(handle)
    show({ kind: 'reading', name, bytes: 0, totalBytes: 0 })
    try {
      const { followJtl } = await import('#sources/imports/tail/followJtl.ts')
      if (signal.aborted) return
      const following = followJtl(handle, { name, signal, onNews: (news) => hear(handle, news) })
      markFollowed(org, following.ended)
      stop = following.stop
      await following.ended
      followed = null
      show({ kind: 'ended', name, result: shown?.kind === 'followed' ? shown.state.soFar : null })
    } catch (error) {
      if (!signal.aborted) fail(name, error)
    }
  }

  function hear(handle: FileSystemFileHandle, news: TailNews) {
    if (news.kind === 'reading') {
      show({ kind: 'reading', name: handle.name, ...news.progress })
      return
    }
    for (const observed of news.observations) monitor.observe(observed)
    const before = shown?.kind === 'followed' ? shown : null
    show({ kind: 'followed', notKept, ...heardOf(handle, before, news, monitor.now()) })
    if (before === null && news.state.soFar) tellSpan(news.state.soFar, true)
  }

  /** Once no tab follows a file: the one that does reads for all. */
  async function offerKept() {
    const { signal } = current
    try {
      await untilUnfollowed(org, signal)
      const handle = await keptFile(org)
      if (handle && !signal.aborted) show({ kind: 'offered', handle, isRefused: false })
    } catch {
      // Another file came first, or nothing can be kept here, which `keep` tells: nothing is offered.
    }
  }

  return {
    file: () => shown,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    open: (opened) => void open(opened),
    async allow(handle) {
      const isAllowed = await askToRead(handle)
      // One that is followed goes on with the next look.
      if (shown?.kind !== 'offered') return
      if (isAllowed) await follow(handle)
      else show({ kind: 'offered', handle, isRefused: true })
    },
    stop() {
      stop?.()
      void forgetFile(org)
    },
    close() {
      begin()
      show(null)
      void forgetFile(org)
    },
    attend(hearsOfSpan) {
      onSpan = hearsOfSpan
      const handle = left.get(monitor)
      left.delete(monitor)
      begin()
      if (handle) void follow(handle)
      else if (!whyNotFollowed()) void offerKept()
      return () => {
        if (followed) left.set(monitor, followed)
        begin()
        shown = null
      }
    },
  }
}

/**
 * The file behind a handle where it is of a format that does not grow line by line. Null where it is what
 * is followed, or nothing that is known yet: JMeter may not have begun to write.
 */
async function thatIsWhole(handle: FileSystemFileHandle): Promise<File | null> {
  try {
    const file = await handle.getFile()
    const { recogniseFormat } = await import('#sources/imports/recogniseFormat.ts')
    const format = recogniseFormat(await file.slice(0, HEAD_BYTES).text())
    return format === null || format === 'jtl-csv' ? null : file
  } catch {
    // What cannot be read is told by whoever follows it, with the reason.
    return null
  }
}

const changedWords = (name: string) =>
  `${name} cannot be read: it has changed, or is gone, since it was chosen. Choose it again.`

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
