import { Button } from '@mantine/core'
import { useSyncExternalStore } from 'react'
import { formatCount } from '#domain/format.ts'
import type { AuditDesk } from '#monitor/audits/auditDesk.ts'
import classes from './audit.module.css'
import type { Audited } from './useNewestAudits.ts'

/** An organisation that cannot be compared yet, and the way to change that. */
export function MissingAudit({ organisation: { name, desk } }: { organisation: Audited }) {
  return (
    <div className={classes.empty}>
      <p>{name} has no audit yet.</p>
      {desk ? <AuditNow name={name} desk={desk} /> : <p>Open it and audit it on its own screen.</p>}
    </div>
  )
}

function AuditNow({ name, desk }: { name: string; desk: AuditDesk }) {
  const { run, failure } = useSyncExternalStore(desk.subscribe, desk.state)
  const progress = run?.progress ?? null
  return (
    <>
      {run ? (
        <p role="status">
          {progress
            ? `${formatCount(progress.done)} of ${formatCount(progress.of)} namespaces read`
            : 'Asking which namespaces there are'}
        </p>
      ) : (
        <Button size="xs" aria-label={`Audit ${name} now`} onClick={() => void desk.audit()}>
          Audit it now
        </Button>
      )}
      {failure ? (
        <p className={classes.problem} role="alert">
          {failure.problem} {failure.remedy}
        </p>
      ) : null}
    </>
  )
}
