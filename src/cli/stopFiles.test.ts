import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readRecorderConfig } from '#recorder/config/recorderConfig.ts'
import { stopFilesOf } from './stopFiles.ts'

const folder = mkdtempSync(join(tmpdir(), 'tidemark-stops-'))
afterAll(() => rmSync(folder, { recursive: true }))

function configOf(...ids: string[]) {
  const organisations = ids.map((id) => ({ id, name: id, domain: '127.0.0.1:8787' }))
  const text = JSON.stringify({ version: 1, bearer: null, organisations })
  const parsed = readRecorderConfig(text, { env: {}, folder: '.' })
  if (!parsed.ok) throw new Error(parsed.problem)
  return parsed.value
}

test('a stop file belongs to the only organisation, or to the one that is named', () => {
  const path = join(folder, 'stop')
  expect(stopFilesOf([path], configOf('alder'))).toEqual([{ organisation: 'alder', path }])
  expect(stopFilesOf([`birch=${path}`], configOf('alder', 'birch'))).toEqual([
    { organisation: 'birch', path },
  ])
})

test('what is not clear, or could not be written, is refused before anything begins', () => {
  const path = join(folder, 'stop')
  expect(() => stopFilesOf([path], configOf('alder', 'birch'))).toThrow('--stop-file ID=FILE')
  expect(() => stopFilesOf([`oak=${path}`], configOf('alder'))).toThrow('no organisation "oak"')
  expect(() => stopFilesOf([path, path], configOf('alder'))).toThrow('has a stop file already')
  expect(() => stopFilesOf([join(folder, 'no', 'stop')], configOf('alder'))).toThrow(
    'cannot be written to (ENOENT)',
  )
})
