import type { OrganisationConfig } from '#sources/config/tidemarkConfig.ts'

type Entry = Pick<OrganisationConfig, 'id' | 'name' | 'domain' | 'clientId' | 'vendorId'>

/**
 * Another entry that is the same organisation by another client: in the same region it said the same
 * id of itself. Null where there is none, or where one of them has not said it yet.
 */
export const twinOf = (entry: Entry, all: readonly Entry[]): Entry | null =>
  all.find(
    ({ id, domain, vendorId }) =>
      id !== entry.id &&
      domain === entry.domain &&
      vendorId !== null &&
      vendorId === entry.vendorId,
  ) ?? null
