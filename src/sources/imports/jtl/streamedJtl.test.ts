import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jtlLine, jtlText } from '#testing/jtlText.ts'
import { importFile } from '../importFile.ts'
import type { ImportProgress } from '../fileImport.ts'
import { readFile } from '../readFile.ts'

const read = (text: BlobPart, name = 'run.jtl') => readFile(new Blob([text]), { name })

test('it does not matter in which pieces the bytes arrive', async () => {
  const text = jtlText(
    jtlLine(0, 200, 3, { label: '"Müllers ""Büro"" 😀\r\nzweite Zeile"' }),
    jtlLine(1, 503, 4, { thread: 'Agenten für Köln 1-1' }),
    'cut,"off',
  ).replaceAll('\n', '\r\n')
  const bytes = new TextEncoder().encode(text)
  const whole = await read(text)
  expect(whole.summary).toMatchObject({ samples: 2, rejected: 1 })
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: bytes.length }), { maxLength: 8 }), async (cuts) => {
      const ends = [...cuts, bytes.length].sort((a, b) => a - b)
      const pieces = ends.map((end, i) => bytes.slice(ends[i - 1] ?? 0, end))
      const file = {
        size: bytes.length,
        stream: () =>
          new ReadableStream<Uint8Array>({
            start(controller) {
              for (const piece of pieces) controller.enqueue(piece)
              controller.close()
            },
          }),
      }
      expect(await readFile(file, { name: 'run.jtl' })).toEqual(whole)
    }),
  )
})

test('progress grows to the whole file', async () => {
  const text = jtlText(...Array.from({ length: 20_000 }, (_, i) => jtlLine(i / 100, 200, 5)))
  const seen: ImportProgress[] = []
  const file = new Blob([text])
  await importFile(file, { name: 'long.jtl', onProgress: (progress) => seen.push(progress) })
  const bytes = seen.map((progress) => progress.bytes)
  expect(bytes.length).toBeGreaterThan(3)
  expect(bytes).toEqual(bytes.toSorted((a, b) => a - b))
  expect(seen.at(-1)).toEqual({ bytes: file.size, totalBytes: file.size })
})

test('an import that is called off stops reading and throws the reason', async () => {
  const stop = new AbortController()
  const reason = new Error('called off')
  const file = new Blob([jtlText(...Array.from({ length: 20_000 }, (_, i) => jtlLine(i, 200, 5)))])
  let lastBytes = 0
  const onProgress = ({ bytes }: ImportProgress) => {
    lastBytes = bytes
    stop.abort(reason)
  }
  const options = { name: 'long.jtl', onProgress, signal: stop.signal }
  await expect(importFile(file, options)).rejects.toBe(reason)
  expect(lastBytes).toBeLessThan(file.size)
})
