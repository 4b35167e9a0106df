import { afterBlanks } from './afterBlanks.ts'
import type { ScannedRow } from './scannedRow.ts'

const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d
const QUOTE = 0x22

/**
 * A record longer than this has lost its closing quote: no sampler writes a label of a million
 * bytes.
 */
const MAX_RECORD_BYTES = 1_000_000
/** What is taken in at one go: more would only make the buffer larger. */
const MAX_PIECE_BYTES = 262_144
/** A quoted cell of this length is remembered, so that what lies in it is searched once. */
const LONG_CELL_BYTES = 65_536

/** What every search stops at stands behind the last byte, and words are read beyond it. */
const SPARE_BYTES = 8
const EACH_BYTE = 0x01010101

const UNFINISHED = -1

/**
 * Splits UTF-8 bytes that arrive in pieces into records and cells, without making a string of any.
 * Knows nothing of what the cells mean. The rules are PapaParse's: a quote counts only as the first
 * byte of a cell and closes it only before a delimiter or a line break, blanks between left out; two
 * quotes in it are one. LF or CRLF; blank lines are left out.
 *
 * A quote that is never closed, or not within a million bytes, costs its first line: reading goes
 * on with the next. A line longer than that is left out. Where pieces end makes no difference.
 * Memory is bounded by the longest record.
 */
