import type { Organisation } from '#domain/organisation.ts'
import { type OrgId, orgId } from '#domain/units.ts'
import type { OrganisationConfig } from '#sources/config/tidemarkConfig.ts'
import { type Addresses, addressesOf, simulatedAddresses } from '#sources/genesys/addresses.ts'
import { regionOfDomain } from '#sources/genesys/regions.ts'

/** A configured organisation as screens name it. */
export function organisationNamed({
  id,
  name,
  domain,
  simulation,
}: OrganisationConfig): Organisation {
  if (simulation) {
    const { scenario, seed } = simulation
    return {
      id,
      name,
      region: 'in this browser',
      domain: 'in this browser',
      simulation: `scenario ${scenario}, seed ${seed}`,
    }
  }
  const isLoopback = addressesOf(domain).kind === 'loopback'
  return {
    id,
    name,
    region: regionOfDomain(domain)?.id ?? domain,
    domain,
    // Genesys Cloud is never on this machine: what answers here is a simulator.
    simulation: isLoopback ? domain : null,
  }
}

/** Where an organisation is asked. A simulated one lives under a path of this page's own origin. */
export const addressesFor = (
  { id, domain, simulation }: OrganisationConfig,
  origin: string,
): Addresses => (simulation ? simulatedAddresses(origin + simulatedPath(id)) : addressesOf(domain))

export const simulatedPath = (id: OrgId) => `/simulated/${id}`

/** The same on every machine, so that a link to an organisation means the same to a colleague. */
export const connectedId = (domain: string, clientId: string): OrgId =>
  orgId(`${domain}-${clientId}`.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 100))

export const simulatedId = (scenario: string): OrgId => orgId(`simulated-${scenario}`)
