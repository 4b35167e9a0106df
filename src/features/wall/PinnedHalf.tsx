import type { ThemeName } from '#domain/charts/themeColours.ts'
import { formatClock, formatCount, THIN_SPACE } from '#domain/format.ts'
import { type EpochMs, HOUR_MS, later, type OrgId } from '#domain/units.ts'
import type { WallLayout } from '#domain/wall/wallLayout.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'
import { ProvenanceGlyph } from '#ui/glyphs/ProvenanceChip.tsx'
import { StateGlyph } from '#ui/glyphs/StateGlyph.tsx'
import classes from './Wall.module.css'
import { WallChart } from './WallChart.tsx'
import type { WallReading } from './wallReading.ts'
import { sinceClock, spanWords, WALL_WORDS, wallGlyph } from './wallWords.ts'

type Props = {
  reading: WallReading
  layout: WallLayout
  monitorOf: (id: OrgId) => OrgMonitor | null
  /** It has just become critical: an outline says so, for two seconds. */
  isNew: boolean
  theme: ThemeName
  now: EpochMs
  zone: string
}

/** Height of the lane of refusals, of the text. Its words stand under it: in it they would hide some. */
const LANE_EM = 1.5

/** The organisation that has to be acted on, as large as the wall can say it. */
export function PinnedHalf({ reading, layout, monitorOf, isNew, theme, now, zone }: Props) {
  const { state, metric, provenance } = reading
  const { text } = layout
  const monitor = monitorOf(reading.id)
  // Larger letters leave less: the ends of the hour go, and what is measured need not say so.
  const hasRoom = layout.stretch === 1
  return (
    <section className={classes.pinned} aria-label="Most urgent" data-new={isNew}>
      <p className={classes.headline}>
        <StateGlyph state={wallGlyph(state)} sizePx={1.63 * text} />
        {WALL_WORDS[state]}
      </p>
      <h2 className={classes.pinnedName}>{reading.name}</h2>
      <p className={classes.metric}>{metric?.title}</p>
      <p className={classes.value}>
        <b>{reading.value}</b>
        <span>
          /{THIN_SPACE}
          {reading.limit}
        </span>
      </p>
      <p className={classes.since}>
        <span>
          <SinceWords reading={reading} now={now} zone={zone} />
        </span>
        {provenance && (hasRoom || provenance !== 'measured') ? (
          <span className={classes.provenance}>
            <ProvenanceGlyph provenance={provenance} sizePx={0.67 * text} />
            {provenance}
          </span>
        ) : null}
      </p>
      <div className={classes.hour}>
        {monitor && metric ? (
          <WallChart
            monitor={monitor}
            metric={metric}
            text={text}
            laneHeight={(hasRoom ? LANE_EM : LANE_EM / 2) * text}
            theme={theme}
          />
        ) : null}
      </div>
      <p className={classes.ends}>
        {hasRoom ? <span>{formatClock(later(now, -1 * HOUR_MS), zone, 'minutes')}</span> : null}
        <span className={classes.refused}>
          <b>{formatCount(reading.refused)}</b> refused
        </span>
        {hasRoom ? <span>{formatClock(now, zone, 'minutes')}</span> : null}
      </p>
    </section>
  )
}

type SinceProps = Pick<Props, 'reading' | 'now' | 'zone'>

function SinceWords({ reading: { state, since, used }, now, zone }: SinceProps) {
  if (state !== 'atLimit') return <b>{used} used</b>
  if (since === null)
    return (
      <>
        for over <b>1{THIN_SPACE}h</b>
      </>
    )
  return (
    <>
      since {sinceClock(since, now, zone)}, <b>{spanWords(since, now)}</b>
    </>
  )
}
