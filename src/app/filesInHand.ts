/** Files that were chosen on one screen for another: they go along within the page, never in an address. */
let inHand: readonly File[] = []

export function takeAlong(files: readonly File[]) {
  inHand = files
}

/** Those that were taken along, once. */
export function takeFiles(): readonly File[] {
  const files = inHand
  inHand = []
  return files
}
