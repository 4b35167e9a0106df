import { Button } from '@mantine/core'
import { useRef, useState } from 'react'
import type { Addresses } from '#sources/genesys/addresses.ts'
import classes from './ConnectScreen.module.css'
import type { ConnectProblem } from './connectRequest.ts'
import { TroubleBox } from './TroubleBox.tsx'

type Props = {
  addresses: Addresses
  clientId: string
  redirectUri: string
  isFramed: boolean
  /** Whether somebody is signed in there already. */
  isConnected: boolean
  onSignIn: () => Promise<ConnectProblem | null>
  onBack: () => void
  onNext: () => void
}

/** The sign-in at Genesys Cloud, and what to look for while its window is open. */
export function SignInStep(props: Props) {
  const { addresses, clientId, redirectUri, isFramed, isConnected, onSignIn, onBack, onNext } =
    props
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState<ConnectProblem | null>(null)
  const attempts = useRef(0)

  async function signIn() {
    attempts.current += 1
    const attempt = attempts.current
    setBusy(true)
    setFailure(null)
    const problem = await onSignIn().catch(
      (cause: unknown): ConnectProblem => ({
        problem: `The sign-in failed: ${String(cause)}.`,
        remedy: 'Reload the page: this step and what was typed stay.',
      }),
    )
    // A newer attempt has taken its place, and the word belongs to that one.
    if (attempt !== attempts.current) return
    setBusy(false)
    setFailure(problem)
  }

  return (
    <div className={classes.form}>
      <p>
        A window of <code>{addresses.login.replace(/^https?:\/\//, '')}</code> opens, where you sign
        in and allow it. The token stays in this browser session; your password is never seen here.
        {isFramed ? ' The browser has to allow pop-up windows for this address.' : null}
      </p>
      <div role="status">
        {failure ? <TroubleBox trouble={failure} /> : null}
        {isBusy ? <WhileWaiting clientId={clientId} redirectUri={redirectUri} /> : null}
      </div>
      <div className={classes.acts}>
        <Button variant={isConnected ? 'default' : 'filled'} onClick={() => void signIn()}>
          {isBusy || isConnected || failure ? 'Sign in again' : 'Sign in'}
        </Button>
        {isConnected ? (
          <Button variant="filled" onClick={onNext}>
            Continue
          </Button>
        ) : null}
        <Button onClick={onBack}>Back</Button>
      </div>
    </div>
  )
}

/** A login page that shows an error never sends anybody back: only who sees it can say so. */
const WhileWaiting = ({ clientId, redirectUri }: { clientId: string; redirectUri: string }) => (
  <div className={classes.box}>
    <p>
      <b>Waiting for the login window.</b> If it shows an error instead of a login, nothing comes
      back from there. Look at what it names:
    </p>
    <ul className={classes.signs}>
      <li>
        <b>The client</b>, as in “invalid client”: <code>{clientId}</code> is not known in this
        region. Compare it, or choose the region in which it was made.
      </li>
      <li>
        <b>The redirect address</b>: <code>{redirectUri}</code> is not registered at the client, or
        not exactly so.
      </li>
      <li>
        <b>The grant or response type</b>: the client was made for another kind of sign-in.
      </li>
      <li>
        <b>Nothing at all, or no such host</b>: the domain, the network, or a proxy.
      </li>
    </ul>
    <p>If the window is gone, sign in again.</p>
  </div>
)
