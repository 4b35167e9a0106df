import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import filePlugins from '@size-limit/file'
import sizeLimit from 'size-limit'
import { z } from 'zod'
import { PROBE_FILE } from './probePlugin.ts'

/** What the page loads before it shows anything (issue: initial JavaScript without demo code). */
const INITIAL_BUDGET_BYTES = 240_000
/** What one step of the user may load at once; the simulated organisation's MSW alone is about 160 kB. */
const LAZY_BUDGET_BYTES = 200_000
/** What the connection probe may cost other people's pages (issue 7). */
const PROBE_BUDGET_BYTES = 3_000

const chunk = z.object({
  file: z.string(),
  isEntry: z.boolean().optional(),
  imports: z.array(z.string()).optional(),
})
const manifestSchema = z.record(z.string(), chunk)
export type Manifest = z.infer<typeof manifestSchema>

/** A group of files with the bytes, gzipped, that it may have. */
export type SizeRow = { title: string; files: readonly string[]; budgetBytes: number }

const isScript = (file: string) => /\.m?js$/.test(file)

/** The scripts that a chunk needs before it runs: its own and those it imports, at any depth. */
function scriptsOf(manifest: Manifest, key: string, seen = new Set<string>()): Set<string> {
  const entry = manifest[key]
  if (!entry || seen.has(entry.file)) return seen
  seen.add(entry.file)
  for (const imported of entry.imports ?? []) scriptsOf(manifest, imported, seen)
  return seen
}

/**
 * What is held to which budget: the entries' scripts together, every other script of the build by itself
 * (workers too, which the manifest does not name).
 */
export function sizeRows(manifest: Manifest, builtFiles: readonly string[]): SizeRow[] {
  const entries = Object.keys(manifest).filter((key) => manifest[key]!.isEntry)
  if (entries.length === 0) throw new Error('the build manifest names no entry')
  const initial = new Set(entries.flatMap((key) => [...scriptsOf(manifest, key)]).filter(isScript))
  const lazy = builtFiles.filter((file) => isScript(file) && !initial.has(file))
  return [
    { title: 'initial JavaScript', files: [...initial], budgetBytes: INITIAL_BUDGET_BYTES },
    ...lazy.map((file) => ({
      title: file,
      files: [file],
      budgetBytes: file === PROBE_FILE ? PROBE_BUDGET_BYTES : LAZY_BUDGET_BYTES,
    })),
  ]
}

const measured = z.array(z.object({ size: z.number() }))

/** Weighs a build (gzip) and prints a table; true when every budget is kept. */
export async function checkSizes(folder: string): Promise<boolean> {
  const path = join(folder, '.vite', 'manifest.json')
  if (!existsSync(path)) {
    console.error(`${path} is missing: there is no build to weigh`)
    return false
  }
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  const builtFiles = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const rows = sizeRows(
    manifest,
    builtFiles.map((file) => file.split(sep).join('/')),
  )
  const checks = rows.map(({ files }) => ({
    files: files.map((file) => join(folder, file)),
    gzip: true,
  }))
  const sizes = measured.parse(await sizeLimit(filePlugins, { checks }))
  const weighed = rows.map((row, i) => ({ ...row, bytes: sizes[i]!.size }))
  for (const row of weighed.sort((a, b) => b.bytes - a.bytes)) console.log(sizeLine(row))
  return weighed.every(({ bytes, budgetBytes }) => bytes <= budgetBytes)
}

export function sizeLine({ title, bytes, budgetBytes }: SizeRow & { bytes: number }): string {
  const word = bytes <= budgetBytes ? 'ok' : 'OVER'
  const kb = (size: number) => `${(size / 1000).toFixed(1)} kB`
  return `${word.padEnd(6)}${kb(bytes).padStart(10)} of ${kb(budgetBytes)}  ${title}`
}
