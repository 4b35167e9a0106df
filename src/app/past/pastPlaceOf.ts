import type { OrganisationConfig } from '#sources/config/tidemarkConfig.ts'
import type { Connection } from '#sources/genesys/connection.ts'
import type { PastPlace } from '#sources/history/prometheus/historyPerOrganisation.ts'

/** Where the past of an organisation is read besides this browser; null: nowhere. */
export function pastPlaceOf(
  { prometheus, feed }: Pick<OrganisationConfig, 'prometheus' | 'feed'>,
  { addresses }: Pick<Connection, 'addresses'>,
): PastPlace | null {
  if (!prometheus?.readsHistory) return null
  const { url, organisation } = prometheus
  return { url, organisation, hasFeed: feed !== null || addresses.feed !== null }
}
