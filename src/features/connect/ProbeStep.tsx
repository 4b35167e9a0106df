import { Button } from '@mantine/core'
import type { OrgId } from '#domain/units.ts'
import { clockSkewOf } from '#state/clockSkew.ts'
import { useMonitor } from '#state/MonitorProvider.tsx'
import { useOrgFacts } from '#state/useOrgFacts.ts'
import classes from './ConnectScreen.module.css'
import { MissingNote } from './MissingNote.tsx'
import { failedOf, missingOf, probeWords } from './probe.ts'
import { ProbeTable } from './ProbeTable.tsx'
import { TroubleBox } from './TroubleBox.tsx'
import { type Twin, TwinNote } from './TwinNote.tsx'

type Props = {
  clientId: string
  /** Another entry of this browser that turned out to be the same organisation. */
  twin: Twin | null
  onOpen: (id: OrgId) => void
  /** Takes this one out again and opens the other. */
  onTakeTwin: (twin: OrgId) => void
  onSignIn: () => void
  onAnother: () => void
}

/** Every call of the catalogue, tried once by the organisation's own monitor: what works, and what is missing. */
export function ProbeStep({ clientId, twin, onOpen, onTakeTwin, onSignIn, onAnother }: Props) {
  const monitor = useMonitor()
  const { organisation, sources, metrics, clock, session } = useOrgFacts()
  const missing = missingOf(sources)
  const skew = clockSkewOf(clock)
  const failed = failedOf(sources)
  return (
    <div className={classes.form}>
      {session.kind === 'signedOut' ? (
        <div className={classes.box} role="status">
          <p>
            <b>Nobody is signed in to {organisation.name} any more.</b>{' '}
            {session.reason === 'refused'
              ? 'Genesys Cloud refuses the token: it was revoked, or it belongs to another region.'
              : 'What needs no sign-in goes on.'}
          </p>
          <Button onClick={onSignIn}>Sign in again</Button>
        </div>
      ) : null}
      {twin ? <TwinNote twin={twin} clientId={clientId} onTake={onTakeTwin} /> : null}
      {skew ? <TroubleBox trouble={{ problem: skew.words, remedy: skew.remedy }} /> : null}
      <p role="status">{probeWords(sources)}</p>
      {missing ? <MissingNote missing={missing} clientId={clientId} /> : null}
      <ProbeTable sources={sources} metrics={metrics} />
      <p>
        WebSocket connections have no public count. A feed can measure them: add its address in the
        settings.
      </p>
      <div className={classes.acts}>
        <Button variant="filled" onClick={() => onOpen(organisation.id)}>
          Go to Live
        </Button>
        {failed.length > 0 ? (
          <Button onClick={() => failed.forEach(({ id }) => monitor.tryNow(id))}>
            Try what failed again
          </Button>
        ) : null}
        <Button onClick={onAnother}>Add another organisation</Button>
      </div>
    </div>
  )
}
