import { createReadMark } from './readMark.ts'

/** A file as it was at one moment: a `File` is one. Reading it fails once the file has changed. */
export type FileSnapshot = {
  size: number
  lastModified: number
  slice: (start: number, end: number) => { arrayBuffer: () => Promise<ArrayBuffer> }
}

/** A file that may grow: a `FileSystemFileHandle` is one. */
export type GrowingFile = { getFile: () => Promise<FileSnapshot> }

/**
 * Why a file cannot be looked at:
 * - `gone`: there is no such file any more · `barred`: the browser may not read it (any more)
 * - `unreadable`: it is there, and reading it fails again and again
 */
export type FileTrouble = 'gone' | 'barred' | 'unreadable'

/** What one who follows a file hears of it. */
export type FileNews =
  /** The next bytes. `readBytes` of `sizeBytes` have been given with them. */
  | { kind: 'bytes'; bytes: Uint8Array; readBytes: number; sizeBytes: number }
  /**
   * It does not go on where it was: it was cut (`shorter`), or other bytes stand where known ones stood
   * (`other`: rotated, begun anew). What follows comes from its beginning.
   */
  | { kind: 'anew'; why: 'shorter' | 'other' }
  /** All there was at the last look has been given. */
  | { kind: 'level'; readBytes: number }
  /** It could not be looked at. It is tried again after the pause. */
  | { kind: 'trouble'; why: FileTrouble; reason: string }

/** What is read at one go: progress is told, and the snapshot renewed, so often. */
const PIECE_BYTES = 1_048_576
/**
 * A file may be written to between the snapshot and the reading of it. Measured in Chromium: at 600
 * writes a second every second reading is refused, at 3 000 four of five; one takes 3 ms.
 */
const MOST_TRIES = 30

/**
 * Follows a file that others write to: gives its bytes from the beginning, then those that are added,
 * each once and in order. After every `level` and `trouble` it waits for `pause`. It never ends by
 * itself; whoever listens stops by leaving the loop.
 *
 * Only new bytes are read, with the 4 kB before them by which the file is known again. A snapshot is
 * taken for every piece, since the browser refuses to read on in an older one.
 *
 * Throws what is none of the troubles of a file.
 */
export async function* followFile(
  file: GrowingFile,
  { pause }: { pause: () => Promise<void> },
): AsyncGenerator<FileNews, never, undefined> {
  let mark = createReadMark()
  /** When the file was last written to, as far as it was read to its end. */
  let levelAt: number | null = null

  function beginAnew(why: 'shorter' | 'other'): FileNews {
    mark = createReadMark()
    levelAt = null
    return { kind: 'anew', why }
  }

  async function look(): Promise<FileNews> {
    const snapshot = await file.getFile()
    const { size, lastModified } = snapshot
    const reached = mark.readBytes()
    if (size < reached) return beginAnew('shorter')
    if (size === reached && lastModified === levelAt) return { kind: 'level', readBytes: reached }
    const before = mark.beforeBytes()
    const until = Math.min(size, reached + PIECE_BYTES)
    const piece = await bytesOf(snapshot, reached - before, until)
    if (!mark.isKnown(piece.subarray(0, before))) return beginAnew('other')
    const bytes = piece.subarray(before)
    mark.take(bytes)
    if (until === size) levelAt = lastModified
    if (bytes.length === 0) return { kind: 'level', readBytes: reached }
    return { kind: 'bytes', bytes, readBytes: until, sizeBytes: size }
  }

  let failures = 0
  while (true) {
    let news: FileNews
    try {
      news = await look()
      failures = 0
    } catch (error) {
      news = troubleOf(error)
      failures += 1
      if (news.why === 'unreadable' && failures < MOST_TRIES) continue
    }
    yield news
    if (news.kind === 'anew') continue
    if (news.kind === 'bytes') {
      const { readBytes, sizeBytes } = news
      // A file that is written to all the time would never be found without something new.
      if (readBytes < sizeBytes) continue
      yield { kind: 'level', readBytes }
    }
    await pause()
  }
}

async function bytesOf(snapshot: FileSnapshot, start: number, end: number): Promise<Uint8Array> {
  if (start === end) return new Uint8Array()
  const bytes = new Uint8Array(await snapshot.slice(start, end).arrayBuffer())
  if (bytes.length === end - start) return bytes
  throw new DOMException('fewer bytes than the snapshot had', 'NotReadableError')
}

const TROUBLES: Readonly<Record<string, FileTrouble>> = {
  NotFoundError: 'gone',
  NotAllowedError: 'barred',
  SecurityError: 'barred',
  NotReadableError: 'unreadable',
}

function troubleOf(error: unknown) {
  const why = error instanceof DOMException ? TROUBLES[error.name] : undefined
  if (!why) throw error
  return { kind: 'trouble', why, reason: (error as DOMException).message } as const
}
