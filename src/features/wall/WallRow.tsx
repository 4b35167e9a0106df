import type { ThemeName } from '#domain/charts/themeColours.ts'
import type { EpochMs, OrgId } from '#domain/units.ts'
import type { WallLayout } from '#domain/wall/wallLayout.ts'
import { isDark } from '#domain/wall/wallState.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'
import { StateGlyph } from '#ui/glyphs/StateGlyph.tsx'
import classes from './Wall.module.css'
import { WallChart } from './WallChart.tsx'
import type { WallReading } from './wallReading.ts'
import { darkWords, rowNoun, rowWords, spanWords, wallGlyph } from './wallWords.ts'

type Props = {
  reading: WallReading
  layout: WallLayout
  /** What the last hour is drawn from; null where there is none, or no room for it. */
  monitorOf: (id: OrgId) => OrgMonitor | null
  isMixed: boolean
  theme: ThemeName
  now: EpochMs
  zone: string
}

/** The chart of a row is drawn finer than its words: it has a fifth of a screen's height at most. */
const CHART_TEXT = 0.5

/** One organisation as a row: shape, name, word and numbers, last hour, share. */
export function WallRow({ reading, layout, monitorOf, isMixed, theme, now, zone }: Props) {
  const { state, metric, used, since, isSimulated } = reading
  const noun = isMixed && isSimulated ? 'simulated' : rowNoun(reading)
  if (isDark(state))
    return (
      <div className={classes.row} data-state={state}>
        <div className={classes.hatch} aria-hidden="true" />
        <span className={classes.glyph}>
          <StateGlyph state={wallGlyph(state)} sizePx={glyphPx(layout)} />
        </span>
        <div className={classes.names}>
          <h2 className={classes.name}>{reading.name}</h2>
          <p className={classes.words}>{darkWords(reading, now, zone)}</p>
        </div>
        {since === null ? null : <span className={classes.span}>{spanWords(since, now)}</span>}
      </div>
    )
  const monitor = monitorOf(reading.id)
  return (
    <div className={classes.row} data-state={state}>
      <span className={classes.glyph}>
        <StateGlyph state={wallGlyph(state)} sizePx={glyphPx(layout)} />
      </span>
      <div className={classes.names}>
        <h2 className={classes.name}>{reading.name}</h2>
        <p className={classes.words}>
          {[...rowWords(reading), ...(noun === null ? [] : [noun])].map((piece) => (
            <span key={piece}>{piece} </span>
          ))}
        </p>
      </div>
      {monitor && metric ? (
        <div className={classes.rowChart}>
          <WallChart
            monitor={monitor}
            metric={metric}
            text={CHART_TEXT * layout.text}
            laneHeight={CHART_TEXT * layout.text}
            theme={theme}
          />
        </div>
      ) : null}
      <span className={classes.used}>{used ?? '–'}</span>
    </div>
  )
}

/** The size at which glyphs stand beside names. */
const glyphPx = ({ text }: WallLayout) => 0.96 * text
