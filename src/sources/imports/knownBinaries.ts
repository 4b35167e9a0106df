/** A kind of file that is no text, known by its first bytes, and what to do instead. */
type Known = { title: string; instead: string; isIt: (start: Uint8Array) => boolean }

const magic =
  (...bytes: readonly number[]) =>
  (start: Uint8Array) =>
    bytes.every((byte, i) => start[i] === byte)

const archive = (title: string, ...bytes: readonly number[]): Known => ({
  title,
  instead: 'unpack it first',
  isIt: magic(...bytes),
})

/** No mark of a file is longer; what tells more stands behind it and usually came with it. */
export const MARK_BYTES = 5
/** Where the first file of a package is named. */
const NAME_BYTES = 64

const ZIP = magic(0x50, 0x4b, 0x03, 0x04)
const textOf = (bytes: Uint8Array) => String.fromCharCode(...bytes)

/**
 * Since 3.12 `simulation.log` is binary: a zero, the length of the version in four bytes, the version.
 * Source: gatling/gatling issue 4596.
 */
function isGatling(start: Uint8Array): boolean {
  const length = start[4] ?? 0
  const isRunRecord = start[0] === 0 && start[1] === 0 && start[2] === 0 && start[3] === 0
  return isRunRecord && length < 32 && /^\d+\.\d+\.\d+/.test(textOf(start.subarray(5, 5 + length)))
}

const KNOWN: readonly Known[] = [
  archive('a gzip file', 0x1f, 0x8b),
  {
    title: 'an Office document',
    instead: 'save its table as CSV',
    isIt: (start) =>
      ZIP(start) && textOf(start.subarray(0, NAME_BYTES)).includes('[Content_Types]'),
  },
  { title: 'a zip archive', instead: 'unpack it first', isIt: ZIP },
  archive('a zstd file', 0x28, 0xb5, 0x2f, 0xfd),
  archive('an xz file', 0xfd, 0x37, 0x7a, 0x58, 0x5a),
  archive('a bzip2 file', 0x42, 0x5a, 0x68),
  {
    title: 'a binary Gatling log (Gatling 3.12 and later)',
    instead:
      'run the test with Gatling up to 3.11, whose simulation.log is text, or export the log as CSV with a time column',
    isIt: isGatling,
  },
  { title: 'a PDF', instead: 'choose the raw results', isIt: magic(0x25, 0x50, 0x44, 0x46) },
  {
    title: 'a packet capture',
    instead: 'export what was counted in it as CSV with a time column',
    isIt: (start) =>
      magic(0xd4, 0xc3, 0xb2, 0xa1)(start) ||
      magic(0xa1, 0xb2, 0xc3, 0xd4)(start) ||
      magic(0x0a, 0x0d, 0x0d, 0x0a)(start),
  },
  {
    title: 'a SQLite database',
    instead: 'export a table of it as CSV with a time column',
    isIt: (start) => textOf(start.subarray(0, 15)) === 'SQLite format 3',
  },
]

/** `a gzip file: unpack it first`; null where the bytes are of no kind that is known here. */
export function knownBinary(start: Uint8Array): string | null {
  const known = KNOWN.find(({ isIt }) => isIt(start))
  return known ? `${known.title}: ${known.instead}` : null
}
