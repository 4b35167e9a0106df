import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FILE_TEXTS } from '#testing/fileTexts.ts'
import type { ByteSource } from './byteSource.ts'
import type { FileFormat } from './fileFormat.ts'
import { ImportError } from './importError.ts'
import { readFile } from './readFile.ts'

const formats = Object.entries(FILE_TEXTS) as [FileFormat, string][]
const read = (bytes: BlobPart) => readFile(new Blob([bytes]), { name: 'file' })
const encoder = new TextEncoder()

/** A file whose bytes come in pieces of any length. */
function inPieces(bytes: Uint8Array, lengths: readonly number[]): ByteSource {
  return {
    size: bytes.length,
    stream: () =>
      new ReadableStream({
        start(controller) {
          let at = 0
          for (let i = 0; at < bytes.length; i += 1) {
            const end = at + 1 + (lengths[i % lengths.length] ?? 0)
            controller.enqueue(bytes.slice(at, end))
            at = end
          }
          controller.close()
        },
      }),
  }
}

/** Every number that a reader would chart is finite, and every text is free of what was not in the file. */
async function readsOrRefuses(bytes: BlobPart) {
  try {
    const { observation, summary, rejected, groups } = await read(bytes)
    for (const { series } of observation.samples) {
      expect(series.timeMs.every(Number.isFinite)).toBe(true)
      expect(series.timeMs.every((at, i) => i === 0 || at > series.timeMs[i - 1]!)).toBe(true)
    }
    for (const event of observation.errors) expect(event.count).toBeGreaterThan(0)
    for (const { attempts, failed, refused } of groups) {
      expect(attempts).toBeGreaterThanOrEqual(failed)
      expect(failed).toBeGreaterThanOrEqual(refused)
    }
    expect(rejected.length).toBeLessThanOrEqual(20)
    expect(summary.samples).toBeGreaterThanOrEqual(0)
  } catch (error) {
    if (!(error instanceof ImportError)) throw error
    expect(error.message).toContain('file')
  }
}

test.each(formats)('%s is recognised, and its refusal found', async (format, text) => {
  const { summary, format: found, observation, rejected } = await read(text)
  expect(found).toBe(format)
  expect(rejected).toEqual([])
  if (format === 'csv') expect(summary.classes).toBeNull()
  else expect(summary.classes?.capacity).toBeGreaterThan(0)
  expect(observation.metrics.map(({ provenance }) => provenance)).toContain('measured')
})

test.each(formats)('%s: it does not matter in which pieces the bytes arrive', async (_, text) => {
  const bytes = encoder.encode(text)
  const whole = await read(text)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(60), { minLength: 1, maxLength: 8 }), async (lengths) => {
      expect(await readFile(inPieces(bytes, lengths), { name: 'file' })).toEqual(whole)
    }),
    { numRuns: 30 },
  )
})

test.each(formats)(
  '%s cut off anywhere is read in part or refused, never more',
  async (_, text) => {
    const bytes = encoder.encode(text)
    for (let end = 0; end < bytes.length; end += 7) await readsOrRefuses(bytes.slice(0, end))
  },
)

test.each(formats)('%s with broken bytes is read in part or refused', async (_, text) => {
  const bytes = encoder.encode(text)
  const breaks = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 })), {
    minLength: 1,
    maxLength: 6,
  })
  await fc.assert(
    fc.asyncProperty(breaks, async (places) => {
      const broken = bytes.slice()
      for (const [at, byte] of places) broken[at] = byte
      await readsOrRefuses(broken)
    }),
    { numRuns: 60 },
  )
})

test.each(formats)('%s in UTF-16 with its mark is the same file', async (_, text) => {
  const utf16 = new Uint16Array([0xfeff, ...Array.from(text, (char) => char.charCodeAt(0))])
  expect(await read(new Uint8Array(utf16.buffer))).toEqual(await read(text))
})
