import { redirectUriOf } from '#sources/genesys/access.ts'
import { completeSignIn } from '#sources/genesys/completeSignIn.ts'
import type { Connection } from '#sources/genesys/connection.ts'
import { clientCredentialsToken } from '#sources/genesys/oauth.ts'
import { signIn } from '#sources/genesys/signIn.ts'
import { SIGN_IN_CHANNEL } from '#sources/genesys/signInChannel.ts'
import { type SignInTrouble, TIMED_OUT, troubleOf } from '#sources/genesys/signInTrouble.ts'
import { SourceError } from '#sources/sourceError.ts'
import { isFramed } from './isFramed.ts'
import { tabStorage } from './pageStorage.ts'
import { plainContext } from './plainContext.ts'

const PATIENCE_MS = 10 * 60_000
const SIMULATION_PATIENCE_MS = 15_000

/** How a sign-in ended. `replaced`: another one was begun meanwhile. */
export type SignInOutcome =
  | { kind: 'signedIn' }
  | { kind: 'leaving' }
  | { kind: 'replaced' }
  | { kind: 'failed'; problem: string; remedy: string }

type Way = {
  /** Path to come back to where the page itself has to leave. */
  returnPath: string
  /** Called where it has to: what is not kept by then is gone. */
  beforeLeaving?: () => void
}

/**
 * One sign-in at a time. A closed login window cannot be told from an open one where the login page
 * isolates itself, so a second click simply begins again.
 */
export function createSignIn() {
  let running: AbortController | null = null

  /** Call it straight from a click: browsers open windows only then. */
  return async function signInTo(
    connection: Connection,
    { returnPath, beforeLeaving }: Way,
  ): Promise<SignInOutcome> {
    const leave = (url: string) => {
      beforeLeaving?.()
      location.assign(url)
    }
    const controller = new AbortController()
    running?.abort()
    running = controller
    const timer = setTimeout(() => controller.abort(), PATIENCE_MS)
    const channel = new BroadcastChannel(SIGN_IN_CHANNEL)
    const { org, addresses, clientId, tokens } = connection
    const redirectUri = redirectUriOf(location.origin)
    const request = { org, addresses, clientId, redirectUri, returnPath }
    try {
      const result = await signIn(plainContext(controller.signal), request, {
        crypto: isSecureContext ? crypto : null,
        open: (url, target, features) => window.open(url, target, features),
        storage: tabStorage,
        channel,
        window,
        origin: location.origin,
        isOnline: navigator.onLine,
        leave: isFramed() ? null : leave,
      })
      if (result.kind === 'signedIn') tokens.set(result.token)
      return result.kind === 'refused' ? failedBy(result.trouble) : result
    } catch (error) {
      if (!controller.signal.aborted) return failedBy(troubleOf(error, request))
      return running === controller ? failedBy(TIMED_OUT) : { kind: 'replaced' }
    } finally {
      clearTimeout(timer)
      channel.close()
    }
  }
}

/** A simulated organisation inside the page takes any client: nobody has to see a login page. */
export async function signInToSimulation({
  addresses,
  tokens,
}: Connection): Promise<SignInOutcome> {
  const client = { clientId: 'demo', clientSecret: 'demo' }
  const context = plainContext(AbortSignal.timeout(SIMULATION_PATIENCE_MS))
  try {
    tokens.set(await clientCredentialsToken(context, addresses, client))
    return { kind: 'signedIn' }
  } catch (error) {
    return { kind: 'failed', problem: wordsOf(error), remedy: 'Reload the page, then try again.' }
  }
}

/** What the page at the redirect address does; see `completeSignIn`. */
export async function completeInThisWindow(search: string) {
  const channel = new BroadcastChannel(SIGN_IN_CHANNEL)
  try {
    return await completeSignIn(plainContext(AbortSignal.timeout(30_000)), {
      search,
      storage: tabStorage,
      channel,
      window,
      opener: window.opener as Window | null,
      origin: location.origin,
      patience: AbortSignal.timeout(5_000),
    })
  } finally {
    channel.close()
  }
}

const failedBy = ({ problem, remedy }: SignInTrouble): SignInOutcome => ({
  kind: 'failed',
  problem,
  remedy,
})

/** A failure of the sources speaks in sentences; anything else is a fault of ours and says what it is. */
export const wordsOf = (error: unknown) =>
  error instanceof SourceError ? error.message : `The sign-in failed: ${String(error)}`
