import { Button, NativeSelect } from '@mantine/core'
import { useState, useSyncExternalStore } from 'react'
import { formatCount, formatZone } from '#domain/format.ts'
import type { AuditSummary } from '#domain/limits/audit/auditSummary.ts'
import { dayAndClock } from '#domain/timeline/dayAndClock.ts'
import { DAY_MS, type DurationMs, durationMs, type EpochMs } from '#domain/units.ts'
import type { AuditDesk, AuditDeskState } from '#monitor/audits/auditDesk.ts'
import { useZone } from '#state/preferences.ts'
import { useOrgFacts } from '#state/useOrgFacts.ts'
import { LinkButton } from '#ui/controls/LinkButton.tsx'
import { AuditDetails } from './AuditDetails.tsx'
import classes from './audit.module.css'
import { nextAuditWords } from './nextAuditWords.ts'

type Props = {
  desk: AuditDesk
  /** How often an audit is made by itself; null for never. */
  everyMs: DurationMs | null
  onEvery: (everyMs: DurationMs | null) => void
}

/** So many stand there at first: what is older is asked for. */
const SHOWN = 8

const SCHEDULES = [
  { value: '', label: 'Never by itself' },
  { value: String(DAY_MS), label: 'Every day' },
  { value: String(7 * DAY_MS), label: 'Every week' },
]

/** Makes audits of an organisation's limits, and shows those that are kept. */
export function AuditPanel({ desk, everyMs, onEvery }: Props) {
  const state = useSyncExternalStore(desk.subscribe, desk.state)
  const facts = useOrgFacts()
  const zone = useZone()
  const every = everyMs === null ? '' : String(everyMs)
  return (
    <section className={classes.pane} aria-labelledby="audit-heading">
      <div className={classes.head}>
        <h2 id="audit-heading" className={classes.title}>
          Audit of limits
        </h2>
        <Button size="xs" disabled={state.run !== null} onClick={() => void desk.audit()}>
          Audit now
        </Button>
      </div>
      <p className={classes.quiet}>
        A file with every key of every namespace: its value, its use, or why that cannot be said.
      </p>
      {state.run ? <Run run={state.run} onCallOff={desk.callOff} /> : null}
      {state.failure ? (
        <p className={classes.problem} role="alert">
          {state.failure.problem} {state.failure.remedy}
        </p>
      ) : null}
      {state.notice ? (
        <p className={classes.problem} role="status">
          {state.notice}
        </p>
      ) : null}
      <NativeSelect
        className={classes.schedule!}
        label="Audit by itself"
        description={nextAuditWords(state.nextAt, { everyMs, facts, zone })}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={
          SCHEDULES.some(({ value }) => value === every)
            ? SCHEDULES
            : [...SCHEDULES, { value: every, label: `Every ${Number(every) / 3_600_000} h` }]
        }
        value={every}
        onChange={({ currentTarget: { value } }) =>
          onEvery(value === '' ? null : durationMs(Number(value)))
        }
      />
      <Kept audits={state.audits} load={desk.load} zone={zone} />
    </section>
  )
}

type RunProps = { run: NonNullable<AuditDeskState['run']>; onCallOff: () => void }

function Run({ run: { progress }, onCallOff }: RunProps) {
  return (
    <div className={classes.run}>
      <p role="status">
        {progress
          ? `${formatCount(progress.done)} of ${formatCount(progress.of)} namespaces read`
          : 'Asking which namespaces there are'}
      </p>
      <Button size="xs" onClick={onCallOff}>
        Call off
      </Button>
      <progress
        className={classes.bar}
        aria-label="Namespaces read"
        max={progress?.of ?? 1}
        value={progress?.done ?? 0}
      />
    </div>
  )
}

type KeptProps = {
  audits: readonly AuditSummary[] | null
  load: AuditDesk['load']
  zone: string
}

function Kept({ audits, load, zone }: KeptProps) {
  const [openedAt, setOpenedAt] = useState<EpochMs | 'newest' | null>('newest')
  const [isWhole, setIsWhole] = useState(false)
  if (audits === null) return <p className={classes.quiet}>Reading the list of audits …</p>
  const [newest] = audits
  if (!newest) return <p className={classes.empty}>No audit is kept yet.</p>
  const opened = openedAt === 'newest' ? newest.takenAt : openedAt
  const shown = isWhole ? audits : audits.slice(0, SHOWN)
  return (
    <>
      <h3 className={classes.part}>
        {formatCount(audits.length)} kept{' '}
        <span className={classes.quiet}>times in {formatZone(newest.takenAt, zone)}</span>
      </h3>
      <ol className={classes.list}>
        {shown.map((summary, i) => {
          const isOpen = summary.takenAt === opened
          return (
            <li key={summary.takenAt}>
              <button
                type="button"
                className={classes.row}
                aria-expanded={isOpen}
                onClick={() => setOpenedAt(isOpen ? null : summary.takenAt)}
              >
                <b>{dayAndClock(summary.takenAt, zone, newest.takenAt)}</b>
                <span>{summaryWords(summary)}</span>
              </button>
              {isOpen ? (
                <AuditDetails
                  key={summary.takenAt}
                  load={load}
                  takenAt={summary.takenAt}
                  beforeAt={audits[i + 1]?.takenAt ?? null}
                  zone={zone}
                />
              ) : null}
            </li>
          )
        })}
      </ol>
      {shown.length < audits.length ? (
        <LinkButton onClick={() => setIsWhole(true)}>
          {`${audits.length - shown.length} older audits`}
        </LinkButton>
      ) : null}
    </>
  )
}

function summaryWords({ keys, namespaces, unread, changes }: AuditSummary): string {
  const parts = [`${formatCount(keys)} keys`]
  if (unread > 0) parts.push(`${formatCount(unread)} of ${formatCount(namespaces)} not read`)
  parts.push(
    changes === null
      ? 'not compared'
      : changes === 0
        ? 'no change'
        : `${formatCount(changes)} ${changes === 1 ? 'change' : 'changes'}`,
  )
  return parts.join(' · ')
}
