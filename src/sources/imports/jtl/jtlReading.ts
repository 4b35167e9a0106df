import { NOTHING_OBSERVED, type Observation } from '#domain/observation.ts'
import type { FileCounts, FileImport } from '../fileImport.ts'
import type { Hears } from '../filePass.ts'
import { createTextIntake } from '../textIntake.ts'
import { dialectOfFile } from './dialectOfFile.ts'
import { createJtlPass } from './jtlPass.ts'

/**
 * What a file holds so far. `fileId` is null before its first sample; `newestThreads` are those of
 * the sample that was over last, null where it does not say.
 */
export type CountsSoFar = FileCounts & { fileId: string | null; newestThreads: number | null }

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
  end: () => FileImport
}

/** Begins to read a JMeter CSV file that arrives in pieces; `name` is for messages, and the origin of its series. */
export function openJtlReading(name: string, hears: Hears = {}): JtlReading {
  const intake = createTextIntake(name, (head) =>
    createJtlPass(name, dialectOfFile(head, name), hears),
  )
  return {
    push: intake.push,
    news: ({ isQuiet = false } = {}) => intake.begun()?.news(isQuiet) ?? NOTHING_OBSERVED,
    counts() {
      const pass = intake.begun()
      if (!pass) return null
      return { ...pass.counts(), fileId: pass.fileId(), newestThreads: pass.newestThreads() }
    },
    end: () => intake.end().end(),
  }
}
