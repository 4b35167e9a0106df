import type { EpochMs } from '#domain/units.ts'
import type { SecretBook } from './secretBook.ts'

export type LogLevel = 'info' | 'warn' | 'error'

/** Plain values only: what is logged is read by machines. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>

/** Tells of one event. */
export type EventLog = (level: LogLevel, event: string, fields?: LogFields) => void

type Options = {
  /** Takes a line without its end. */
  write: (line: string) => void
  now: () => EpochMs
  secrets: SecretBook
}

/** One JSON line per event: `{"at":"2026-11-30T08:00:00.000Z","level":"info","event":"listening",…}`. */
export const createEventLog =
  ({ write, now, secrets }: Options): EventLog =>
  (level, event, fields = {}) => {
    const told = { at: new Date(now()).toISOString(), level, event, ...fields }
    write(
      JSON.stringify(told, (_, value: unknown) =>
        typeof value === 'string' ? secrets.redacted(value) : value,
      ),
    )
  }
