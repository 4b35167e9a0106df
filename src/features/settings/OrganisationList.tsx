import { Button } from '@mantine/core'
import { useState } from 'react'
import { formatDuration } from '#domain/format.ts'
import type { Organisation } from '#domain/organisation.ts'
import { type EpochMs, epochMs } from '#domain/units.ts'
import { useNow } from '#state/useNow.ts'
import { ConfirmDialog } from './ConfirmDialog.tsx'
import { OrganisationForm } from './OrganisationForm.tsx'
import type { SettingsActions, SettingsOrganisation } from './settingsActions.ts'
import classes from './table.module.css'

type Props = {
  organisations: readonly SettingsOrganisation[]
  redirectUri: string
  actions: SettingsActions
}

const wallClock = () => epochMs(Date.now())

/** The organisations of this browser, and what can be done with each. */
export function OrganisationList({ organisations, redirectUri, actions }: Props) {
  const now = useNow(wallClock, 10_000)
  if (organisations.length === 0)
    return <p>None yet: connect one, or watch a simulated one, on the first screen.</p>
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th>Name</th>
          <th>Where</th>
          <th>OAuth client</th>
          <th>Feed</th>
          <th>Sign-in</th>
          <th>
            <span className="visually-hidden">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {organisations.map((known) => (
          <Row
            key={known.config.id}
            known={known}
            now={now}
            redirectUri={redirectUri}
            actions={actions}
          />
        ))}
      </tbody>
    </table>
  )
}

/** Region and domain, one of them where they are the same; the scenario of a simulated organisation. */
const placeOf = ({ region, domain, simulation }: Organisation) =>
  simulation ?? (region === domain ? domain : `${region}, ${domain}`)

type RowProps = {
  known: SettingsOrganisation
  now: EpochMs
  redirectUri: string
  actions: SettingsActions
}

function Row({ known, now, redirectUri, actions }: RowProps) {
  const { config, organisation } = known
  const { id, simulation, clientId, feed } = config
  const [open, setOpen] = useState<'form' | 'removal' | null>(null)
  const { name } = organisation
  const expiry = known.expiry(now)
  const isSignedIn = expiry !== null && expiry.kind !== 'expired'
  return (
    <>
      <tr>
        <td className={classes.name}>{name}</td>
        <td>{placeOf(organisation)}</td>
        <td className={classes.code}>{clientId || '–'}</td>
        <td>{feed?.url ?? (organisation.simulation ? 'that of the simulator' : 'none')}</td>
        <td className={classes.nowrap}>
          {simulation
            ? 'not needed'
            : isSignedIn
              ? `${formatDuration(expiry.leftMs)} left`
              : 'signed out'}
        </td>
        <td>
          <div className={classes.acts}>
            <Button size="xs" aria-label={`Open ${name}`} onClick={() => actions.show(id)}>
              Open
            </Button>
            <Button
              size="xs"
              aria-label={`Diagnostics of ${name}`}
              onClick={() => actions.diagnose(id)}
            >
              Diagnostics
            </Button>
            {simulation ? null : isSignedIn ? (
              <Button
                size="xs"
                aria-label={`Sign out of ${name}`}
                onClick={() => void actions.signOut(id)}
              >
                Sign out
              </Button>
            ) : (
              <Button
                size="xs"
                aria-label={`Sign in to ${name}`}
                onClick={() => actions.signIn(id)}
              >
                Sign in
              </Button>
            )}
            <Button
              size="xs"
              aria-label={`Edit ${name}`}
              aria-expanded={open === 'form'}
              onClick={() => setOpen(open === 'form' ? null : 'form')}
            >
              Edit
            </Button>
            <Button size="xs" aria-label={`Remove ${name}`} onClick={() => setOpen('removal')}>
              Remove
            </Button>
          </div>
        </td>
      </tr>
      {open === 'form' ? (
        <tr>
          <td colSpan={6}>
            <OrganisationForm
              known={known}
              redirectUri={redirectUri}
              actions={actions}
              onDone={() => setOpen(null)}
            />
          </td>
        </tr>
      ) : null}
      {open === 'removal' ? (
        <ConfirmDialog
          title={`Remove ${name}?`}
          act="Remove"
          onAct={() => {
            setOpen(null)
            void actions.signOut(id).then(() => actions.remove(id))
          }}
          onGone={() => setOpen(null)}
        >
          Its settings and its history in this browser are deleted
          {isSignedIn && !simulation ? ', and you are signed out' : ''}. Nothing changes in Genesys
          Cloud.
        </ConfirmDialog>
      ) : null}
    </>
  )
}
