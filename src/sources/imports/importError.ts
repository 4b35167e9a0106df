/**
 * Why a file was refused as a whole:
 * - `empty`: it holds nothing · `binary`: it is no text (or packed) · `otherFormat`: it is something else
 * - `noUsableColumn`: a table, but nothing in it can be placed on a time axis
 * - `unreadable`: the file could not be read to its end
 */
export type ImportErrorKind = 'empty' | 'binary' | 'otherFormat' | 'noUsableColumn' | 'unreadable'

/** A file that was refused. The message names the file, the line where there is one, and what was expected. */
export class ImportError extends Error {
  override readonly name = 'ImportError'
  readonly kind: ImportErrorKind

  constructor(kind: ImportErrorKind, message: string, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
  }
}
