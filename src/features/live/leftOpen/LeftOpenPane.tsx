import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { formatDuration } from '#domain/format.ts'
import { elapsed } from '#domain/units.ts'
import type { ReportedTo } from '#sources/probe/probeMetrics.ts'
import { useMonitor } from '#state/MonitorProvider.tsx'
import { PROBES_EVERY_MS, probesQuery, type ReadProbes } from '#state/queries/probesQuery.ts'
import { useNow } from '#state/useNow.ts'
import { useOrgFacts } from '#state/useOrgFacts.ts'
import { StateGlyph } from '#ui/glyphs/StateGlyph.tsx'
import { Note } from '#ui/notes/Note.tsx'
import classes from './LeftOpen.module.css'
import { LeftOpenTable } from './LeftOpenTable.tsx'
import { emptyWords, remarkWords, summaryWords } from './leftOpenWords.ts'

type Props = {
  reportedTo: ReportedTo
  read: ReadProbes
  /** Whether there is no other such pane. */
  isAlone: boolean
}

const PLACE_WORDS: Readonly<Record<ReportedTo, string>> = {
  tab: 'reported to this browser',
  recorder: 'reported to the recorder',
}

/** Connections that look forgotten, with the lines that opened them. */
export function LeftOpenPane({ reportedTo, read, isAlone }: Props) {
  const monitor = useMonitor()
  const { organisation } = useOrgFacts()
  const now = useNow(monitor.now, 1_000)
  const titleId = useId()
  const { data, error, refetch } = useQuery(
    probesQuery(organisation.id, reportedTo, read, monitor.now),
  )
  const told = data?.told
  // An older recorder, or one that expects no reports.
  if (data && (!told || told.apps.length === 0)) return null
  const remark = told ? remarkWords(told, now) : null
  return (
    <section className={classes.pane} aria-labelledby={titleId}>
      <header className={classes.head}>
        <h2 id={titleId} className={classes.title}>
          Connections left open
        </h2>
        <span className={classes.quiet}>
          {[told ? summaryWords(told) : null, isAlone ? null : PLACE_WORDS[reportedTo]]
            .filter((words) => words !== null)
            .join('; ')}
        </span>
        {data && error ? (
          <span className={classes.stale} role="status">
            <StateGlyph state="stale" sizePx={10} />
            {formatDuration(Math.max(0, elapsed(data.at, now)))} old, expected every{' '}
            {formatDuration(PROBES_EVERY_MS)}: {error.message}
          </span>
        ) : null}
      </header>
      {told && told.findings.length > 0 ? (
        <LeftOpenTable findings={told.findings} labelledBy={titleId} isStale={error !== null} />
      ) : told ? (
        <p className={classes.words}>{emptyWords(told)}</p>
      ) : error ? (
        <Note
          title="What is left open cannot be read."
          action={{ label: 'Try again', onAction: () => void refetch() }}
        >
          {error.message}
        </Note>
      ) : (
        <p className={classes.words} role="status">
          Reading what the probes found…
        </p>
      )}
      {remark ? <p className={classes.words}>{remark}</p> : null}
    </section>
  )
}
