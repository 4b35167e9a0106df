import { Button } from '@mantine/core'
import { formatClock, formatDuration } from '#domain/format.ts'
import { elapsed, type EpochMs } from '#domain/units.ts'
import type { SourceStatus } from '#monitor/orgFacts.ts'
import { useMonitor } from '#state/MonitorProvider.tsx'
import { useZone } from '#state/preferences.ts'
import { useNow } from '#state/useNow.ts'
import { useOrgFacts } from '#state/useOrgFacts.ts'
import type { DisplayState } from '#ui/glyphs/displayState.ts'
import { StateGlyph } from '#ui/glyphs/StateGlyph.tsx'
import classes from './table.module.css'

/** Every source of the organisation: whether it answers, why not, and a way to try it now. */
export function SourceTable() {
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
            <span className="visually-hidden">Try now</span>
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
                <Button
                  size="xs"
                  aria-label={`Try ${source.title} now`}
                  onClick={() => monitor.tryNow(source.id)}
                >
                  Try now
                </Button>
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

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
      if (failure?.kind === 'forbidden') return { glyph: 'off', word: 'Forbidden' }
      return { glyph: 'off', word: failure?.kind === 'absent' ? 'Absent' : 'Off' }
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
