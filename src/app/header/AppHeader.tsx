import { Link } from '@tanstack/react-router'
import type { Organisation } from '#domain/organisation.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'
import type { ReviewSearch } from '#state/link/reviewLink.ts'
import { MonitorProvider } from '#state/MonitorProvider.tsx'
import type { StandingBoard } from '#state/standing/standing.ts'
import classes from './AppHeader.module.css'
import { HeaderStatus, type SessionActions } from './HeaderStatus.tsx'
import { isLongName } from './longName.ts'
import { OrganisationSwitcher } from './OrganisationSwitcher.tsx'

type Props = {
  /** How all organisations stand: what the menu lists. */
  standings: StandingBoard
  /** The organisation on the screen, or the one watched last; null where there is none yet. */
  current: { organisation: Organisation; monitor: OrgMonitor } | null
  /** Whether the screen shows all of them: then nothing above it is of one. */
  isOverview: boolean
  session: SessionActions
  /** What Review opens with. */
  review: ReviewSearch
  /** IANA zone of the clock. */
  zone: string
  onSwitch: (organisation: Organisation) => void
  onOverview: () => void
  onAdd: () => void
}

/** What stands over every screen of an organisation: which one, where to go, and how far to trust it. */
export function AppHeader(props: Props) {
  const { standings, current, isOverview, session, review, zone } = props
  return (
    <header className={classes.header}>
      <Link to="/" className={classes.mark} aria-label="Tidemark, first screen">
        <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
          <path d="M1 4.5h18" stroke="var(--limit)" strokeWidth="2" strokeDasharray="4 3" />
          <path d="M1 11c3-3 6 3 9 0s6 3 9 0v8H1Z" fill="var(--water)" />
        </svg>
        Tidemark
      </Link>
      <OrganisationSwitcher
        standings={standings}
        current={current?.organisation ?? null}
        isOverview={isOverview}
        onSwitch={props.onSwitch}
        onOverview={props.onOverview}
        onAdd={props.onAdd}
      />
      {current && !isOverview && !isLongName(current.organisation.name) ? (
        <Place organisation={current.organisation} />
      ) : null}
      <nav className={classes.nav} aria-label="Screens">
        {current ? (
          <Link
            to="/org/$orgId/live"
            params={{ orgId: current.organisation.id }}
            className={classes.screen}
            activeProps={{ className: `${classes.screen} ${classes.on}` }}
          >
            Live
          </Link>
        ) : null}
        <Link
          to="/review"
          search={review}
          activeOptions={{ includeSearch: false }}
          className={classes.screen}
          activeProps={{ className: `${classes.screen} ${classes.on}` }}
        >
          Review
        </Link>
        {current ? (
          <Link
            to="/org/$orgId/limits"
            params={{ orgId: current.organisation.id }}
            activeOptions={{ includeSearch: false }}
            className={classes.screen}
            activeProps={{ className: `${classes.screen} ${classes.on}` }}
          >
            Limits
          </Link>
        ) : null}
        <Link
          to="/wall"
          className={classes.screen}
          activeProps={{ className: `${classes.screen} ${classes.on}` }}
        >
          Wall
        </Link>
        <Link
          to="/settings"
          className={classes.screen}
          activeProps={{ className: `${classes.screen} ${classes.on}` }}
        >
          Settings
        </Link>
      </nav>
      {current && !isOverview ? (
        <MonitorProvider monitor={current.monitor}>
          <HeaderStatus zone={zone} session={session} />
        </MonitorProvider>
      ) : null}
    </header>
  )
}

/** Region and domain; one of them where they are the same. */
const Place = ({ organisation: { region, domain } }: { organisation: Organisation }) => (
  <span className={classes.place}>{region === domain ? domain : `${region} · ${domain}`}</span>
)
