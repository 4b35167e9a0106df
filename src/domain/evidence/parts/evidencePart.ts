/** The parts of the evidence, in the order in which they are read; a card opens the drawer at one. */
export type PartId =
  | 'dose'
  | 'sure'
  | 'shifts'
  | 'order'
  | 'against'
  | 'grades'
  | 'next'
  | 'forecast'
  | 'leak'
  | 'notReleased'
  | 'storm'
  | 'enough'
  | 'raise'

/** One number with its name, and what it means to somebody who never read a book on statistics. */
export type EvidenceRow = {
  name: string
  value: string
  /** Empty where the name says it all. */
  meaning: string
  /** For display only: it decides nothing. */
  isQuiet?: boolean
  /** The picture of its part shows it already; only the text report writes it. */
  isPictured?: boolean
}

/** A part of the evidence in words: what the drawer shows under a heading and the text report writes. */
export type EvidencePart = {
  id: PartId
  title: string
  /** Sentences, most important first. */
  says: readonly string[]
  rows: readonly EvidenceRow[]
  /** What the picture of this part shows, in plain words; null where it has none. */
  meaning: string | null
}
