import { Button } from '@mantine/core'
import { useSyncExternalStore } from 'react'
import type { SourceId } from '#domain/units.ts'
import type { ProbeDesk } from '#monitor/probes/probeDesk.ts'
import type { Connection } from '#sources/genesys/connection.ts'
import { useOrgFacts } from '#state/useOrgFacts.ts'
import { Banner } from '#ui/notes/Banner.tsx'
import { Section } from '#ui/section/Section.tsx'
import { ConnectionHead } from './ConnectionHead.tsx'
import classes from './Diagnostics.module.css'
import { HandProbes } from './HandProbes.tsx'
import { MinimumRole } from './MinimumRole.tsx'
import { PermissionTable } from './PermissionTable.tsx'
import { ProbeTable } from './ProbeTable.tsx'
import { ProbeTools } from './ProbeTools.tsx'

type Props = {
  desk: ProbeDesk
  connection: Connection
  /** What each source is documented to need; any one is enough. */
  needs: ReadonlyMap<SourceId, readonly string[]>
  onSignIn: () => void
}

/** What is known of one organisation's connection, and what its API answers where the documentation is silent. */
export function DiagnosticsScreen({ desk, connection, needs, onSignIn }: Props) {
  const { organisation, session } = useOrgFacts()
  const { results, run, notice } = useSyncExternalStore(desk.subscribe, desk.state)
  const canAsk = session.kind === 'signedIn'
  return (
    <>
      {session.kind === 'signedOut' ? (
        <Banner
          state="off"
          actions={
            <Button size="xs" onClick={onSignIn}>
              Sign in
            </Button>
          }
        >
          Signed out of {organisation.name}: nothing can be asked. Earlier results are shown below.
        </Banner>
      ) : null}
      {session.kind === 'notNeeded' ? (
        <Banner state="off">
          {organisation.name} is read from a feed alone. Probes ask the API of Genesys Cloud:
          connect an OAuth client in the settings to run them.
        </Banner>
      ) : null}
      {notice ? <Banner state="warn">{notice}</Banner> : null}
      <main className={classes.screen}>
        <h1 className={classes.title}>Diagnostics of {organisation.name}</h1>
        <Section title="Connection" intro={`What is known of the way to ${organisation.name}.`}>
          <ConnectionHead connection={connection} />
        </Section>
        <Section
          title="Probes"
          intro="What the documentation leaves open, asked on demand. They only read, on the organisation’s request budget."
        >
          <ProbeTools desk={desk} results={results} run={run} canAsk={canAsk} />
          <ProbeTable
            results={results}
            run={run}
            canAsk={canAsk}
            onRun={(probe) => void desk.run([probe])}
          />
        </Section>
        <Section
          title="Permissions"
          intro="What the role of the signed-in user holds, as far as replies have told."
        >
          <PermissionTable needs={needs} results={results} />
        </Section>
        <Section title="Minimum role" intro="For whoever administers the organisation.">
          <MinimumRole />
        </Section>
        <Section
          title="By hand"
          intro="Three probes change something. They are left to people, in a test organisation."
        >
          <HandProbes />
        </Section>
      </main>
    </>
  )
}
