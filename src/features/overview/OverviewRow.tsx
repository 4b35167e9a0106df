import { Button } from '@mantine/core'
import { memo, type MouseEvent } from 'react'
import {
  formatClock,
  formatCount,
  formatDuration,
  formatPercent,
  THIN_SPACE,
} from '#domain/format.ts'
import type { JournalEntry } from '#domain/limits/limitJournal.ts'
import type { Organisation } from '#domain/organisation.ts'
import type { EpochMs } from '#domain/units.ts'
import type { Standing, StandingBoard, WatchedStanding } from '#state/standing/standing.ts'
import { useStanding } from '#state/standing/useStanding.ts'
import { useNow } from '#state/useNow.ts'
import { ProvenanceChip } from '#ui/glyphs/ProvenanceChip.tsx'
import { StateGlyph } from '#ui/glyphs/StateGlyph.tsx'
import { valueWords } from '#ui/tile/tileReading.ts'
import { UsageBar } from '#ui/tile/UsageBar.tsx'
import classes from './OverviewTable.module.css'
import type { OverviewActions } from './overviewActions.ts'
import {
  changeWords,
  glyphOf,
  noNumbersWords,
  ROLE_WORDS,
  sinceWords,
  stateOf,
  wordOf,
} from './standingWords.ts'

type Props = {
  organisation: Organisation
  board: StandingBoard
  clock: () => EpochMs
  zone: string
  actions: OverviewActions
}

/** How long it has been so is said in minutes, mostly. */
const SINCE_EVERY_MS = 5_000

/** One organisation. It is drawn anew by its own news alone. */
export const OverviewRow = memo(function OverviewRow({
  organisation,
  board,
  clock,
  zone,
  actions,
}: Props) {
  const standing = useStanding(board, organisation.id)
  const now = useNow(clock, SINCE_EVERY_MS)
  const word = stateOf(standing)
  const since = standing && sinceWords(standing, now, zone)
  return (
    <tr className={classes.row} data-state={word}>
      <td>
        <span className={classes.state}>
          <StateGlyph state={glyphOf(word)} />
          {wordOf(word)}
        </span>
        {since ? <span className={`${classes.second} ${classes.whole}`}>{since}</span> : null}
      </td>
      <th scope="row">
        <NameLink organisation={organisation} actions={actions} />
        <span className={classes.second}>{placeOf(organisation)}</span>
      </th>
      {standing?.kind === 'watched' ? (
        <Numbers
          organisation={organisation}
          standing={standing}
          now={now}
          zone={zone}
          actions={actions}
        />
      ) : (
        <NoNumbers organisation={organisation} standing={standing} actions={actions} />
      )}
    </tr>
  )
})

/** Region and domain, one of them where they are the same; what is simulated says so. */
const placeOf = ({ region, domain, simulation }: Organisation) =>
  simulation ? `simulated: ${simulation}` : region === domain ? domain : `${region} · ${domain}`

function NameLink({ organisation, actions }: Pick<Props, 'organisation' | 'actions'>) {
  const open = (event: MouseEvent) => {
    // Another tab or window is the browser's affair.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    actions.open(organisation.id)
  }
  return (
    <a
      className={classes.name}
      href={actions.hrefOf(organisation.id)}
      data-organisation={organisation.id}
      onClick={open}
    >
      {organisation.name}
    </a>
  )
}

type NumbersProps = Omit<Props, 'board' | 'clock'> & { standing: WatchedStanding; now: EpochMs }

