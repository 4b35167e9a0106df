import { expect, test } from 'vitest'
import { LONG_FILES, longFile } from '#testing/longFiles.ts'
import type { ByteSource } from './byteSource.ts'
import { readFile } from './readFile.ts'

const reason = new Error('called off')

test.each(Object.entries(LONG_FILES))(
  '%s: after an import is called off no more bytes are taken',
  async (_, long) => {
    const stop = new AbortController()
    let rowsAtStop = 0
    let rowsTaken = 0
    const file = longFile(long, 1_000_000, (rows) => {
      rowsTaken = rows
      if (rows < 5_000 || stop.signal.aborted) return
      rowsAtStop = rows
      stop.abort(reason)
    })
    await expect(readFile(file, { name: 'file', signal: stop.signal })).rejects.toBe(reason)
    expect(rowsAtStop).toBe(5_000)
    expect(rowsTaken).toBe(rowsAtStop)
  },
)

test('an import that waits for bytes need not get them to be called off', async () => {
  const stop = new AbortController()
  let isLetGo = false
  const stuck: ByteSource = {
    size: 1_000,
    stream: () =>
      new ReadableStream({
        pull: () => {
          queueMicrotask(() => stop.abort(reason))
          return new Promise(() => undefined)
        },
        cancel: () => {
          isLetGo = true
        },
      }),
  }
  await expect(readFile(stuck, { name: 'file', signal: stop.signal })).rejects.toBe(reason)
  expect(isLetGo).toBe(true)
})

test('an import of a Blob leaves turns for whoever calls it off, also in Node', async () => {
  const stop = new AbortController()
  const { head, row } = LONG_FILES['jtl-csv']
  const rows = Array.from({ length: 1_000 }, (_, i) => row(i, i)).join('')
  const file = new Blob([head, ...Array.from({ length: 500 }, () => rows)])
  setTimeout(() => stop.abort(reason))
  let bytesRead = 0
  const onProgress = ({ bytes }: { bytes: number }) => {
    bytesRead = bytes
  }
  const reading = readFile(file, { name: 'file', signal: stop.signal, onProgress })
  await expect(reading).rejects.toBe(reason)
  expect(bytesRead).toBeLessThan(file.size / 2)
})

test('an import that was called off before it began reads nothing', async () => {
  let pulls = 0
  const file = longFile(LONG_FILES.csv, 1, () => {
    pulls += 1
  })
  const signal = AbortSignal.abort(reason)
  await expect(readFile(file, { name: 'file', signal })).rejects.toBe(reason)
  expect(pulls).toBe(0)
})
