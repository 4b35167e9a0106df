import { randomBytes } from 'node:crypto'
import type { Observation } from '#domain/observation.ts'
import { jsonText, plainObservation, readObservation, type Redact } from './logRecord.ts'
import type { LogStorage } from './logStorage.ts'

/** What of an organisation is small and must outlive its hourly files. */
export type LogState = {
  /** Names this log in cursors, so that those of another one are unknown. */
  id: string
  /** Metrics, limits, markers and what is known of the registry; no samples and no errors. */
  slow: Observation
}

const NAME = 'state.json'
const VERSION = 1

export const newLogId = () => randomBytes(4).toString('hex')

/** The state as it was last saved. `null`: there is none yet. Throws where it cannot be understood. */
export async function readLogState(storage: LogStorage): Promise<LogState | null> {
  if (!(await storage.names()).includes(NAME)) return null
  const value = JSON.parse(await storage.read(NAME)) as Record<string, unknown> | null
  const { version, id, slow } = value ?? {}
  if (version !== VERSION) throw new TypeError(`${NAME} is of version ${String(version)}`)
  const observed = readObservation(slow)
  if (typeof id !== 'string' || !/^[\da-f]{8}$/.test(id) || !observed)
    throw new TypeError(`${NAME} is not as it was written`)
  return { id, slow: observed }
}

export const writeLogState = (storage: LogStorage, { id, slow }: LogState, redact: Redact) =>
  storage.replace(
    NAME,
    `${jsonText({ version: VERSION, id, slow: plainObservation(slow) }, redact)}\n`,
  )
