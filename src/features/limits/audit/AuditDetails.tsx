import { Button } from '@mantine/core'
import { useMemo } from 'react'
import { formatCount } from '#domain/format.ts'
import type { Audit } from '#domain/limits/audit/audit.ts'
import { type AuditChange, auditDifference } from '#domain/limits/audit/auditDifference.ts'
import { GROUP_WORDS, plainWords } from '#domain/limits/audit/comparedWords.ts'
import { dayAndClock } from '#domain/timeline/dayAndClock.ts'
import type { EpochMs } from '#domain/units.ts'
import type { AuditDesk } from '#monitor/audits/auditDesk.ts'
import { auditCsv, auditJson } from '#sources/exports/auditFiles.ts'
import { saveFile } from '#ui/controls/saveFile.ts'
import { DottedName } from '../DottedName.tsx'
import { UnexplainedGlyph } from '../UnexplainedGlyph.tsx'
import classes from './audit.module.css'
import { auditFileStem } from './auditFileName.ts'
import { changeReasonWords } from './changeReasonWords.ts'
import { Uncompared } from './Uncompared.tsx'
import { useKeptAudit } from './useKeptAudit.ts'

type Props = {
  load: AuditDesk['load']
  takenAt: EpochMs
  /** Null where there is none before it. */
  beforeAt: EpochMs | null
  zone: string
}

/** One audit that is kept: its files, and what changed since the one before. */
export function AuditDetails({ load, takenAt, beforeAt, zone }: Props) {
  const kept = useKeptAudit(load, takenAt, beforeAt)
  if (kept.kind === 'reading') return <p className={classes.quiet}>Reading it …</p>
  if (kept.kind === 'failed')
    return (
      <p className={classes.problem} role="alert">
        This audit cannot be read: {kept.reason}. Make another one.
      </p>
    )
  const { audit, before } = kept
  return (
    <div className={classes.details}>
      <p className={classes.acts}>
        <Button size="xs" onClick={() => save(audit, 'json')}>
          JSON file
        </Button>
        <Button size="xs" onClick={() => save(audit, 'csv')}>
          CSV file
        </Button>
      </p>
      {before ? (
        <Since before={before} audit={audit} zone={zone} />
      ) : (
        <p className={classes.quiet}>
          {beforeAt === null
            ? 'The first audit: there is none before it to compare with.'
            : 'The one before is kept no more.'}
        </p>
      )}
    </div>
  )
}

function save(audit: Audit, as: 'json' | 'csv') {
  const name = `${auditFileStem(audit)}.${as}`
  if (as === 'json') saveFile(name, [auditJson(audit)], 'application/json')
  else saveFile(name, [auditCsv(audit)], 'text/csv')
}

type SinceProps = { before: Audit; audit: Audit; zone: string }

function Since({ before, audit, zone }: SinceProps) {
  const { changes, uncompared, compared } = useMemo(
    () => auditDifference(before, audit),
    [before, audit],
  )
  return (
    <>
      <h4 className={classes.part}>
        Since {dayAndClock(before.takenAt, zone, audit.takenAt)}:{' '}
        {changes.length === 0
          ? `none of ${formatCount(compared)} limits changed`
          : `${formatCount(changes.length)} ${changes.length === 1 ? 'change' : 'changes'}, ${formatCount(compared)} limits compared`}
      </h4>
      {changes.length > 0 ? (
        <ul className={classes.changes}>
          {changes.map((change) => (
            <Change key={change.id} change={change} zone={zone} />
          ))}
        </ul>
      ) : null}
      <Uncompared rows={uncompared} />
    </>
  )
}

function Change({ change, zone }: { change: AuditChange; zone: string }) {
  const { group, namespace, name, from, to, reason } = change
  return (
    <li>
      <p>
        <DottedName name={name} />{' '}
        <b className={classes.step}>
          {plainWords(from)} → {plainWords(to)}
        </b>
      </p>
      <p className={classes.quiet}>
        {namespace === null || namespace === name ? null : (
          <>
            <span className={classes.code}>{namespace}</span>
            {' · '}
          </>
        )}
        {group === 'values' ? null : `${GROUP_WORDS[group].toLowerCase()} `}
        {reason?.kind === 'unexplained' ? <UnexplainedGlyph /> : null}{' '}
        {reason ? changeReasonWords(reason, zone) : null}
      </p>
    </li>
  )
}
