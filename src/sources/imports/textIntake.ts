import { HEAD_BYTES } from './byteSource.ts'
import { ImportError } from './importError.ts'
import { joinedBytes } from './joinedBytes.ts'
import { createUtf8Intake } from './utf8Intake.ts'

/** What takes the UTF-8 bytes of a text file, cut anywhere. */
type Sink = { push: (bytes: Uint8Array) => void }

/**
 * Takes the bytes of a text file as they stand on disk, and opens a sink for them once its beginning
 * is long enough to tell how to read it (`HEAD_BYTES`, or the whole file). Throws what `open` throws,
 * and ImportError: `binary`, or `empty` at the end.
 */
export function createTextIntake<T extends Sink>(name: string, open: (head: string) => T) {
  const utf8 = createUtf8Intake(name)
  let held: Uint8Array | null = new Uint8Array(0)
  let sink: T | null = null

  function begin(start: Uint8Array): T {
    // `stream` leaves out a character that the end of the head cuts in two.
    const head = new TextDecoder().decode(start.subarray(0, HEAD_BYTES), { stream: true })
    const opened = open(head)
    sink = opened
    held = null
    opened.push(start)
    return opened
  }

  function take(bytes: Uint8Array) {
    if (!held) {
      sink!.push(bytes)
      return
    }
    held = joinedBytes([held, bytes])
    if (held.length >= HEAD_BYTES) begin(held)
  }

  return {
    push: (bytes: Uint8Array) => take(utf8.take(bytes)),
    /** The sink; opened early for a short file that has a whole line, null where it has none. */
    begun(): T | null {
      if (!held) return sink
      return hasWholeLine(new TextDecoder().decode(held)) ? begin(held) : null
    },
    /** The sink with all bytes in it: the file is over. */
    end(): T {
      take(utf8.end())
      if (!held) return sink!
      if (new TextDecoder().decode(held).trim() === '')
        throw new ImportError('empty', `${name} is empty`)
      return begin(held)
    },
  }
}

/** Whether a line ends in the text, and not inside quotes. */
function hasWholeLine(text: string): boolean {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  return whole.trim() !== '' && whole.split('"').length % 2 === 1
}
