import type { OrganisationConfig } from '#sources/config/tidemarkConfig.ts'
import { type Embedding, EMBEDDING_PARAMETERS, readEmbedding } from '#sources/genesys/embedding.ts'
import type { SecretStorage } from '#sources/tabSecret.ts'

const KEY = 'tidemark:embedding'

type Place = Pick<Location, 'pathname' | 'search' | 'hash'>

/**
 * What Genesys Cloud said when it opened this page in a frame, also after a reload or a sign-in that
 * took the whole page: its parameters move from the address to the session storage. They stay in the
 * address where that is barred. Called before the router reads the address.
 */
export function takeEmbedding(
  { pathname, search, hash }: Place,
  history: Pick<History, 'replaceState'>,
  storage: SecretStorage,
): Embedding | null {
  const said = readEmbedding(search)
  if (!said) return keptEmbedding(storage)
  const query = new URLSearchParams(search)
  const told = new URLSearchParams()
  for (const name of EMBEDDING_PARAMETERS) {
    const value = query.get(name)
    if (value !== null) told.set(name, value)
    query.delete(name)
  }
  try {
    storage.setItem(KEY, told.toString())
  } catch {
    // Barred storage: the address keeps them instead, and nothing is lost.
    return said
  }
  const rest = query.toString()
  history.replaceState(null, '', `${pathname}${rest ? `?${rest}` : ''}${hash}`)
  return said
}

function keptEmbedding(storage: SecretStorage): Embedding | null {
  try {
    return readEmbedding(storage.getItem(KEY) ?? '')
  } catch {
    // Barred storage kept nothing.
    return null
  }
}

/**
 * Where an embedded page begins instead of the first screen: at the organisation of the region, where
 * this browser knows exactly one. Null where the page stays at its address.
 */
export function embeddedStart(
  embedding: Embedding | null,
  pathname: string,
  organisations: readonly Pick<OrganisationConfig, 'id' | 'domain'>[],
): string | null {
  if (pathname !== '/' || !embedding?.domain) return null
  const [only, ...others] = organisations.filter(({ domain }) => domain === embedding.domain)
  return only && others.length === 0 ? `/org/${only.id}/live` : null
}
