import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Parsed } from '#sources/shape.ts'

/** Where a secret is: never in the configuration itself. */
export type SecretSource = { env: string } | { file: string }

/** What a secret may be read from. */
export type SecretPlaces = {
  env: Readonly<Record<string, string | undefined>>
  /** What paths of files are counted from: the folder of the configuration. */
  folder: string
}

const EXPECTED =
  'expected {"env": "NAME"} or {"file": "PATH"}: a secret does not stand in this file'

/** Reads where a secret is. The problem names the field, and never what stands there. */
export function readSecretSource(value: unknown, field: string): Parsed<SecretSource> {
  const bad = { ok: false, problem: `${field}: ${EXPECTED}` } as const
  if (typeof value !== 'object' || value === null) return bad
  const entries = Object.entries(value)
  const [kind, text] = entries[0] ?? []
  if (entries.length !== 1 || typeof text !== 'string' || text === '') return bad
  if (kind === 'env') return { ok: true, value: { env: text } }
  return kind === 'file' ? { ok: true, value: { file: text } } : bad
}

/** Reads a secret. A line break at the end of a file is none of it. */
export function readSecret(
  source: SecretSource,
  field: string,
  { env, folder }: SecretPlaces,
): Parsed<string> {
  if ('env' in source) {
    const value = env[source.env] ?? ''
    if (value !== '') return { ok: true, value }
    return { ok: false, problem: `${field}: the environment variable ${source.env} is not set` }
  }
  try {
    const value = readFileSync(resolve(folder, source.file), 'utf8').replace(/\r?\n$/, '')
    if (value !== '') return { ok: true, value }
    return { ok: false, problem: `${field}: the file ${source.file} is empty` }
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException
    return { ok: false, problem: `${field}: the file ${source.file} cannot be read (${code})` }
  }
}
