import { NOTHING_OBSERVED, type Observation } from '#domain/observation.ts'
import { bytePieces, type ByteSource } from '../byteSource.ts'
import { ImportError } from '../importError.ts'
import { createTextIntake } from '../textIntake.ts'
import { dialectOfFile } from './dialectOfFile.ts'
import { createJtlPass, fileIdOf, type JtlAttempt, type JtlCounts } from './jtlPass.ts'

/** How far an import is. */
export type ImportProgress = { bytes: number; totalBytes: number }

/** What a JMeter CSV file holds. Plain data that survives `structuredClone`; free of secrets. */
export type JtlImport = JtlCounts & {
  /** The same for the same file at every import, also when it has grown meanwhile. */
  fileId: string
  observation: Observation
}

type OpenOptions = {
  /** Hears of every attempt (samples that repeat others left out), in the order of the file. */
  onAttempt?: ((attempt: JtlAttempt) => void) | undefined
}

export type ReadJtlOptions = OpenOptions & {
  /** The file's name: for messages, and as the origin of its series. */
  name: string
  onProgress?: ((progress: ImportProgress) => void) | undefined
  signal?: AbortSignal | undefined
}

/**
 * What a file holds so far. `fileId` is null before its first sample; `newestThreads` are those of
 * the sample that was over last, null where it does not say.
 */
export type CountsSoFar = JtlCounts & { fileId: string | null; newestThreads: number | null }

/** A JMeter CSV file that is being read, also while JMeter still writes it. */
export type JtlReading = {
  /**
   * Takes the next bytes as they stand in the file, cut anywhere; they are not kept. Throws
   * ImportError when the file turns out to be none that can be read.
   */
  push: (bytes: Uint8Array) => void
  /**
   * What the stores should take and did not get before. The newest second of the file may still
   * grow: it is held back until a later one is read, or `isQuiet` says that nothing was added for
   * a while, or the file is over. Nothing before the file has its first whole line; throws
   * ImportError where that is no JTL's.
   *
   * All news taken together are `end().observation`, if rows come in the order of the seconds in
   * which they end. Where a row comes later than that, a lower sample of its second may stand beside
   * the highest, an error keeps the instant it was told at, and a gap told once stays.
   */
  news: (options?: { isQuiet?: boolean }) => Observation
  /** What was counted so far, without a line that is half written; null before the first whole line. */
  counts: () => CountsSoFar | null
  /**
   * The file is over: its last line counts, with a line break behind it or without. Throws
   * ImportError where nothing in the file can be used.
   */
  end: () => JtlImport
}

/** Begins to read a JMeter CSV file that arrives in pieces. `name`: see `ReadJtlOptions`. */
export function openJtlReading(name: string, { onAttempt }: OpenOptions = {}): JtlReading {
  const intake = createTextIntake(name, (head) =>
    createJtlPass(name, dialectOfFile(head, name), onAttempt),
  )
  return {
    push: intake.push,
    news: ({ isQuiet = false } = {}) => intake.begun()?.news(isQuiet) ?? NOTHING_OBSERVED,
    counts() {
      const pass = intake.begun()
      if (!pass) return null
      return { ...pass.counts(), fileId: pass.fileId(), newestThreads: pass.newestThreads() }
    },
    end() {
      const pass = intake.end()
      pass.end()
      const { summary, rejected } = pass.counts()
      const [first] = rejected
      if (summary.samples === 0 && first) {
        throw new ImportError(
          'noUsableColumn',
          `${name}: none of its ${summary.rejected} records can be used; line ${first.line}: ${first.reason}`,
        )
      }
      // Before the counts: what is taken out of its texts is among them.
      const observation = pass.observation()
      return { fileId: pass.fileId() ?? fileIdOf(name, null), observation, ...pass.counts() }
    },
  }
}

/** Progress is told per percent: more than a screen can show would only cost it work. */
const PROGRESS_STEPS = 100

/**
 * Reads a JMeter CSV file in one streaming pass. Throws ImportError when the file is refused as a
 * whole, and the signal's reason when aborted; broken lines are left out and told.
 */
export async function readJtl(file: ByteSource, options: ReadJtlOptions): Promise<JtlImport> {
  const { name, onProgress, onAttempt, signal } = options
  const reading = openJtlReading(name, { onAttempt })
  let bytes = 0
  let toldBytes = 0
  for await (const piece of bytePieces(file, name, signal)) {
    reading.push(piece)
    bytes += piece.length
    if (bytes < file.size && bytes - toldBytes < file.size / PROGRESS_STEPS) continue
    toldBytes = bytes
    onProgress?.({ bytes, totalBytes: file.size })
  }
  return reading.end()
}
