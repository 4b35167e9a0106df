import type { OrgId } from '#domain/units.ts'
import type { OrganisationConfig } from '#sources/config/tidemarkConfig.ts'
import { signOut } from '#sources/genesys/signOut.ts'
import type { Token } from '#sources/genesys/tokenStore.ts'
import type { AccessBook } from './accessBook.ts'
import { meetOrganisation } from './meetOrganisation.ts'
import type { OrganisationBook } from './organisationBook.ts'
import { tabStorage } from './pageStorage.ts'
import { takeConnecting } from './pendingConnection.ts'
import { plainContext } from './plainContext.ts'
import {
  type createSignIn,
  type SignInOutcome,
  signInToSimulation,
  wordsOf,
} from './signInWindow.ts'

type Options = {
  signInTo: ReturnType<typeof createSignIn>
  book: OrganisationBook
  access: AccessBook
  /** Saves an organisation's settings and lets its watch follow. */
  keep: (organisation: OrganisationConfig) => Promise<void>
  notify: (sentence: string) => void
}

const REQUEST_PATIENCE_MS = 10_000

const NOT_KNOWN: SignInOutcome = {
  kind: 'failed',
  problem: 'This organisation is not known here.',
  remedy: 'Add it first.',
}

/** Signing in to organisations and out of them, one by one. */
export function createSignIns({ signInTo, book, access, keep, notify }: Options) {
  /** After a sign-in: who the organisation is, or that its API takes no token of this login host. */
  async function meet(known: OrganisationConfig) {
    const met = await meetOrganisation(known, access.of(known).connection)
    if (met.kind === 'met') await keep(met.config)
    else notify(`${met.trouble.problem} ${met.trouble.remedy}`)
  }

  return {
    /** Straight from a click. Tells what went wrong as a notice. */
    signIn: async (id: OrgId): Promise<SignInOutcome> => {
      const known = book.of(id)
      if (!known) return NOT_KNOWN
      const { connection } = access.of(known)
      const outcome = known.simulation
        ? await signInToSimulation(connection)
        : await signInTo(connection, {
            returnPath: location.pathname + location.search,
            beforeLeaving: () => void takeConnecting(tabStorage, id),
          })
      if (outcome.kind === 'failed') notify(`${outcome.problem} ${outcome.remedy}`)
      if (outcome.kind === 'signedIn' && !known.simulation) await meet(known)
      return outcome
    },
    /** Keeps the token of a sign-in that took the whole page. */
    signedIn: async (id: OrgId, token: Token) => {
      const known = takeConnecting(tabStorage, id) ?? book.of(id)
      if (!known) return
      await keep(known)
      access.of(known).connection.tokens.set(token)
      await meet(known)
    },
    signOut: async (id: OrgId) => {
      const known = book.of(id)
      if (!known) return
      // A simulation ends with the page; nobody is there to be told.
      if (known.simulation) return access.of(known).connection.tokens.set(null)
      try {
        const signal = AbortSignal.timeout(REQUEST_PATIENCE_MS)
        await signOut(plainContext(signal), access.of(known).connection)
      } catch (error) {
        notify(`Signed out here. The server could not be told: ${wordsOf(error)}`)
      }
    },
  }
}
