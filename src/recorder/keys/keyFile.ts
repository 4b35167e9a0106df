import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import * as z from 'zod/mini'

/** A key that lets a screen read the feed, as it is kept: never the key itself. */
export type DisplayKey = {
  /** What people call it: `NOC wall`. */
  name: string
  /** SHA-256 of the key, in hexadecimal: a key is 256 random bits, so its hash tells nothing of it. */
  hash: string
  /** ISO 8601. */
  madeAt: string
}

/** A file of keys that cannot be used, in a clause that names the file. */
export class KeyFileError extends Error {
  override readonly name = 'KeyFileError'
}

const VERSION = 1
const MOST_KEYS = 500
const LONGEST_NAME = 60
const KEY_BYTES = 32
/** What makes a key known as one where it does not belong, in a log or a commit. */
const MARK = 'tmk_'

const shape = z.object({
  version: z.literal(VERSION),
  keys: z
    .array(
      z.object({
        name: z.string().check(z.minLength(1), z.maxLength(LONGEST_NAME)),
        hash: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
        madeAt: z.string(),
      }),
    )
    .check(z.maxLength(MOST_KEYS)),
})

export const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex')

/** The keys of a file; none where there is no file yet. Throws KeyFileError. */
export function readKeys(path: string): readonly DisplayKey[] {
  if (!existsSync(path)) return []
  let value: unknown
  try {
    value = JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw new KeyFileError(`${path} cannot be read as JSON`, { cause })
  }
  const read = shape.safeParse(value)
  if (read.success) return read.data.keys
  const [issue] = read.error.issues
  throw new KeyFileError(
    `${path} is no file of display keys: ${issue?.path.join('.') || 'it'} is not as expected`,
  )
}

/** Makes a key and keeps its hash. Gives the key, which nobody can be told again. Throws KeyFileError. */
export function addKey(path: string, name: string, now: Date): string {
  const keys = readKeys(path)
  if (name.trim() === '' || name.length > LONGEST_NAME)
    throw new KeyFileError(`a key has a name of 1 to ${LONGEST_NAME} characters`)
  if (keys.some((known) => known.name === name))
    throw new KeyFileError(
      `${path} has a key "${name}" already: revoke it first, or choose another name`,
    )
  if (keys.length >= MOST_KEYS)
    throw new KeyFileError(`${path} holds ${MOST_KEYS} keys: revoke some`)
  const key = MARK + randomBytes(KEY_BYTES).toString('base64url')
  writeKeys(path, [...keys, { name, hash: hashOf(key), madeAt: now.toISOString() }])
  return key
}

/** Takes a key back. Throws KeyFileError where there is none of that name. */
export function revokeKey(path: string, name: string): void {
  const keys = readKeys(path)
  const left = keys.filter((known) => known.name !== name)
  if (left.length === keys.length)
    throw new KeyFileError(
      `${path} has no key "${name}"; it has ${keys.map((one) => `"${one.name}"`).join(', ') || 'none'}`,
    )
  writeKeys(path, left)
}

/** Whole or not at all: a server may be reading it. */
function writeKeys(path: string, keys: readonly DisplayKey[]) {
  const beside = `${path}.${process.pid}.new`
  try {
    writeFileSync(beside, `${JSON.stringify({ version: VERSION, keys }, null, 2)}\n`, {
      mode: 0o600,
    })
    renameSync(beside, path)
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : ''
    throw new KeyFileError(`${path} cannot be written${code}`, { cause })
  }
}
