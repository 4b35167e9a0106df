/** Why an incident could not be written as one file. `tooLarge`: it would exceed 10 MB. */
export type BundleErrorKind = 'tooLarge'

/** An incident that could not be written. The message says what would help. */
export class BundleError extends Error {
  override readonly name = 'BundleError'
  readonly kind: BundleErrorKind

  constructor(kind: BundleErrorKind, message: string) {
    super(message)
    this.kind = kind
  }
}
