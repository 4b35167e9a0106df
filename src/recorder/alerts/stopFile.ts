import { existsSync, renameSync, writeFileSync } from 'node:fs'
import type { Alert } from '#domain/alerts/alert.ts'
import { stopping } from '#domain/alerts/stopping.ts'
import { durationMs, type EpochMs, type OrgId, SECOND_MS } from '#domain/units.ts'
import type { EventLog } from '../eventLog.ts'

/** A file that tells a load test to stop, and whose organisation decides. */
export type StopFile = { organisation: OrgId; path: string }

/** What was measured longer ago stops nothing. */
const FRESH_MS = durationMs(15 * SECOND_MS)

type Options = {
  path: string
  log: EventLog
  /** Why it has to stop, in a sentence. */
  reasonOf: (alert: Alert) => string
}

/**
 * Writes the file when a stop rule fires: once for each time, whole or not at all, and never over one that is there.
 * Nobody but its reader removes it, so a test that begins again after that is stopped by the next firing, not by this one.
 */
export function createStopFile({ path, log, reasonOf }: Options) {
  const done = new Set<string>()
  let isTrouble = false
  if (existsSync(path)) log('warn', 'stop_file_there', { reason: 'it was there at the start' })

  function write(alert: Alert, now: EpochMs) {
    if (existsSync(path)) return
    const text = `${new Date(now).toISOString()} ${reasonOf(alert)}\n`
    writeFileSync(`${path}.next`, text, { flush: true })
    renameSync(`${path}.next`, path)
    log('warn', 'stop_file_written', { rule: alert.rule, reason: reasonOf(alert) })
  }

  /** Takes a look at what fires now. */
  return (active: readonly Alert[], now: EpochMs) => {
    for (const alert of stopping(active, now, FRESH_MS)) {
      if (done.has(alert.id)) continue
      try {
        write(alert, now)
        done.add(alert.id)
        isTrouble = false
      } catch (error) {
        const { code = 'unknown error' } = error as NodeJS.ErrnoException
        if (!isTrouble) log('error', 'stop_file_not_written', { reason: code })
        // The next look tries again, as long as what is known is fresh.
        isTrouble = true
      }
    }
    const firing = new Set(active.map(({ id }) => id))
    for (const id of done) if (!firing.has(id)) done.delete(id)
  }
}
