import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { builtCommand } from '#testing/builtCommand.ts'
import { peakResidentBytes, residentBytes, treeCpuMs } from '../browser/processCpu.ts'

/** The real recorder in a process of its own, as an operator runs it. */
export type OpenedRecorder = {
  /** Without a slash at the end. */
  url: string
  /** CPU that it has used so far, in milliseconds. */
  cpuMs: () => number
  residentMb: () => number
  /** The most it has had so far, start included. */
  peakMb: () => number
  /** Warnings and errors in its log so far. What an organisation does not have is neither. */
  troubles: () => number
  /** Lines in its files. */
  lines: () => number
  stop: () => Promise<void>
}

export type BenchOrganisation = {
  id: string
  name: string
  domain: string
  probeApps?: readonly string[]
}

const MB = 1024 * 1024
/** What the unit in deploy/systemd runs Node with. */
const NODE_FLAGS = ['--max-semi-space-size=4']
const ENVIRONMENT = { NODE_ENV: 'production', MALLOC_ARENA_MAX: '2' }

export const hasTaskset = () => spawnSync('taskset', ['-V']).status === 0

/** Builds the command and starts it on one core, if one is named. Resolves when it listens. */
export async function openRecorder(
  organisations: readonly BenchOrganisation[],
  { core = null }: { core?: number | null } = {},
): Promise<OpenedRecorder> {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-bench-'))
  const config = join(folder, 'recorder.json')
  const state = join(folder, 'state')
  writeFileSync(config, JSON.stringify({ version: 1, bearer: null, organisations }))
  const command = builtCommand(join(folder, 'cli'))
  const pinned = core !== null && hasTaskset() ? ['taskset', '-c', String(core)] : []
  const words = [...pinned, process.execPath, ...NODE_FLAGS, command, 'record', config]
  const child = spawn(words[0]!, [...words.slice(1), '--port', '0', '--state', state], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...ENVIRONMENT },
  })
  const ended = new Promise<void>((resolve) => void child.once('exit', () => resolve()))
  let troubles = 0
  const url = await new Promise<string>((listens, failed) => {
    void ended.then(() => failed(new Error('the recorder ended before it listened')))
    createInterface({ input: child.stdout }).on('line', (line) => {
      const told = JSON.parse(line) as { event: string; level: string; url: string }
      if (told.level !== 'info') troubles += 1
      if (told.event === 'listening') listens(told.url)
    })
  })
  const pid = child.pid!
  return {
    url,
    cpuMs: () => treeCpuMs(pid) ?? Number.NaN,
    residentMb: () => (residentBytes(pid) ?? Number.NaN) / MB,
    peakMb: () => (peakResidentBytes(pid) ?? Number.NaN) / MB,
    troubles: () => troubles,
    lines: () => linesBelow(state),
    async stop() {
      child.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true })
    },
  }
}

function linesBelow(state: string): number {
  const files = readdirSync(state, { recursive: true, encoding: 'utf8' })
  return files
    .filter((name) => name.endsWith('.ndjson'))
    .reduce((sum, name) => sum + countOfLineEnds(readFileSync(join(state, name))), 0)
}

const LINE_END = 0x0a
function countOfLineEnds(bytes: Buffer): number {
  let count = 0
  for (const byte of bytes) if (byte === LINE_END) count += 1
  return count
}
