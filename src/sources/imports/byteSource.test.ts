import { expect, test } from 'vitest'
import { bytePieces, type ByteSource } from './byteSource.ts'

const BYTES = 3_000_000

async function lengthOf(source: ByteSource): Promise<number> {
  let length = 0
  for await (const piece of bytePieces(source, 'file')) length += piece.length
  return length
}

test('a file is read to its end although nobody ever says that this was the end', async () => {
  let givenBytes = 0
  const silent: ByteSource = {
    size: BYTES,
    stream: () =>
      new ReadableStream({
        type: 'bytes',
        pull(controller) {
          if (givenBytes === BYTES) return new Promise(() => undefined)
          const length = Math.min(70_000, BYTES - givenBytes)
          givenBytes += length
          controller.enqueue(new Uint8Array(length))
          return undefined
        },
      }),
  }
  expect(await lengthOf(silent)).toBe(BYTES)
})

test('a file that grew since its size was asked is read to the end it has now', async () => {
  const grown: ByteSource = {
    size: 5,
    stream: () =>
      new ReadableStream({
        start(controller) {
          controller.enqueue(new Uint8Array(5))
          controller.enqueue(new Uint8Array(BYTES))
          controller.close()
        },
      }),
  }
  expect(await lengthOf(grown)).toBe(BYTES + 5)
})

test('an empty file has no bytes', async () => {
  expect(await lengthOf(new Blob([]))).toBe(0)
})
