import { Button } from '@mantine/core'
import { formatClock, formatDuration } from '#domain/format.ts'
import { elapsed, type EpochMs } from '#domain/units.ts'
import type { SourceStatus } from '#monitor/orgFacts.ts'
import type { OrganisationConfig } from '#sources/config/tidemarkConfig.ts'
import { useMonitor } from '#state/MonitorProvider.tsx'
import { useZone } from '#state/preferences.ts'
import { isSwitchedOff } from '#state/sourceNews.ts'
import { useNow } from '#state/useNow.ts'
import { useOrgFacts } from '#state/useOrgFacts.ts'
import type { DisplayState } from '#ui/glyphs/displayState.ts'
import { StateGlyph } from '#ui/glyphs/StateGlyph.tsx'
import classes from './table.module.css'

type Props = {
  config: OrganisationConfig
  onChange: (changes: Pick<OrganisationConfig, 'sourcesOff'>) => Promise<void>
}

/** Every source of the organisation: whether it answers, why not, a way to try it now, and to do without it. */
export function SourceTable({ config, onChange }: Props) {
  const monitor = useMonitor()
  const { sources } = useOrgFacts()
  const now = useNow(monitor.now, 1_000)
  const zone = useZone()
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th>Source</th>
          <th>State</th>
          <th className={classes.wide}>Reason</th>
          <th className={classes.right}>Last reply</th>
          <th className={classes.right}>Every</th>
          <th>
            <span className="visually-hidden">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {sources.map((source) => (
          <tr key={source.id}>
            <td className={classes.name}>{source.title}</td>
            <td>
              <span className={classes.state}>
                <StateGlyph state={wordsOf(source).glyph} sizePx={10} />
                {wordsOf(source).word}
              </span>
            </td>
            <td>{reasonOf(source, now, zone)}</td>
            <td className={classes.right}>
              {source.lastOkAt === null
                ? 'none yet'
                : `${formatDuration(Math.max(0, elapsed(source.lastOkAt, now)))} ago`}
            </td>
            <td className={classes.right}>{formatDuration(source.everyMs)}</td>
            <td>
              <div className={classes.acts}>
                {isSwitchedOff(source) ? null : (
                  <Button
                    size="xs"
                    aria-label={`Try ${source.title} now`}
                    onClick={() => monitor.tryNow(source.id)}
                  >
                    Try now
                  </Button>
                )}
                <Button
                  size="xs"
                  aria-label={`Switch ${source.title} ${isSwitchedOff(source) ? 'on' : 'off'}`}
                  onClick={() => void onChange({ sourcesOff: switched(config, source) })}
                >
                  {isSwitchedOff(source) ? 'Switch on' : 'Switch off'}
                </Button>
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The sources that are not asked, with this one or without it. */
const switched = ({ sourcesOff }: OrganisationConfig, { id }: SourceStatus) =>
  sourcesOff.includes(id) ? sourcesOff.filter((one) => one !== id) : [...sourcesOff, id]

/** The state of a source as a glyph and a word. A source that is off says which kind of off. */
function wordsOf({ state, failure }: SourceStatus): { glyph: DisplayState; word: string } {
  switch (state) {
    case 'ok':
      return { glyph: 'ok', word: 'Works' }
    case 'waiting':
      return { glyph: 'loading', word: 'Waiting' }
    case 'signedOut':
      return { glyph: 'off', word: 'Signed out' }
    case 'failing':
      return { glyph: 'stale', word: 'Failing' }
    case 'off':
      if (!failure) return { glyph: 'off', word: 'Off, by you' }
      if (failure.kind === 'forbidden') return { glyph: 'off', word: 'Forbidden' }
      return { glyph: 'off', word: failure.kind === 'absent' ? 'Absent' : 'Off' }
  }
}

function reasonOf({ failure, failingSince, nextAt }: SourceStatus, now: EpochMs, zone: string) {
  if (!failure) return '–'
  const reason =
    failure.kind === 'forbidden' && failure.permission
      ? `Permission missing: ${failure.permission}.`
      : failure.message
  const since = failingSince === null ? '' : ` Since ${formatClock(failingSince, zone)}.`
  const next =
    nextAt !== null && nextAt > now ? ` Next attempt at ${formatClock(nextAt, zone)}.` : ''
  return reason + since + next
}
