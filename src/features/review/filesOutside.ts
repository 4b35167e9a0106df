import type { Draft, DraftFile } from '#domain/incident/draft.ts'
import type { Span } from '#domain/incident/incident.ts'
import { movedInstant } from '#domain/clock/movedSeries.ts'
import { type EpochMs, epochMs } from '#domain/units.ts'

/** The time a file is of, on the review's axis; null where it holds no samples. */
export function spanOfFile({ source, observation }: DraftFile): Span | null {
  const ends = observation.samples.flatMap(({ series: { timeMs } }) =>
    timeMs.length > 0 ? [timeMs[0]!, timeMs.at(-1)!] : [],
  )
  if (ends.length === 0) return null
  const moved = (at: number): EpochMs => movedInstant(epochMs(at), source.clock)
  return { from: moved(Math.min(...ends)), to: moved(Math.max(...ends)) }
}

/** Files that hold nothing of a window, with the time they are of. */
export const filesOutside = ({ files }: Draft, { from, to }: Span) =>
  files.flatMap((file) => {
    const span = spanOfFile(file)
    const isOutside = span !== null && (span.to < from || span.from > to)
    return isOutside ? [{ id: file.source.id, name: file.source.name, ...span }] : []
  })
