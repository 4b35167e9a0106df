import type { OrganisationConfig } from '#sources/config/tidemarkConfig.ts'
import type { Connection } from '#sources/genesys/connection.ts'
import { simulatedPath } from './organisationNamed.ts'
import { signInToSimulation } from './signInWindow.ts'

/**
 * Lets a simulated organisation answer inside this page, and signs in to it. The demo's code and its
 * service worker are loaded here and nowhere else. A sign-in that fails leaves the organisation signed
 * out, which every screen shows. Throws where the browser has no service workers.
 */
export async function startSimulated(
  { id, simulation }: OrganisationConfig,
  connection: Connection,
): Promise<void> {
  if (!simulation) return
  const { startSimulation } = await import('#mocks/browser/worker.ts')
  await startSimulation({ ...simulation, basePath: simulatedPath(id) })
  if (connection.tokens.get() === null) await signInToSimulation(connection)
}
