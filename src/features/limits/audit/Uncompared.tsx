import { formatCount } from '#domain/format.ts'
import type { DriftRow } from '#domain/limits/audit/fleetDrift.ts'
import classes from './audit.module.css'

type Props = { rows: readonly DriftRow[] }

/** What could not be compared, by the reason why: no claim that it is the same. */
export function Uncompared({ rows }: Props) {
  if (rows.length === 0) return null
  const byReason = new Map<string, Set<string>>()
  for (const { namespace, name, values } of rows)
    for (const value of values) {
      if (value.kind !== 'unread') continue
      const places = byReason.get(value.reason) ?? new Set()
      byReason.set(value.reason, places.add(namespace ?? name))
    }
  return (
    <details className={classes.uncompared}>
      <summary>{formatCount(rows.length)} could not be compared</summary>
      <ul>
        {[...byReason].map(([reason, places]) => (
          <li key={reason}>
            {reason}
            <span className={classes.code}> {[...places].join(', ')}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
