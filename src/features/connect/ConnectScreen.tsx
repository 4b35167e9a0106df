import { type ReactNode, useState } from 'react'
import type { OrgId } from '#domain/units.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'
import type { Embedding } from '#sources/genesys/embedding.ts'
import { regionOfDomain } from '#sources/genesys/regions.ts'
import { MonitorProvider } from '#state/MonitorProvider.tsx'
import { ClientStep } from './ClientStep.tsx'
import { addressOf, type ConnectDraft } from './connectDraft.ts'
import type { ConnectProblem, ConnectRequest } from './connectRequest.ts'
import classes from './ConnectScreen.module.css'
import { type ConnectStep, reachedStep, STEPS } from './connectSteps.ts'
import { ProbeStep } from './ProbeStep.tsx'
import { RegionStep } from './RegionStep.tsx'
import { SignInStep } from './SignInStep.tsx'
import { Step } from './Step.tsx'
import type { Twin } from './TwinNote.tsx'

type Props = {
  /** The step that the address names. */
  step: ConnectStep
  draft: ConnectDraft
  /** The exact address the login page must send back to. */
  redirectUri: string
  /** What Genesys Cloud said when it opened this page in a frame. */
  embedding: Embedding | null
  isFramed: boolean
  /** What this browser has with the typed client in the typed region. */
  known: { id: OrgId; name: string } | null
  /** Its monitor, once somebody has signed in. */
  monitor: OrgMonitor | null
  twin: Twin | null
  actions: ConnectActions
}

/** What the screen asks of the app. */
export type ConnectActions = {
  goTo: (step: ConnectStep) => void
  change: (part: Partial<ConnectDraft>) => void
  /** Signs in; gives what went wrong. */
  signIn: (request: ConnectRequest) => Promise<ConnectProblem | null>
  open: (id: OrgId) => void
  /** Takes out what was added and opens the other entry of the same organisation. */
  takeTwin: (twin: OrgId) => Promise<void>
  /** Begins anew with empty fields. */
  another: () => void
}

/** Adding an organisation in four steps on one page. Each is checked as it is left; what was typed stays. */
export function ConnectScreen(props: Props) {
  const { draft, redirectUri, embedding, isFramed, known, monitor, twin, actions } = props
  const [hasMoved, setMoved] = useState(false)
  const step = reachedStep(props.step, draft, monitor !== null)
  const { addresses } = addressOf(draft)
  const clientId = draft.clientId.trim()

  const goTo = (next: ConnectStep) => {
    setMoved(true)
    actions.goTo(next)
  }
  async function signIn() {
    if (!addresses) return null
    setMoved(true)
    return actions.signIn({ domain: addresses.domain, clientId, feedUrl: null })
  }

  const contents: Readonly<Record<ConnectStep, () => ReactNode>> = {
    region: () => (
      <RegionStep
        draft={draft}
        onDraft={actions.change}
        embedding={embedding}
        onNext={() => goTo('client')}
      />
    ),
    client: () => (
      <ClientStep
        draft={draft}
        onDraft={actions.change}
        redirectUri={redirectUri}
        duplicate={known}
        onOpen={actions.open}
        onBack={() => goTo('region')}
        onNext={() => goTo('signIn')}
      />
    ),
    signIn: () =>
      addresses ? (
        <SignInStep
          addresses={addresses}
          clientId={clientId}
          redirectUri={redirectUri}
          isFramed={isFramed}
          isConnected={monitor !== null}
          onSignIn={signIn}
          onBack={() => goTo('client')}
          onNext={() => goTo('probe')}
        />
      ) : null,
    probe: () =>
      monitor ? (
        <MonitorProvider monitor={monitor}>
          <ProbeStep
            clientId={clientId}
            twin={twin}
            onOpen={actions.open}
            onTakeTwin={(id) => void actions.takeTwin(id)}
            onSignIn={() => goTo('signIn')}
            onAnother={actions.another}
          />
        </MonitorProvider>
      ) : null,
  }
  const summaries: Readonly<Record<ConnectStep, string>> = {
    region: placeOf(addresses?.domain ?? ''),
    client: clientId,
    signIn: known ? `Signed in to ${known.name}` : '',
    probe: '',
  }

  return (
    <main className={classes.screen}>
      <h1 className={classes.heading}>Add an organisation</h1>
      <ol className={classes.steps}>
        {STEPS.map((name, index) => (
          <Step
            key={name}
            number={index + 1}
            title={TITLES[name]}
            state={stateOf(name, step)}
            summary={summaries[name]}
            isMovedTo={hasMoved}
            onChange={() => goTo(name)}
          >
            {contents[name]()}
          </Step>
        ))}
      </ol>
    </main>
  )
}

const TITLES: Readonly<Record<ConnectStep, string>> = {
  region: 'Region',
  client: 'OAuth client',
  signIn: 'Sign-in',
  probe: 'What can be read',
}

function stateOf(name: ConnectStep, shown: ConnectStep): 'done' | 'now' | 'later' {
  if (name === shown) return 'now'
  return STEPS.indexOf(name) < STEPS.indexOf(shown) ? 'done' : 'later'
}

/** `Frankfurt, mypurecloud.de`; the address alone where it is no known region. */
function placeOf(domain: string): string {
  const region = regionOfDomain(domain)
  return region ? `${region.place}, ${domain}` : domain
}