function Numbers({ organisation, standing, now, zone, actions }: NumbersProps) {
  const { metric, peak, forecast, unread, isSignedOut, requestsLastMinute } = standing
  const isOld = standing.ageState === 'stale' || standing.ageState === 'blind'
  return (
    <>
      <td>
        {metric ? (
          <>
            {metric.title}
            <span className={classes.second}>
              <ProvenanceChip provenance={metric.provenance} scope={metric.scope} />
            </span>
          </>
        ) : (
          '–'
        )}
      </td>
      <td className={classes.use}>
        <Use standing={standing} />
      </td>
      <td>
        {peak && metric ? (
          <span className={classes.whole}>
            peak <b>{valueWords(peak.value, metric)}</b> at {formatClock(peak.at, zone, 'minutes')}
          </span>
        ) : (
          '–'
        )}
        <span className={classes.second}>
          {forecast ?? (unread > 0 ? `${unread} more cannot be read` : null)}
        </span>
      </td>
      <td className={classes.number}>{formatCount(standing.refusedLastHour)}</td>
      <td>
        <Change change={standing.change} standing={standing} now={now} zone={zone} />
      </td>
      <td className={classes.number}>
        {standing.ageMs === null ? (
          'none yet'
        ) : isOld ? (
          <b>{formatDuration(standing.ageMs)}</b>
        ) : (
          formatDuration(standing.ageMs)
        )}
      </td>
      <td>
        <span className={classes.whole}>
          {formatCount(requestsLastMinute)} of {formatCount(standing.allowedPerMinute)}/min
        </span>
        {isSignedOut ? (
          <Button
            size="xs"
            aria-label={`Sign in to ${organisation.name}`}
            onClick={() => actions.signIn(organisation.id)}
          >
            Sign in
          </Button>
        ) : (
          <span className={classes.second}>{ROLE_WORDS[standing.role]}</span>
        )}
      </td>
    </>
  )
}

/** Value, limit, share and bar; what cannot be read says why instead. */
function Use({ standing }: { standing: WatchedStanding }) {
  const { state, metric, value, limit, lastRatio, reason } = standing
  if (value === null || !metric)
    return (
      <>
        <span className={classes.values}>
          <span>–</span>
        </span>
        <span className={classes.second}>{reason ?? 'nothing read yet'}</span>
      </>
    )
  const isUsage = state === 'ok' || state === 'warn' || state === 'critical' || state === 'atLimit'
  return (
    <>
      <span className={classes.values} data-stale={state === 'stale'}>
        <b>{valueWords(value, metric)}</b>
        <span>{limit === null ? 'limit unknown' : `/ ${formatCount(limit)}`}</span>
        {isUsage && lastRatio !== null ? (
          <b className={classes.used}>{formatPercent(lastRatio)}</b>
        ) : null}
      </span>
      {state === 'stale' ? (
        <span className={classes.second}>{reason}</span>
      ) : (
        <UsageBar
          usedRatio={isUsage ? lastRatio : null}
          state={isUsage ? state : 'none'}
          thresholds={metric.thresholds}
        />
      )}
    </>
  )
}

type ChangeProps = {
  change: JournalEntry | null
  standing: WatchedStanding
  now: EpochMs
  zone: string
}

const limitWords = (value: number | null) => (value === null ? 'unknown' : formatCount(value))

function Change({ change, standing, now, zone }: ChangeProps) {
  if (!change) return <>none known</>
  const title =
    change.key?.key ??
    (change.metric === standing.metric?.id ? standing.metric?.title : change.metric)
  return (
    <>
      <span className={classes.breaks}>{title}</span>{' '}
      <b className={classes.whole}>
        {limitWords(change.from)} → {limitWords(change.to)}
      </b>
      <span className={classes.second}>{changeWords(change, now, zone)}</span>
    </>
  )
}

type NoNumbersProps = {
  organisation: Organisation
  standing: Exclude<Standing, WatchedStanding> | null
  actions: OverviewActions
}

/** In the place of all numbers: why there are none, and what can be done. */
function NoNumbers({ organisation: { id, name }, standing, actions }: NoNumbersProps) {
  const canTry = standing?.kind === 'failed' || (standing?.kind === 'starting' && standing.isLate)
  return (
    <td colSpan={7}>
      <div className={classes.none}>
        <span>{standing ? noNumbersWords(standing) : `Loading…${THIN_SPACE}`}</span>
        {standing?.kind === 'signedOut' ? (
          <Button size="xs" aria-label={`Sign in to ${name}`} onClick={() => actions.signIn(id)}>
            Sign in
          </Button>
        ) : null}
        {canTry ? (
          <Button size="xs" aria-label={`Try ${name} again`} onClick={() => actions.tryAgain(id)}>
            Try again
          </Button>
        ) : null}
      </div>
    </td>
  )
}
