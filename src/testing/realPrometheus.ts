import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

/** A server that a test started: a real one, on loopback, with a folder of its own. */
export type RealServer = {
  /** Without a slash at its end. */
  url: string
  /** Ends it and removes its folder. */
  stop: () => Promise<void>
}

/** Where a program lies; null where it is not installed. */
export const programPath = (name: string): string | null =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path)) ?? null

/** Why a test is left out, in its name: `npm run lab:install` brings what is missing. */
export const unlessInstalled = (...names: readonly string[]): string => {
  const missing = names.filter((name) => programPath(name) === null)
  return missing.length === 0 ? '' : ` (left out: ${missing.join(' and ')} not installed)`
}

/** One sample of the past: `name{label="x"}`, value, when. */
export type PastSample = { series: string; value: number; atMs: number }

/**
 * A Prometheus with this configuration, and with samples of the past in blocks as it would have
 * written them; null where it is not installed.
 */
export async function startPrometheus(
  configYaml: string,
  past: readonly PastSample[] = [],
): Promise<RealServer | null> {
  const program = programPath('prometheus')
  const promtool = programPath('promtool')
  if (!program || !promtool) return null
  return startServer(program, '/-/ready', (folder, port) => {
    const config = join(folder, 'prometheus.yml')
    writeFileSync(config, configYaml)
    if (past.length > 0) {
      const text = join(folder, 'past.txt')
      writeFileSync(text, openMetrics(past))
      const words = ['tsdb', 'create-blocks-from', 'openmetrics', text, join(folder, 'data')]
      execFileSync(promtool, words, { stdio: 'pipe' })
    }
    return [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ]
  })
}

const openMetrics = (past: readonly PastSample[]) =>
  [...past.map(({ series, value, atMs }) => `${series} ${value} ${atMs / 1000}`), '# EOF', ''].join(
    '\n',
  )

/** A VictoriaMetrics that shows what was written or scraped at once; null where it is not installed. `more`: further arguments. */
export async function startVictoriaMetrics(
  scrapeYaml?: string,
  more: readonly string[] = [],
): Promise<(RealServer & { write: (past: readonly PastSample[]) => Promise<void> }) | null> {
  const program = programPath('victoria-metrics')
  if (!program) return null
  const server = await startServer(program, '/health', (folder, port) => {
    const scrape = join(folder, 'scrape.yml')
    if (scrapeYaml !== undefined) writeFileSync(scrape, scrapeYaml)
    return [
      `-storageDataPath=${join(folder, 'data')}`,
      `-httpListenAddr=127.0.0.1:${port}`,
      // Without it the newest half minute is hidden.
      '-search.latencyOffset=0s',
      // It would look at the machine's memory and take most of it.
      '-memory.allowedBytes=256MB',
      '-retentionPeriod=24',
      ...(scrapeYaml === undefined ? [] : [`-promscrape.config=${scrape}`]),
      ...more,
    ]
  })
  return {
    ...server,
    write: async (past) => {
      const body = past.map(({ series, value, atMs }) => `${series} ${value} ${atMs}\n`).join('')
      await expectOk(fetch(`${server.url}/api/v1/import/prometheus`, { method: 'POST', body }))
      await expectOk(fetch(`${server.url}/internal/force_flush`))
    },
  }
}

async function expectOk(reply: Promise<Response>) {
  const { ok, status, url } = await reply
  if (!ok) throw new Error(`${url} answered ${status}`)
}

const TRIES = 3

/** Starts a program on a free port and waits until it is ready. Another one may take the port first: then once again. */
async function startServer(
  program: string,
  readyPath: string,
  argsFor: (folder: string, port: number) => string[],
): Promise<RealServer> {
  let said = ''
  for (let i = 0; i < TRIES; i += 1) {
    const folder = mkdtempSync(join(tmpdir(), 'tidemark-real-'))
    const port = await freePort()
    const child = spawn(program, argsFor(folder, port), { stdio: ['ignore', 'pipe', 'pipe'] })
    said = ''
    const hear = (some: Buffer) => {
      said = `${said}${some.toString()}`.slice(-2_000)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    const gone = new Promise<void>((done) => {
      child.on('error', () => done())
      child.on('exit', () => done())
    })
    const stop = async () => {
      child.kill('SIGKILL')
      await gone
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    }
    const url = `http://127.0.0.1:${port}`
    if (await isReady(child, url + readyPath)) return { url, stop }
    await stop()
  }
  throw new Error(`${program} did not become ready; it said last: ${said}`)
}

const PATIENCE_MS = 20_000
const LOOK_EVERY_MS = 50

/** Looks until it answers well; false where it ended or took too long. */
async function isReady(child: ChildProcess, url: string): Promise<boolean> {
  const givenUpAt = Date.now() + PATIENCE_MS
  while (child.exitCode === null && child.pid !== undefined && Date.now() < givenUpAt) {
    const isUp = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isUp) return child.exitCode === null
    await new Promise((done) => setTimeout(done, LOOK_EVERY_MS))
  }
  return false
}

/** A port that was free a moment ago. */
const freePort = () =>
  new Promise<number>((done, fail) => {
    const server = createServer()
    server.on('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => done(port))
    })
  })
