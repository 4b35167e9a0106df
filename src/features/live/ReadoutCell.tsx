import { formatClock, formatDuration } from '#domain/format.ts'
import { DAY_MS, elapsed, type EpochMs } from '#domain/units.ts'
import { useCrosshairAt, useIsCrosshairPinned } from '#state/crosshair.ts'
import classes from './ChartArea.module.css'
import { dayAndClock } from '#domain/timeline/dayAndClock.ts'
import { ReadoutLevel, ReadoutRows } from './Readout.tsx'
import { type ReadoutFacts, readoutAt } from './readoutRows.ts'

/** What a readout needs beside the instant, which follows the crosshair. */
export type ReadoutSource = Omit<ReadoutFacts, 'at' | 'iteration'> & {
  window: { from: EpochMs; to: EpochMs }
  /** The instant shown while the crosshair is nowhere. */
  now: EpochMs
  iterationAt: (at: EpochMs) => string | null
}

type Props = { source: ReadoutSource; part: 'connections' | 'sessions' | 'errors' | 'queue' }

/** The numbers of one chart at the crosshair. Each cell follows it alone, so moving it renders little. */
export function ReadoutCell({ source, part }: Props) {
  const at = useReadoutAt(source)
  const numbers = readoutAt({ ...source, at, iteration: source.iterationAt(at) })
  return part === 'connections' ? (
    <ReadoutLevel level={numbers.connections()} />
  ) : (
    <ReadoutRows rows={numbers[part]()} />
  )
}

/** The crosshair's instant, or the newest of the window. */
function useReadoutAt({ window, now }: ReadoutSource): EpochMs {
  const at = useCrosshairAt()
  if (at !== null) return at
  return window.to < now ? window.to : now
}

/** `At 13:12:40`; of the step that holds it: `17 Sep 13:10, 30 min`. */
function instantWords({ drawn, plan, window }: ReadoutSource, at: EpochMs, zone: string): string {
  const [walked] = [...plan.connections, ...plan.sessions]
  const step = walked && drawn.step(walked.id, at)
  if (step) return `${dayAndClock(step.from, zone)}, ${formatDuration(elapsed(step.from, step.to))}`
  const isLong = elapsed(window.from, window.to) > DAY_MS
  return isLong ? `At ${dayAndClock(at, zone)}` : `At ${formatClock(at, zone)}`
}

type HeadingProps = { source: ReadoutSource; isPaused: boolean; zone: string }

/** Which instant the readout speaks of: "Now", "At 13:12:40 pinned". */
export function ReadoutHeading({ source, isPaused, zone }: HeadingProps) {
  const at = useCrosshairAt()
  const isPinned = useIsCrosshairPinned()
  const shown = useReadoutAt(source)
  const isNow = at === null && source.window.to >= source.now
  return (
    <p className={classes.heading}>
      <b>{isNow ? 'Now' : instantWords(source, shown, zone)}</b>{' '}
      <span>{isPinned ? 'pinned' : at === null && isPaused ? 'paused' : ''}</span>
    </p>
  )
}