export function createCsvScanner(delimiter: number, onRow: (row: ScannedRow) => void) {
  const bytes = new Uint8Array(2 * MAX_PIECE_BYTES)
  const row: ScannedRow = {
    bytes,
    view: new DataView(bytes.buffer),
    line: 1,
    isQuoteOpen: false,
    isTooLong: false,
    width: 0,
    starts: new Int32Array(32),
    ends: new Int32Array(32),
    isRaw: new Uint8Array(32),
  }
  const delimiters = Math.imul(delimiter, EACH_BYTE)
  let length = 0
  let line = 1
  let isInLongLine = false
  /** No quote between these closes a cell: what opens there is looked at from the end on. */
  let unclosedFrom = 0
  let unclosedTo = 0
  /** What `closeOf` found beside the end of the cell. */
  let contentEnd = 0
  let isContentRaw = 0
  let breaks = 0
  /** What `endOfRecord` counted: the line breaks inside the record's cells, unless it skipped some. */
  let recordBreaks = 0
  let hasSkipped = false
  /** Whether a cell is marked in `isRaw`: few are, so the column is cleared then and else not written. */
  let hasRaw = false

  function makeRoom(more: number) {
    if (length + more + SPARE_BYTES <= row.bytes.length) return
    const larger = new Uint8Array(2 * (length + more + SPARE_BYTES))
    larger.set(row.bytes.subarray(0, length))
    row.bytes = larger
    row.view = new DataView(larger.buffer)
  }

  function moreCells() {
    const longer = new Int32Array(2 * row.starts.length)
    longer.set(row.starts)
    row.starts = longer
    const ends = new Int32Array(longer.length)
    ends.set(row.ends)
    row.ends = ends
    const isRaw = new Uint8Array(longer.length)
    isRaw.set(row.isRaw)
    row.isRaw = isRaw
  }

  /**
   * Where the delimiter or line feed behind the quoted cell stands that opens at `open`; the end of
   * the bytes where the file ends there.
   */
  function closeOf(open: number, isLast: boolean): number {
    const { bytes } = row
    let at = open + 1
    let isRaw = 0
    breaks = 0
    for (;;) {
      if (at < unclosedTo && open >= unclosedFrom && bytes[at] !== QUOTE) {
        hasSkipped = true
        at = unclosedTo
        isRaw = 1
      }
      let byte = bytes[at]!
      while (byte !== QUOTE) {
        if (byte === LINE_FEED) {
          isRaw = 1
          breaks += 1
        }
        byte = bytes[++at]!
      }
      if (at >= length) {
        rememberUnclosed(open, length)
        return UNFINISHED
      }
      const behind = bytes[at + 1]!
      if (behind === QUOTE) {
        isRaw = 1
        at += 2
        continue
      }
      const next = behind === delimiter ? at + 1 : afterBlanks(bytes, at + 1, length, delimiter)
      if (next === length && !isLast) {
        rememberUnclosed(open, at)
        return UNFINISHED
      }
      // PapaParse takes blanks at the very end of a file for text: the quote is not closed then.
      const isClosed =
        next === length ? next === at + 1 : bytes[next] === delimiter || bytes[next] === LINE_FEED
      if (!isClosed) {
        at += 1
        continue
      }
      if (at - open > LONG_CELL_BYTES) rememberUnclosed(open, at)
      contentEnd = at
      isContentRaw = isRaw
      return next
    }
  }

  function rememberUnclosed(from: number, to: number) {
    unclosedFrom = from
    unclosedTo = to
  }

  /**
   * Looks for the cells of the record that begins at `from`, and gives where the line feed behind it
   * stands (the end of the bytes for the last one of a file). Counts line breaks in `recordBreaks`.
   */
  function endOfRecord(from: number, isLast: boolean): number {
    const { bytes, view } = row
    const ownDelimiters = delimiters
    let { starts, ends, isRaw } = row
    if (hasRaw) isRaw.fill(0)
    hasRaw = false
    recordBreaks = 0
    hasSkipped = false
    let width = 0
    let start = from
    let at = from
    let capacity = starts.length
    record: for (;;) {
      // Nothing in this loop calls anything: where something does, V8 looks its arrays up anew for
      // every cell.
      while (bytes[start] !== QUOTE && width < capacity) {
        starts[width] = start
        at = start
        // Four bytes at a time: those that are a delimiter or a line feed become zero in one of two
        // words, and a zero byte (the lowest one of a word, surely) gets its highest bit set. The masks
        // stand here as numbers: named constants of this size V8 reads from an object, at every word.
        let found = 0
        for (;;) {
          const word = view.getInt32(at, true)
          const one = word ^ ownDelimiters
          const other = word ^ 0x0a0a0a0a
          found = (((one - 0x01010101) & ~one) | ((other - 0x01010101) & ~other)) & 0x80808080
          if (found !== 0) break
          at += 4
        }
        at += (31 - Math.clz32(found & -found)) >> 3
        ends[width] = at
        width += 1
        if (bytes[at] === LINE_FEED) break record
        start = at + 1
      }
      if (width === capacity) {
        moreCells()
        ;({ starts, ends, isRaw } = row)
        capacity = starts.length
        continue
      }
      at = closeOf(start, isLast)
      if (at === UNFINISHED) return UNFINISHED
      starts[width] = start + 1
      ends[width] = contentEnd
      isRaw[width] = isContentRaw
      if (isContentRaw === 1) hasRaw = true
      recordBreaks += breaks
      width += 1
      if (bytes[at] === LINE_FEED) break
      start = at + 1
    }
    row.width = width
    if (at >= length) return isLast ? at : UNFINISHED
    // What stands before a line feed is half of it; at the end of a file it went already.
    const last = width - 1
    if (ends[last] === at && at > starts[last]! && bytes[at - 1] === CARRIAGE_RETURN)
      ends[last] = at - 1
    return at
  }

  /** Gives what is whole to `onRow`, and keeps the rest for the next piece. */
  function scan(isLast: boolean) {
    row.bytes[length] = LINE_FEED
    row.bytes[length + 1] = QUOTE
    let from = 0
    while (from < length) {
      const end = endOfRecord(from, isLast)
      if (end === UNFINISHED && !isLast && length - from <= MAX_RECORD_BYTES) break
      if (end === UNFINISHED || end - from > MAX_RECORD_BYTES) {
        from = giveUp(from)
        continue
      }
      row.line = line
      line += 1 + (hasSkipped ? lineFeeds(row.bytes, from, end) : recordBreaks)
      from = end + 1
      if (row.width > 1 || row.ends[0]! > row.starts[0]!) onRow(row)
    }
    keepFrom(Math.min(from, length))
  }

  /** Leaves out the line that begins at `from`, and gives where the next one does. */
  function giveUp(from: number): number {
    const found = row.bytes.indexOf(LINE_FEED, from)
    const isFound = found >= 0 && found < length
    const end = isFound ? found : length
    row.isTooLong = end - from > MAX_RECORD_BYTES
    row.isQuoteOpen = !row.isTooLong
    isInLongLine = row.isTooLong && !isFound
    const isHalfBreak = isFound && end > from && row.bytes[end - 1] === CARRIAGE_RETURN
    cutPlainly(from, row.isTooLong ? from + MAX_RECORD_BYTES : isHalfBreak ? end - 1 : end)
    row.line = line
    line += 1
    onRow(row)
    row.isTooLong = false
    row.isQuoteOpen = false
    return end + 1
  }

  /** Cells as if there were no quotes. */
  function cutPlainly(from: number, end: number) {
    row.width = 0
    let start = from
    for (let at = from; at <= end; at += 1) {
      if (at < end && row.bytes[at] !== delimiter) continue
      if (row.width === row.starts.length) moreCells()
      row.starts[row.width] = start
      row.ends[row.width] = at
      row.isRaw[row.width] = 0
      row.width += 1
      start = at + 1
    }
  }

  function keepFrom(from: number) {
    if (from > 0) row.bytes.copyWithin(0, from, length)
    length -= from
    unclosedFrom -= from
    unclosedTo -= from
  }

  function take(bytes: Uint8Array) {
    let rest = bytes
    if (isInLongLine) {
      const end = rest.indexOf(LINE_FEED)
      if (end < 0) return
      isInLongLine = false
      rest = rest.subarray(end + 1)
    }
    makeRoom(rest.length)
    row.bytes.set(rest, length)
    length += rest.length
    scan(false)
  }

  return {
    push: (bytes: Uint8Array) => {
      for (let at = 0; at < bytes.length; at += MAX_PIECE_BYTES)
        take(bytes.subarray(at, at + MAX_PIECE_BYTES))
    },
    /** The file is over: a last record without a line break counts. */
    end: () => {
      // A carriage return there is half of a line break.
      if (length > 0 && row.bytes[length - 1] === CARRIAGE_RETURN) length -= 1
      scan(true)
    },
  }
}

function lineFeeds(bytes: Uint8Array, from: number, to: number): number {
  let count = 0
  for (let at = from; at < to; at += 1) if (bytes[at] === LINE_FEED) count += 1
  return count
}
