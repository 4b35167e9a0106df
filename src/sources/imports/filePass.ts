import type { TableChoice } from './csv/tableChoice.ts'
import type { FileAttempt, FileImport } from './fileImport.ts'
import type { SampleEnd } from './jtl/sampleStamps.ts'

/** One file of one format while it is read. */
export type FilePass = {
  /**
   * Takes the next UTF-8 bytes, cut anywhere; they are not kept. Throws ImportError when the file
   * turns out to be none that can be read.
   */
  push: (bytes: Uint8Array) => void
  /** The file is over. Throws ImportError where nothing in it can be used. */
  end: () => FileImport
}

/** What a reader of a file wants to hear while it is read. */
export type Hears = {
  /** Hears of every attempt (samples that repeat others left out), in the order of the file. */
  onAttempt?: ((attempt: FileAttempt) => void) | undefined
  /** Whether the observation is to hold what single clients did, where the file tells them apart. */
  wantsClients?: boolean | undefined
  /** Which end of a sample a JTL's times are read as: JMeter writes starts unless told otherwise. */
  stamp?: SampleEnd | undefined
  /** Somebody's choice of columns, for a plain table. */
  columns?: TableChoice | undefined
}

/** Begins to read a file whose format is known; `head` is how it begins. */
export type OpenPass = (name: string, head: string, hears: Hears) => FilePass
