import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createDisplayKeys } from './displayKeys.ts'
import { addKey, KeyFileError, readKeys, revokeKey } from './keyFile.ts'

const NOW = new Date('2026-11-30T08:00:00Z')

let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-keys-'))
  path = join(folder, 'keys.json')
})

afterEach(() => rmSync(folder, { recursive: true }))

test('a key is good until it is revoked, without a restart', () => {
  const problem = vi.fn()
  const keys = createDisplayKeys(path, problem)
  const wall = addKey(path, 'NOC wall', NOW)
  const lobby = addKey(path, 'Lobby', NOW)
  expect([keys.nameOf(wall), keys.nameOf(lobby)]).toEqual(['NOC wall', 'Lobby'])
  revokeKey(path, 'NOC wall')
  expect([keys.nameOf(wall), keys.nameOf(lobby)]).toEqual([null, 'Lobby'])
  expect(problem).not.toHaveBeenCalled()
})

test('the file holds no key, and nobody else may read it', () => {
  const key = addKey(path, 'NOC wall', NOW)
  expect(key).toMatch(/^tmk_[\w-]{43}$/)
  expect(readFileSync(path, 'utf8')).not.toContain(key)
  expect(statSync(path).mode & 0o077).toBe(0)
  expect(readKeys(path)).toMatchObject([{ name: 'NOC wall', madeAt: NOW.toISOString() }])
})

test.each(['', 'tmk_', 'NOC wall', 'tmk_' + 'A'.repeat(43), '\0', 'x'.repeat(100_000)])(
  'a text that is no key opens nothing (%#)',
  (text) => {
    addKey(path, 'NOC wall', NOW)
    expect(createDisplayKeys(path, vi.fn()).nameOf(text)).toBeNull()
  },
)

test('a hash out of the file is no key', () => {
  addKey(path, 'NOC wall', NOW)
  const [kept] = readKeys(path)
  expect(createDisplayKeys(path, vi.fn()).nameOf(kept!.hash)).toBeNull()
})

test('while the file is broken no key is good, which is said once; mended, they are good again', () => {
  const key = addKey(path, 'NOC wall', NOW)
  const whole = readFileSync(path, 'utf8')
  const problem = vi.fn()
  const keys = createDisplayKeys(path, problem)
  expect(keys.nameOf(key)).toBe('NOC wall')
  writeFileSync(path, '{"version":1')
  expect(keys.nameOf(key)).toBeNull()
  expect(keys.nameOf(key)).toBeNull()
  expect(problem.mock.calls).toEqual([[expect.stringMatching(/JSON; no display key is accepted/)]])
  writeFileSync(path, whole)
  expect(keys.nameOf(key)).toBe('NOC wall')
})

test.each([
  ['a name twice', () => addKey(path, 'NOC wall', NOW), /has a key "NOC wall" already/],
  ['no name', () => addKey(path, ' ', NOW), /1 to 60 characters/],
  [
    'one to revoke that is not there',
    () => revokeKey(path, 'Lobby'),
    /no key "Lobby"; it has "NOC wall"/,
  ],
  ['a folder that is not there', () => addKey(join(folder, 'no', 'k'), 'A', NOW), /ENOENT/],
])('%s is refused in words', (_, act, words) => {
  addKey(path, 'NOC wall', NOW)
  expect(act).toThrow(KeyFileError)
  expect(act).toThrow(words)
})

test('a file of something else is told by the field', () => {
  writeFileSync(path, '{"version":1,"keys":[{"name":"a","hash":"plain","madeAt":""}]}')
  expect(() => readKeys(path)).toThrow(/keys\.0\.hash is not as expected/)
})
