import { ImportError } from './importError.ts'

/** A report of this size is no report: it would take many times as much memory. */
const MAX_BYTES = 268_435_456

/**
 * Takes the UTF-8 bytes of a JSON document that must be read as a whole. Throws ImportError where it
 * is no JSON, or larger than 256 MB.
 */
export function createWholeJson(name: string, title: string) {
  const decoder = new TextDecoder()
  const parts: string[] = []
  let bytesTaken = 0
  return {
    push(bytes: Uint8Array) {
      bytesTaken += bytes.length
      if (bytesTaken > MAX_BYTES)
        throw new ImportError(
          'unreadable',
          `${name} is larger than 256 MB: a report of ${title} is read as a whole`,
        )
      parts.push(decoder.decode(bytes, { stream: true }))
    },
    end(): unknown {
      parts.push(decoder.decode())
      const text = parts.join('')
      try {
        return JSON.parse(text)
      } catch (cause) {
        const { line, reason } = placeOf(cause, text)
        throw new ImportError(
          'noUsableColumn',
          `${name}, line ${line}: the report of ${title} is no whole JSON document: ${reason}`,
          { cause },
        )
      }
    },
  }
}

/** The line at which reading it stopped; without a place it is the end that is missing. */
function placeOf(cause: unknown, text: string): { line: number; reason: string } {
  const words = cause instanceof Error ? cause.message : ''
  const said = /position (\d+)/.exec(words)
  const at = said ? Number(said[1]) : text.length
  let line = 1
  for (let i = text.indexOf('\n'); i >= 0 && i < at; i = text.indexOf('\n', i + 1)) line += 1
  // The words of the engine quote the document, which may hold a secret.
  const isCut = at >= text.trimEnd().length
  return { line, reason: isCut ? 'it ends too early' : 'something stands there that is no JSON' }
}
