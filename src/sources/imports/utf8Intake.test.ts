import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ImportError } from './importError.ts'
import { createUtf8Intake } from './utf8Intake.ts'

function taken(bytes: Uint8Array, cuts: readonly number[]): string {
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b)
  const intake = createUtf8Intake('run.jtl')
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let text = ''
  for (const [i, end] of ends.entries()) {
    const piece = bytes.slice(ends[i - 1] ?? 0, end)
    text += decoder.decode(intake.take(piece), { stream: true })
    // Whoever reads a file may use the memory of a piece again.
    piece.fill(0x3f)
  }
  return text + decoder.decode(intake.end())
}

const ENCODINGS = {
  'UTF-8': (text: string) => new TextEncoder().encode(text),
  'UTF-16, little end first': (text: string) => utf16(text, true),
  'UTF-16, big end first': (text: string) => utf16(text, false),
}

function utf16(text: string, isLittleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(2 * text.length)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), isLittleEndian)
  return bytes
}

const text = fc.string({ unit: fc.constantFrom('a', ',', '\n', 'é', '😀', '\ufeff') })
const cuts = fc.array(fc.nat(), { maxLength: 8 })

test.each(Object.entries(ENCODINGS))(
  'a file in %s loses its byte order mark and nothing else, wherever it is cut',
  (_, encode) => {
    fc.assert(
      fc.property(text, cuts, (body, at) => {
        expect(taken(encode(`\ufeff${body}`), at)).toBe(body)
      }),
    )
  },
)

test('a file without a mark is taken as it is', () => {
  fc.assert(
    fc.property(text, cuts, (body, at) => {
      expect(taken(ENCODINGS['UTF-8'](`a${body}`), at)).toBe(`a${body}`)
    }),
  )
})

test('an archive and a zero byte are noticed in whatever pieces they come', () => {
  const refusal = (bytes: readonly number[]) => {
    try {
      taken(Uint8Array.from(bytes), [1, 2, 3])
      return null
    } catch (error) {
      return error instanceof ImportError ? error.message : error
    }
  }
  expect(refusal([0x1f, 0x8b, 8, 0, 0, 0])).toBe('run.jtl is a gzip file: unpack it first')
  expect(refusal([0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0])).toBe(
    'run.jtl is no text file: byte 7 is zero',
  )
})
