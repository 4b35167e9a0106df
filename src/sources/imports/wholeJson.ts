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
        const { line, reason } = placeInJson(cause, text)
        throw new ImportError(
          'noUsableColumn',
          `${name}, line ${line}: the report of ${title} is no whole JSON document: ${reason}`,
          { cause },
        )
      }
    },
  }
}

/** The line of a JSON text at which reading it stopped, and why; without a place it is the end that is missing. */
export function placeInJson(cause: unknown, text: string): { line: number; reason: string } {
  const at = stoppedAt(cause instanceof Error ? cause.message : '', text)
  let line = 1
  for (let i = text.indexOf('\n'); i >= 0 && i < at; i = text.indexOf('\n', i + 1)) line += 1
  // The words of the engine quote the document, which may hold a secret.
  const isCut = at >= text.trimEnd().length
  return { line, reason: isCut ? 'it ends too early' : 'something stands there that is no JSON' }
}

/** V8 quotes so many characters on either side of what it did not expect. */
const QUOTED = 10

/** V8 tells a place, or quotes what stands around it. */
function stoppedAt(words: string, text: string): number {
  const said = /position (\d+)/.exec(words)
  if (said) return Number(said[1])
  const quoted =
    /^Unexpected token '?(.)'?, (\.\.\.)?"([\s\S]*)"(?:\.\.\.)? is not valid JSON$/u.exec(words)
  if (!quoted) return text.length
  const [, token = '', hasMoreBefore, around = ''] = quoted
  return text.indexOf(around) + (hasMoreBefore ? QUOTED : around.indexOf(token))
}
