import { Button } from '@mantine/core'
import { formatClock, formatCount, formatDuration, formatZone, THIN_SPACE } from '#domain/format.ts'
import type { EpochMs } from '#domain/units.ts'
import type { TabRole } from '#monitor/orgFacts.ts'
import type { Expiry } from '#sources/genesys/expiry.ts'
import { type DataAge, dataAge } from '#state/dataAge.ts'
import { clockSkewOf } from '#state/clockSkew.ts'
import { useMonitor } from '#state/MonitorProvider.tsx'
import { useNow } from '#state/useNow.ts'
import { useOrgFacts } from '#state/useOrgFacts.ts'
import type { DisplayState } from '#ui/glyphs/displayState.ts'
import { StateGlyph } from '#ui/glyphs/StateGlyph.tsx'
import classes from './HeaderStatus.module.css'

/** What the header needs to know of the sign-in of the organisation on the screen. */
export type SessionActions = {
  /** Where the token stands; null where nobody is signed in or nobody needs to be. */
  expiry: (now: EpochMs) => Expiry | null
  signIn: () => void
}

type Props = { zone: string; session: SessionActions }

/** Own load, age of the data, the sign-in where it needs a click, and the organisation's clock. */
export function HeaderStatus({ zone, session }: Props) {
  const monitor = useMonitor()
  const facts = useOrgFacts()
  const now = useNow(monitor.now, 1_000)
  const skew = clockSkewOf(facts.clock)
  const { requestsLastMinute, allowedPerMinute, channels } = facts.footprint
  return (
    <div className={classes.status}>
      <Tabs role={facts.role} hasOtherBuild={(facts.otherBuildAt ?? null) !== null} />
      <span className={classes.item}>
        Own load{' '}
        <b>
          {formatCount(requestsLastMinute)} of {formatCount(allowedPerMinute)}
          <span className={classes.wide}> requests</span>/min
        </b>{' '}
        · {channels} channels
      </span>
      <Age age={dataAge(facts.sources, now)} />
      <SignIn
        isSignedOut={facts.session.kind === 'signedOut'}
        expiry={session.expiry(now)}
        onSignIn={session.signIn}
      />
      <span className={classes.time}>
        <time dateTime={new Date(now).toISOString()} className={classes.clock}>
          {formatClock(now, zone)}
        </time>
        <span className={classes.zone}>
          {formatZone(now, zone)}
          {facts.clock.kind === 'unchecked' ? (
            <span title="The organisation’s clock cannot be read from here, so its times may be off.">
              {' '}
              · clock not checked
            </span>
          ) : null}
          {skew ? (
            <span title={`${skew.words} ${skew.remedy}`}> · clock here {skew.side}</span>
          ) : null}
        </span>
      </span>
    </div>
  )
}

/** What the other tabs of this organisation mean for this one, where that matters. */
function Tabs({ role, hasOtherBuild }: { role: TabRole; hasOtherBuild: boolean }) {
  const note = hasOtherBuild ? OTHER_BUILD : ROLE_NOTES[role]
  return note ? (
    <span className={classes.item} title={note.reason}>
      {note.words}
    </span>
  ) : null
}

type TabNote = { words: string; reason: string }

const OTHER_BUILD: TabNote = {
  words: 'Reload the other tabs',
  reason: 'Another tab runs another version of Tidemark; the two cannot read each other.',
}

const ROLE_NOTES: Partial<Record<TabRole, TabNote>> = {
  following: {
    words: 'Read through another tab',
    reason: 'Only one tab asks the organisation; this one reads along.',
  },
  resting: {
    words: 'No tab asks',
    reason: 'All tabs of this organisation have been hidden for as long as the settings allow.',
  },
}

const GLYPH_OF: Readonly<Record<DataAge['state'], DisplayState>> = {
  fresh: 'ok',
  stale: 'stale',
  blind: 'blind',
  none: 'loading',
}

const Age = ({ age: { state, ageMs } }: { age: DataAge }) => (
  <span className={classes.item}>
    <StateGlyph state={GLYPH_OF[state]} sizePx={10} />
    {ageMs === null ? (
      'No data yet'
    ) : (
      <span>
        Data <b>{formatDuration(ageMs)}</b> old
      </span>
    )}
  </span>
)

type SignInProps = { isSignedOut: boolean; expiry: Expiry | null; onSignIn: () => void }

/** A button only where a click is needed; the monitor never leaves its page by itself. */
function SignIn({ isSignedOut, expiry, onSignIn }: SignInProps) {
  if (isSignedOut || expiry?.kind === 'expired')
    return (
      <Button variant="filled" onClick={onSignIn}>
        Sign in
      </Button>
    )
  if (expiry?.kind !== 'soon') return null
  const minutes = Math.ceil(expiry.leftMs / 60_000)
  return (
    <Button onClick={onSignIn}>
      Sign in again, {minutes}
      {THIN_SPACE}min left
    </Button>
  )
}
