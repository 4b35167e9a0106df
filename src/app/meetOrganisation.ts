import type { OrganisationConfig } from '#sources/config/tidemarkConfig.ts'
import type { Connection } from '#sources/genesys/connection.ts'
import { organisationOf } from '#sources/genesys/organisationOf.ts'
import { freshTokenTrouble, type SignInTrouble } from '#sources/genesys/signInTrouble.ts'
import type { AskContext } from '#sources/polledSource.ts'
import { SourceError } from '#sources/sourceError.ts'
import { plainContext } from './plainContext.ts'

/** What the first request after a sign-in showed. */
export type Met =
  /** With its own name and id, as far as it told them. */
  | { kind: 'met'; config: OrganisationConfig }
  /** The API takes no token of this login host. */
  | { kind: 'refused'; trouble: SignInTrouble }

const PATIENCE_MS = 10_000

/** Asks an organisation who it is, with a new token: a name that somebody typed stays. */
export async function meetOrganisation(
  config: OrganisationConfig,
  connection: Connection,
  context: AskContext = plainContext(AbortSignal.timeout(PATIENCE_MS)),
): Promise<Met> {
  try {
    const { id, name } = await organisationOf(context, connection)
    const isNamed = config.name !== config.domain
    return { kind: 'met', config: { ...config, vendorId: id, name: isNamed ? config.name : name } }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    // Any other failure is one of the moment: its name is worth having, not worth failing for.
    if (error.kind !== 'unauthorised') return { kind: 'met', config }
    return { kind: 'refused', trouble: freshTokenTrouble(error, connection.addresses) }
  }
}
