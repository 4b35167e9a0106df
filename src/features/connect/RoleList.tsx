import { useState } from 'react'
import type { Provenance } from '#domain/metrics/metric.ts'
import { PERMISSIONS, SCOPES } from '#sources/genesys/access.ts'
import { CopyButton } from '#ui/controls/CopyButton.tsx'
import classes from './RoleList.module.css'

type Row = { what: string; provenance: Provenance; permission: string }

/** What most people come for, first; the rest is one click away. */
const FIRST: readonly Row[] = [
  {
    what: 'Calls and call sessions',
    provenance: 'measured',
    permission: 'telephony:callMetrics:view',
  },
  { what: 'Users online', provenance: 'proxy', permission: 'analytics:agentState:view' },
  {
    what: 'Limits and their changes',
    provenance: 'measured',
    permission: 'limits:organization:view',
  },
]

/**
 * Which permissions the role of the signed-in user needs, and what each one is for; `withScopes` where
 * the scopes of the client stand nowhere else.
 */
export function RoleList({ withScopes = false }: { withScopes?: boolean }) {
  const [isOpen, setOpen] = useState(false)
  const rest = PERMISSIONS.filter(({ name }) => !FIRST.some((row) => row.permission === name))
  return (
    <div className={classes.role}>
      <ul className={classes.list} aria-label="Permissions of the role">
        {FIRST.map(({ what, provenance, permission }) => (
          <li key={permission}>
            <Shape provenance={provenance} />
            <span>{what}</span>
            <span className={classes.note}>{provenance}</span>
            <code>{permission}</code>
          </li>
        ))}
        {isOpen
          ? rest.map(({ name, reason, isOptional }) => (
              <li key={name}>
                <span className={classes.indent}>{capitalised(reason)}</span>
                {isOptional ? <span className={classes.note}>optional</span> : null}
                <code>{name}</code>
              </li>
            ))
          : null}
      </ul>
      <p className={classes.all}>
        <button
          type="button"
          className={classes.more}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? 'Fewer' : `${rest.length} more permissions`}
        </button>
        <span>
          Copy the role
          <CopyButton text={PERMISSIONS.map(({ name }) => name).join('\n')} what="permissions" />
        </span>
        {withScopes ? (
          <span>
            Copy the client’s scopes
            <CopyButton text={SCOPES.join('\n')} what="scopes" />
          </span>
        ) : null}
      </p>
    </div>
  )
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** The shape of a provenance alone: the word stands beside it. */
const Shape = ({ provenance }: { provenance: Provenance }) => (
  <svg width="9" height="9" aria-hidden="true">
    <rect x="1" y="1" width="7" height="7" fill="none" stroke="var(--ink2)" />
    <rect x="1" y="1" width={provenance === 'measured' ? 7 : 3.5} height="7" fill="var(--ink2)" />
  </svg>
)
