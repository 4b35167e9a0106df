import type { OrgId } from '#domain/units.ts'
import { type ConfigStorage, loadConfig, saveConfig } from '#sources/config/configStore.ts'
import type { OrganisationConfig } from '#sources/config/tidemarkConfig.ts'

/** The organisations of this browser, as they are kept. */
export type OrganisationBook = {
  all: () => readonly OrganisationConfig[]
  of: (id: OrgId) => OrganisationConfig | null
  /** Adds an organisation, or takes the place of the one with its id. */
  put: (organisation: OrganisationConfig) => void
  /** The same of several, saved as one. */
  putAll: (organisations: readonly OrganisationConfig[]) => void
  drop: (id: OrgId) => void
  /** Reads again what another tab has saved. */
  reload: () => void
}

/**
 * Keeps the settings in memory and in the browser's storage. What cannot be read or saved is told as a
 * sentence; the organisations at hand stay.
 */
export function createOrganisationBook(
  storage: ConfigStorage,
  heard: { changed: () => void; problem: (sentence: string) => void },
): OrganisationBook {
  const loaded = loadConfig(storage)
  let { config } = loaded
  if (loaded.notice !== null) heard.problem(loaded.notice)

  function keep(organisations: OrganisationConfig[]) {
    config = { ...config, organisations }
    heard.changed()
    const problem = saveConfig(storage, config)
    if (problem !== null) heard.problem(problem)
  }

  const putAll = (organisations: readonly OrganisationConfig[]) =>
    keep(organisations.reduce(withOrganisation, config.organisations))

  return {
    all: () => config.organisations,
    of: (id) => config.organisations.find((known) => known.id === id) ?? null,
    put: (organisation) => putAll([organisation]),
    putAll,
    drop: (id) => keep(config.organisations.filter((known) => known.id !== id)),
    reload: () => {
      const { config: saved, notice } = loadConfig(storage)
      if (notice !== null) return heard.problem(notice)
      config = saved
      heard.changed()
    },
  }
}

function withOrganisation(
  known: OrganisationConfig[],
  organisation: OrganisationConfig,
): OrganisationConfig[] {
  const index = known.findIndex(({ id }) => id === organisation.id)
  return index < 0 ? [...known, organisation] : known.with(index, organisation)
}
