import { accessSync, constants, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { epochMs } from '#domain/units.ts'
import { createPageTimer } from '#monitor/pageTimer.ts'
import { type RecorderConfig, readRecorderConfig } from '#recorder/config/recorderConfig.ts'
import { createEventLog, type EventLog } from '#recorder/eventLog.ts'
import type { RecorderVoice } from '#recorder/http/recorderAnswers.ts'
import { createDisplayKeys } from '#recorder/keys/displayKeys.ts'
import { createRecorder } from '#recorder/recorder.ts'
import { createSecretBook } from '#recorder/secretBook.ts'
import { lockState, StateInUse } from '#recorder/stateLock.ts'
import { callersPath, UsageError } from './commandInput.ts'
import { jtlFilesOf } from './jtlFiles.ts'
import { stopFilesOf } from './stopFiles.ts'

export const DEFAULT_STATE = 'tidemark-state'

/** A recorder as a command line asks for it. */
export type Recording = {
  config: RecorderConfig
  voice: RecorderVoice
  log: EventLog
  /** Takes the state folder and begins to ask. Throws UsageError where another recorder has it. */
  begin: () => void
  /** Writes what is left and gives the folder back. */
  stop: () => Promise<void>
}

type Asked = {
  /** Paths as the caller typed them. */
  config: string
  /** Where it listens: others than this machine must show a bearer. */
  host: string
  state: string
  keys?: string | undefined
  /** Results files to follow: `FILE`, or `ID=FILE` where there are several organisations. */
  jtls: readonly string[]
  /** Files that tell a load test to stop, named in the same way. */
  stopFiles: readonly string[]
  /** Takes a line of the log. */
  write: (line: string) => void
}

/** What `record` and `serve --record` have in common. Nobody is asked before `begin`. Throws UsageError. */
export function openRecording(asked: Asked): Recording {
  const { config: file, host, state, keys, write } = asked
  const config = configOf(file)
  if (config.bearer === null && !isLoopback(host))
    throw new UsageError(
      `--host ${host} is open to others and CONFIG names no bearer; set "bearer": {"env": "NAME"} there, or leave out --host`,
    )
  const jtls = jtlFilesOf(asked.jtls, config)
  const stopFiles = stopFilesOf(asked.stopFiles, config)
  const stateFolder = stateFolderOf(state)
  const now = () => epochMs(Date.now())
  const secrets = createSecretBook()
  const log = createEventLog({ write, now, secrets })
  const displayKeys =
    keys === undefined
      ? null
      : createDisplayKeys(callersPath(keys), (reason) => log('error', 'keys_unread', { reason }))
  const recorder = createRecorder({
    config,
    displayKeys,
    jtls,
    stopFiles,
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
  let unlock: () => void = () => undefined
  return {
    config,
    voice: recorder.voice,
    log,
    begin() {
      unlock = locked(stateFolder, state)
      void recorder.start()
    },
    async stop() {
      await recorder.stop()
      unlock()
    },
  }
}

/** Addresses that only this machine reaches. */
const isLoopback = (host: string) => /^(localhost|127(\.\d{1,3}){3}|::1)$/.test(host)

function configOf(file: string): RecorderConfig {
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
