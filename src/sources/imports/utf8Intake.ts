import { HEAD_BYTES } from './byteSource.ts'
import { ImportError } from './importError.ts'
import { joinedBytes } from './joinedBytes.ts'
import { knownBinary, MARK_BYTES } from './knownBinaries.ts'

const NOTHING = new Uint8Array(0)

/**
 * Takes the bytes of a text file, cut anywhere, and gives them as UTF-8: as they are, or transcoded
 * where a byte order mark says UTF-16. The mark itself is left out. Bytes that are no UTF-8 pass
 * through; who decodes them sees U+FFFD. Throws ImportError `binary` (it names what is known).
 */
export function createUtf8Intake(name: string) {
  let beginning: Uint8Array | null = NOTHING
  let seen = 0
  let utf16: TextDecoder | null = null
  const encoder = new TextEncoder()

  function refuseZeros(bytes: Uint8Array) {
    if (seen >= HEAD_BYTES) return
    const zeroAt = bytes.subarray(0, HEAD_BYTES - seen).indexOf(0)
    if (zeroAt < 0) return
    throw new ImportError('binary', `${name} is no text file: byte ${seen + zeroAt + 1} is zero`)
  }

  function pass(bytes: Uint8Array, isLast: boolean): Uint8Array {
    if (utf16) return encoder.encode(utf16.decode(bytes, { stream: !isLast }))
    refuseZeros(bytes)
    seen += bytes.length
    return bytes
  }

  function begin(start: Uint8Array, isLast: boolean): Uint8Array {
    const known = knownBinary(start)
    if (known) throw new ImportError('binary', `${name} is ${known}`)
    if (start[0] === 0xff && start[1] === 0xfe) utf16 = new TextDecoder('utf-16le')
    if (start[0] === 0xfe && start[1] === 0xff) utf16 = new TextDecoder('utf-16be')
    const isMarked = start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf
    const text = pass(start, isLast)
    return isMarked ? text.subarray(3) : text
  }

  return {
    /** May be a view of what came in: to be used up before the caller fills its array anew. */
    take(bytes: Uint8Array): Uint8Array {
      if (!beginning) return pass(bytes, false)
      const start = beginning.length === 0 ? bytes : joinedBytes([beginning, bytes])
      beginning = start.length < MARK_BYTES ? start.slice() : null
      return beginning ? NOTHING : begin(start, false)
    },
    /** What is left once the file is over. */
    end(): Uint8Array {
      const rest = beginning
      beginning = null
      return rest ? begin(rest, true) : pass(NOTHING, true)
    },
  }
}
