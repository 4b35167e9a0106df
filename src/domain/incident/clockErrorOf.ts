import type { ErrorEvent } from '../errors/errorEvent.ts'
import { isFileKind } from '../fileKind.ts'
import { type DurationMs, durationMs } from '../units.ts'
import type { Incident } from './incident.ts'

/**
 * How far the time of a failure may be off: by the clock of the file that tells of it, else by the
 * organisation's. Of several files of its kind the worst counts, since an event does not say which
 * one it is from; null where nobody can say of one of them.
 */
export function clockErrorOf(incident: Incident, { source }: ErrorEvent): DurationMs | null {
  if (!isFileKind(source)) return soundLength(incident.clockErrorMs)
  const files = incident.sources.filter(
    ({ id, fileKind }) => id !== 'history' && (fileKind ?? source) === source,
  )
  const clocks = files.map(({ clock }) => soundLength(clock.plusMinusMs))
  const known = clocks.filter((one) => one !== null)
  return known.length > 0 && known.length === clocks.length ? durationMs(Math.max(...known)) : null
}

const soundLength = (length: DurationMs | null) =>
  length !== null && length >= 0 && length < Infinity ? length : null
