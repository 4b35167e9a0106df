/** `isNumber`: to the right, and in one line. `isInstant`: in one line. */
export type TextColumn = { name: string; isNumber?: boolean; isInstant?: boolean }

/** A table of a report as text: what HTML and Markdown both write. */
export type TextTable = {
  title: string
  /** The first column names the row. */
  columns: readonly TextColumn[]
  rows: readonly (readonly string[])[]
  /** Said in place of the table where it has no row. */
  empty: string
  /** Sentences under it. */
  remarks: readonly string[]
}
