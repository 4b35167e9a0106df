import { Button } from '@mantine/core'
import { formatClock, formatDate } from '#domain/format.ts'
import type { SourceId } from '#domain/units.ts'
import type { SourceStatus } from '#monitor/orgFacts.ts'
import type { ProbeId, ProbeResult } from '#sources/genesys/probes/probe.ts'
import { useMonitor } from '#state/MonitorProvider.tsx'
import { useZone } from '#state/preferences.ts'
import { useOrgFacts } from '#state/useOrgFacts.ts'
import { CopyButton } from '#ui/controls/CopyButton.tsx'
import type { DisplayState } from '#ui/glyphs/displayState.ts'
import { StateGlyph } from '#ui/glyphs/StateGlyph.tsx'
import classes from './Diagnostics.module.css'
import { type PermissionRow, permissionRows } from './permissionRows.ts'

type Props = {
  needs: ReadonlyMap<SourceId, readonly string[]>
  results: ReadonlyMap<ProbeId, ProbeResult>
}

const WORDS: Readonly<Record<PermissionRow['state'], { glyph: DisplayState; word: string }>> = {
  held: { glyph: 'ok', word: 'Held' },
  missing: { glyph: 'off', word: 'Missing' },
  unknown: { glyph: 'unknown', word: 'Not known' },
}

/** Each permission, whether it is missing, and what is off because of it. */
export function PermissionTable({ needs, results }: Props) {
  const monitor = useMonitor()
  const { sources } = useOrgFacts()
  const zone = useZone()
  const rows = permissionRows({ sources, needs, results })
  const missing = rows.filter(({ state }) => state === 'missing')
  return (
    <>
      <div className={classes.tools}>
        <span className={classes.progress}>{summaryOf(rows)}</span>
        {missing.length > 0 ? (
          <CopyButton
            text={missing.map(({ name, reason }) => `${name}\t${reason}`).join('\n')}
            what="missing permissions"
            label="Copy the missing ones"
          />
        ) : null}
      </div>
      <table className={classes.table} aria-label="Permissions">
        <thead>
          <tr>
            <th className={classes.first}>Permission</th>
            <th className={classes.stateColumn}>State</th>
            <th>For</th>
            <th>Off because of it</th>
            <th>
              <span className="visually-hidden">Ask again</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name}>
              <td className={classes.permission}>
                <code className={classes.code}>{row.name}</code>
              </td>
              <td>
                <span className={classes.state}>
                  <StateGlyph state={WORDS[row.state].glyph} sizePx={10} />
                  {WORDS[row.state].word}
                </span>
              </td>
              <td>
                {row.reason}
                {row.isOptional ? <span className={classes.quiet}>, optional</span> : null}
              </td>
              <td>{offWords(row, zone)}</td>
              <td>
                {row.off.length > 0 ? (
                  <Button
                    size="xs"
                    aria-label={`Ask again what needs ${row.name}`}
                    onClick={() => {
                      for (const { id } of row.off) monitor.tryNow(id)
                    }}
                  >
                    Ask again
                  </Button>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function summaryOf(rows: readonly PermissionRow[]): string {
  const of = (state: PermissionRow['state']) => rows.filter((row) => row.state === state).length
  return `${of('missing')} missing, ${of('held')} held, ${of('unknown')} not known.`
}

/** Sources by name, since when; else the probes that were refused. */
function offWords({ off, probes, reason }: PermissionRow, zone: string): string {
  if (off.length > 0) return `${off.map((source) => sourceWords(source, zone)).join('; ')}`
  if (probes.length > 0) return `${reason} (probe ${probes.join(', ')})`
  return '–'
}

const sourceWords = ({ title, failingSince }: SourceStatus, zone: string) =>
  failingSince === null
    ? title
    : `${title}, since ${formatDate(failingSince, zone)} ${formatClock(failingSince, zone, 'minutes')}`
