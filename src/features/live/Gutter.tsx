import type { ReactNode } from 'react'
import { formatCount, formatDuration } from '#domain/format.ts'
import { type ErrorClass } from '#domain/errors/errorEvent.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { type EpochMs, elapsed, type SourceId } from '#domain/units.ts'
import { laneLayout } from '#ui/charts/laneLayout.ts'
import { LinkButton } from '#ui/controls/LinkButton.tsx'
import { ErrorGlyph } from '#ui/glyphs/ErrorGlyph.tsx'
import { ProvenanceChip } from '#ui/glyphs/ProvenanceChip.tsx'
import classes from './ChartArea.module.css'
import type { SourceTrouble } from '#state/sourceNews.ts'

type Props = {
  /** Words, or a control that says them. */
  title: ReactNode
  metric: Metric | null
  latestAt: EpochMs | null
  now: EpochMs
  /** Where there is much room the origin is named; where there is little, only what is never left out. */
  room: 'long' | 'middle' | 'short'
  /** What stands in the place of samples, in words; null where samples are shown. */
  steps: string | null
  /** What is wrong with its source; null while all is well. */
  trouble: SourceTrouble | null
  onTryNow: (source: SourceId) => void
}

/** What a chart shows, how far to trust it, and how old it is. */
export function Gutter({ title, metric, latestAt, now, room, steps, trouble, onTryNow }: Props) {
  if (metric && trouble)
    return (
      <div className={classes.trouble}>
        <div className={classes.reason}>
          <h3>{title}</h3> {trouble.state}: {trouble.reason}.{' '}
          <TryNow source={trouble.source} onTryNow={onTryNow} />
        </div>
        <p className={classes.reason}>{trouble.next}</p>
        <ProvenanceChip provenance={metric.provenance} scope={metric.scope} />
        <p className={classes.source}>{metric.origin}</p>
      </div>
    )
  return (
    <>
      <h3 className={classes.name}>{title}</h3>
      {metric ? (
        <>
          <ProvenanceChip provenance={metric.provenance} scope={metric.scope} />
          {room === 'long' ? <p className={classes.source}>{steps ?? metric.origin}</p> : null}
          {room === 'short' || (room === 'long' && steps) ? null : (
            <p className={classes.source}>{ageWords(metric, latestAt, now)}</p>
          )}
        </>
      ) : null}
    </>
  )
}

type TryProps = { source: SourceId | null; onTryNow: (source: SourceId) => void }

function TryNow({ source, onTryNow }: TryProps) {
  if (source === null) return null
  return <LinkButton onClick={() => onTryNow(source)}>Try now</LinkButton>
}

/** `Every 15 s, data 9 s old`, `Followed, data 2 s old`. */
function ageWords(metric: Metric, latestAt: EpochMs | null, now: EpochMs): string {
  const age =
    latestAt === null
      ? 'no data yet'
      : `data ${formatDuration(Math.max(0, elapsed(latestAt, now)))} old`
  if (metric.intervalMs === null) return 'From a file'
  return `${metric.isFollowed ? 'Followed' : `Every ${formatDuration(metric.intervalMs)}`}, ${age}`
}

const LABEL_PX = 12

type LanesProps = {
  counts: Readonly<Record<ErrorClass, number>>
  heightPx: number
  hasOther: boolean
}

/** Legend and counts of the error lanes, each level with its lane. */
export function LaneLegend({ counts, heightPx, hasOther }: LanesProps) {
  return (
    <div className={classes.lanes}>
      <h3 className={classes.name}>Errors by class</h3>
      {laneLayout(heightPx, hasOther).map(({ errorClass, centreY, heightPx: lanePx }, i) => (
        <p
          key={errorClass}
          className={classes.lane}
          data-class={errorClass}
          // The tall lane's label stands at its foot, where its marks do.
          style={{ top: (i === 0 ? lanePx - LABEL_PX / 2 : centreY) - LABEL_PX / 2 }}
        >
          <ErrorGlyph errorClass={errorClass} />
          {errorClass} <b>{formatCount(counts[errorClass])}</b>
        </p>
      ))}
    </div>
  )
}
