import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { builtProbe, PROBE_FILE } from './probePlugin.ts'
import { checkSizes, sizeRows } from './size.ts'

const manifest = {
  'index.html': { file: 'assets/index.js', isEntry: true, imports: ['_a.js'] },
  '_a.js': { file: 'assets/a.js', imports: ['_b.js', 'index.html'] },
  '_b.js': { file: 'assets/b.js' },
  'src/live.tsx': { file: 'assets/live.js', imports: ['_b.js'] },
  'index.css': { file: 'assets/index.css' },
}
const builtFiles = [
  ...['index', 'a', 'b', 'live', 'jtl.worker'].map((name) => `assets/${name}.js`),
  'assets/index.css',
  'index.html',
]

const made: string[] = []
afterEach(() => {
  vi.restoreAllMocks()
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true })
})

/** A build whose entry chunk holds so many bytes that gzip cannot shrink. */
function buildOf(entryBytes: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-size-'))
  made.push(folder)
  mkdirSync(join(folder, '.vite'))
  mkdirSync(join(folder, 'assets'))
  const entry = { 'index.html': { file: 'assets/index.js', isEntry: true } }
  writeFileSync(join(folder, '.vite', 'manifest.json'), JSON.stringify(entry))
  writeFileSync(join(folder, 'assets', 'index.js'), randomBytes(entryBytes))
  return folder
}

function printed() {
  const lines: string[] = []
  const keep = (line: string) => void lines.push(line)
  vi.spyOn(console, 'log').mockImplementation(keep)
  vi.spyOn(console, 'error').mockImplementation(keep)
  return lines
}

test('the entry and all it imports, at any depth and in a circle, are the initial JavaScript', () => {
  const [initial] = sizeRows(manifest, builtFiles)
  expect(initial?.files.toSorted()).toEqual(['assets/a.js', 'assets/b.js', 'assets/index.js'])
})

test('scripts that load later, workers among them, are weighed one by one', () => {
  const lazy = sizeRows(manifest, builtFiles).slice(1)
  expect(lazy.map(({ files }) => files)).toEqual([['assets/live.js'], ['assets/jtl.worker.js']])
})

test('the probe is held to a budget of its own, for it loads in pages that are not ours', async () => {
  const lines = printed()
  const folder = buildOf(1_000)
  writeFileSync(join(folder, PROBE_FILE), await builtProbe())
  expect(await checkSizes(folder)).toBe(true)
  expect(lines.join('\n')).toMatch(/^ok .* of 3\.0 kB {2}tidemark-probe\.js$/m)
  writeFileSync(join(folder, PROBE_FILE), randomBytes(3_001))
  expect(await checkSizes(folder)).toBe(false)
  expect(lines.join('\n')).toMatch(/^OVER .* of 3\.0 kB {2}tidemark-probe\.js$/m)
})

test('a manifest without an entry is no pass', () => {
  expect(() => sizeRows({ 'x.js': { file: 'x.js' } }, ['x.js'])).toThrow('no entry')
})

test('a build within its budget passes and is told in kilobytes', async () => {
  const lines = printed()
  expect(await checkSizes(buildOf(100_000))).toBe(true)
  expect(lines.join('\n')).toMatch(/^ok {2,}100\.\d kB of 240\.0 kB {2}initial JavaScript$/)
})

test('a build over its budget fails and says which part', async () => {
  const lines = printed()
  expect(await checkSizes(buildOf(241_000))).toBe(false)
  expect(lines.join('\n')).toMatch(/^OVER .*initial JavaScript$/)
})

test('a build that is not there fails', async () => {
  const lines = printed()
  expect(await checkSizes(join(tmpdir(), 'tidemark-no-such-build'))).toBe(false)
  expect(lines.join('\n')).toContain('there is no build to weigh')
})
