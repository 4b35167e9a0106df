import { accessSync, constants, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { epochMs } from '#domain/units.ts'
import { createPageTimer } from '#monitor/pageTimer.ts'
import { type RecorderConfig, readRecorderConfig } from '#recorder/config/recorderConfig.ts'
import { createEventLog } from '#recorder/eventLog.ts'
import { type RecorderServer, startRecorderServer } from '#recorder/http/recorderServer.ts'
import { createRecorder } from '#recorder/recorder.ts'
import { createSecretBook } from '#recorder/secretBook.ts'
import { lockState, StateInUse } from '#recorder/stateLock.ts'
import type { Command } from './command.ts'
import { callersPath, portOf, readArguments, UsageError } from './commandInput.ts'

const DEFAULT_PORT = 4190
const DEFAULT_STATE = 'tidemark-state'

const HELP = `Usage: tidemark record CONFIG [--port ${DEFAULT_PORT}] [--host 127.0.0.1] [--state ${DEFAULT_STATE}]

Records organisations day and night, and tells what it counts: feed protocol v1 at /v1/organisations
and /v1/changes, Prometheus at /metrics, health at /healthz and /readyz.

  CONFIG         a JSON file: which organisations, and where their secrets are (docs/formats.md)
  --port PORT    port to listen on; 0 takes a free one
  --host HOST    address to listen on; any but this machine's own needs a bearer in CONFIG
  --state DIR    where observations are kept for 26 hours; made where it is missing
  --help         this text

Logs one JSON line per event on standard output. Stops on Ctrl+C and on SIGTERM. Exit codes:
0 stopped, 2 it could not start.`

/** `tidemark record`: polls and serves until the signal asks it to stop. */
export const recordCommand: Command = {
  name: 'record',
  summary: 'records organisations and serves what it counts',
  help: HELP,
  async run(args, io, signal) {
    const { values, positionals } = readArguments({
      args,
      allowPositionals: true,
      options: {
        port: { type: 'string', default: String(DEFAULT_PORT) },
        host: { type: 'string', default: '127.0.0.1' },
        state: { type: 'string', default: DEFAULT_STATE },
      },
    })
    const { host, state } = values
    const port = portOf(values.port)
    const config = configOf(positionals)
    if (config.bearer === null && !isLoopback(host))
      throw new UsageError(
        `--host ${host} is open to others and CONFIG names no bearer; set "bearer": {"env": "NAME"} there, or leave out --host`,
      )
    const stateFolder = stateFolderOf(state)
    const now = () => epochMs(Date.now())
    const secrets = createSecretBook()
    const log = createEventLog({ write: io.out, now, secrets })
    const recorder = createRecorder({
      config,
      stateFolder,
      machine: {
        clock: { now },
        timer: createPageTimer(),
        fetch: (url, init) => fetch(url, init),
        random: Math.random,
        log,
        secrets,
      },
    })
    // A port that is taken is told of before anybody is asked.
    const server = await listening({ voice: recorder.voice, host, port, log })
    let unlock: () => void = () => undefined
    try {
      unlock = locked(stateFolder, state)
      void recorder.start()
      log('info', 'listening', { url: server.url, organisations: config.organisations.length })
      await new Promise<void>((onStop) => {
        if (signal?.aborted) onStop()
        else signal?.addEventListener('abort', () => onStop(), { once: true })
      })
      log('info', 'stopping')
    } finally {
      await server.close()
      await recorder.stop()
      unlock()
    }
    log('info', 'stopped')
    return 0
  },
}

function configOf(files: readonly string[]): RecorderConfig {
  const [file] = files
  if (file === undefined || files.length > 1)
    throw new UsageError(`expected one CONFIG, and ${files.length} were given`)
  const path = callersPath(file)
  const parsed = readRecorderConfig(textOf(path, file), { env: process.env, folder: dirname(path) })
  if (parsed.ok) return parsed.value
  throw new UsageError(`${file}: ${parsed.problem}`)
}

function textOf(path: string, file: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException
    const reason = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`
    throw new UsageError(`${file} ${reason}`, { cause: error })
  }
}

function stateFolderOf(folder: string): string {
  const path = callersPath(folder)
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    accessSync(path, constants.W_OK)
    return path
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException
    throw new UsageError(`--state ${folder} cannot be written to (${code})`, { cause: error })
  }
}

function locked(path: string, folder: string): () => void {
  try {
    return lockState(path)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const reason = error instanceof StateInUse ? message : `it cannot be written to (${code})`
    throw new UsageError(`--state ${folder}: ${reason}`, { cause: error })
  }
}

const isLoopback = (host: string) => /^(localhost|127(\.\d{1,3}){3}|::1)$/.test(host)

async function listening(
  options: Parameters<typeof startRecorderServer>[0],
): Promise<RecorderServer> {
  try {
    return await startRecorderServer(options)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    throw new UsageError(
      code === 'EADDRINUSE'
        ? `port ${options.port} is taken; stop what listens there, or choose another with --port`
        : `cannot listen on ${options.host} port ${options.port}: ${message}`,
      { cause: error },
    )
  }
}
