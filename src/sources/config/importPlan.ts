import type { OrgId } from '#domain/units.ts'
import { changedFields } from './settingsChange.ts'
import type { OrganisationConfig } from './tidemarkConfig.ts'

/** What an organisation of a settings file would do to those that are here. */
export type ImportEntry = {
  organisation: OrganisationConfig
  /**
   * `added`: none of its id is here · `replaced`: one is, and differs in `fields` · `same`: it is here
   * as it is.
   */
  kind: 'added' | 'replaced' | 'same'
  fields: readonly (keyof OrganisationConfig)[]
  /** Another entry, here or in the file, that is the same organisation under another id. */
  twin: { id: OrgId; name: string; isInFile: boolean } | null
}

export type ImportPlan = {
  entries: readonly ImportEntry[]
  /** Here and not in the file: they stay as they are. */
  leftAlone: readonly OrganisationConfig[]
}

/** What a file of settings would change, organisation by organisation. */
export function importPlan(
  known: readonly OrganisationConfig[],
  read: readonly OrganisationConfig[],
): ImportPlan {
  return {
    entries: read.map((organisation) => entryOf(organisation, known, read)),
    leftAlone: known.filter(({ id }) => !read.some((one) => one.id === id)),
  }
}

function entryOf(
  organisation: OrganisationConfig,
  known: readonly OrganisationConfig[],
  read: readonly OrganisationConfig[],
): ImportEntry {
  const before = known.find(({ id }) => id === organisation.id)
  const fields = before ? changedFields(before, organisation) : []
  const isTwin = (other: OrganisationConfig) => areTwins(organisation, other)
  const here = known.find(isTwin)
  const inFile = read.find(isTwin)
  const twin = here ?? inFile
  return {
    organisation,
    kind: before ? (fields.length === 0 ? 'same' : 'replaced') : 'added',
    fields,
    twin: twin ? { id: twin.id, name: twin.name, isInFile: !here } : null,
  }
}

/** Whether two entries of different ids are one organisation: the same client, or the same id of its own. */
function areTwins(a: OrganisationConfig, b: OrganisationConfig): boolean {
  if (a.id === b.id || a.domain !== b.domain || a.simulation || b.simulation) return false
  const isSameClient = a.clientId !== '' && a.clientId === b.clientId
  return isSameClient || (a.vendorId !== null && a.vendorId === b.vendorId)
}
