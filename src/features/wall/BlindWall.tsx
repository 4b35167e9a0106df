import { formatClock } from '#domain/format.ts'
import type { EpochMs } from '#domain/units.ts'
import type { WallLayout } from '#domain/wall/wallLayout.ts'
import { StateGlyph } from '#ui/glyphs/StateGlyph.tsx'
import classes from './Wall.module.css'
import { sinceClock, spanWords } from './wallWords.ts'

/** Why nothing on the wall may be believed. */
export type WallTrouble =
  | { kind: 'deaf'; since: EpochMs; organisations: number }
  /** The clock of the machine told the same time for too long. */
  | { kind: 'clockStands' }

type Props = {
  trouble: WallTrouble
  layout: WallLayout
  /** Whether the browser knows of a network. */
  isOnline: boolean
  now: EpochMs
  zone: string
}

/** The wall itself is blind: no organisation is named, no number shown. */
export function BlindWall({ trouble, layout, isOnline, now, zone }: Props) {
  return (
    <section className={classes.blind} aria-label="This wall is blind">
      <div className={classes.hatch} aria-hidden="true" />
      <div className={classes.blindWords} role="alert">
        <p className={classes.headline}>
          <StateGlyph state="blind" sizePx={1.63 * layout.text} />
          This wall is blind
        </p>
        {trouble.kind === 'deaf' ? (
          <>
            <p className={classes.blindSince}>
              since {sinceClock(trouble.since, now, zone)}, {spanWords(trouble.since, now)}
            </p>
            <p className={classes.blindWhy}>{whyDeaf(trouble.organisations, isOnline)}</p>
          </>
        ) : (
          <p className={classes.blindWhy}>
            The clock of this machine stands at {formatClock(now, zone)}.
          </p>
        )}
      </div>
    </section>
  )
}

function whyDeaf(organisations: number, isOnline: boolean): string {
  if (!isOnline) return 'This machine has no network.'
  return organisations === 1
    ? 'It hears nothing of its organisation.'
    : `It hears nothing of any of ${organisations} organisations.`
}
