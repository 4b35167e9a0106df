import { formatClock, formatZone } from '#domain/format.ts'
import type { EpochMs } from '#domain/units.ts'
import { Heartbeat } from './Heartbeat.tsx'
import classes from './Wall.module.css'
import { ageWords } from './wallWords.ts'

type Props = {
  tally: string
  /** Of the newest data of any organisation; null: none came yet. */
  ageMs: number | null
  now: EpochMs
  zone: string
  isSwapped: boolean
}

/** What the wall says of itself: how many are not well, how old this is, that it lives, and the time. */
export function WallHeader({ tally, ageMs, now, zone, isSwapped }: Props) {
  const [zoneName] = formatZone(now, zone).split(',')
  return (
    <header className={classes.header} data-swapped={isSwapped}>
      <h1 className={classes.tally}>
        <svg viewBox="0 0 20 20" className={classes.mark} aria-hidden="true">
          <path d="M1 4.5h18" stroke="var(--limit)" strokeWidth="2" strokeDasharray="4 3" />
          <path d="M1 11c3-3 6 3 9 0s6 3 9 0v8H1Z" fill="var(--water)" />
        </svg>
        <span role="status">{tally}</span>
      </h1>
      <div className={classes.life}>
        <span className={classes.age}>{ageWords(ageMs)}</span>
        <Heartbeat now={now} />
        <time className={classes.clock} dateTime={new Date(now).toISOString()}>
          {formatClock(now, zone)}
        </time>
        <span className={classes.zone}>{zoneName}</span>
      </div>
    </header>
  )
}
