import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { diskFile } from './diskFile.ts'

let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-disk-'))
  path = join(folder, 'run.jtl')
})

afterEach(() => rmSync(folder, { recursive: true }))

const textOf = (bytes: ArrayBuffer) => Buffer.from(bytes).toString()

/** What it fails with, by name and in words. */
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => {
      if (!(error instanceof DOMException)) throw error
      expect(error.message).not.toContain(folder)
      return error.name
    },
  )

test('a snapshot tells the size, and gives only the bytes that are asked for', async () => {
  writeFileSync(path, 'abcdefgh')
  const snapshot = await diskFile(path).getFile()
  expect(snapshot.size).toBe(8)
  expect(textOf(await snapshot.slice(2, 5).arrayBuffer())).toBe('cde')
})

test('a file that has grown since is read as far as it was asked for', async () => {
  writeFileSync(path, 'abcd')
  const snapshot = await diskFile(path).getFile()
  appendFileSync(path, 'efgh')
  expect(textOf(await snapshot.slice(0, 4).arrayBuffer())).toBe('abcd')
  expect((await diskFile(path).getFile()).size).toBe(8)
})

test('one that was cut gives fewer bytes, and one that was replaced or removed none', async () => {
  writeFileSync(path, 'abcdefgh')
  const snapshot = await diskFile(path).getFile()
  truncateSync(path, 3)
  expect(textOf(await snapshot.slice(0, 8).arrayBuffer())).toBe('abc')
  writeFileSync(join(folder, 'next'), 'ABCDEFGH')
  renameSync(join(folder, 'next'), path)
  expect(await failureOf(snapshot.slice(0, 8).arrayBuffer())).toBe('NotReadableError')
  rmSync(path)
  expect(await failureOf(snapshot.slice(0, 8).arrayBuffer())).toBe('NotFoundError')
})

test('a file that is not there is told from one that is none', async () => {
  expect(await failureOf(diskFile(path).getFile())).toBe('NotFoundError')
  writeFileSync(path, '')
  expect(await failureOf(diskFile(join(path, 'below')).getFile())).toBe('NotFoundError')
  expect(await failureOf(diskFile(folder).getFile())).toBe('NotReadableError')
})

const OPEN_FILES = '/proc/self/fd'
const openFiles = () => readdirSync(OPEN_FILES).length
const hasProc = process.platform === 'linux'

test.skipIf(!hasProc)('nothing stays open, read well or not', async () => {
  writeFileSync(path, 'abcd')
  const file = diskFile(path)
  const before = openFiles()
  for (let i = 0; i < 50; i += 1) {
    const snapshot = await file.getFile()
    await snapshot.slice(0, 4).arrayBuffer()
    writeFileSync(join(folder, 'next'), 'abcd')
    renameSync(join(folder, 'next'), path)
    expect(await failureOf(snapshot.slice(0, 4).arrayBuffer())).toBe('NotReadableError')
  }
  expect(openFiles()).toBeLessThan(before + 10)
})
