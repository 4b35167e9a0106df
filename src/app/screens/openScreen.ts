import { type OrgId, orgId } from '#domain/units.ts'
import { type OrganisationConfig, organisationConfig } from '#sources/config/tidemarkConfig.ts'
import { feedOrganisations, type FeedOrganisation } from '#sources/feed/feedOrganisations.ts'
import { readAddress } from '#sources/genesys/addresses.ts'
import { REGIONS } from '#sources/genesys/regions.ts'
import { probePrometheus } from '#sources/history/prometheus/probePrometheus.ts'
import { SAME_ORIGIN_PATH } from '#sources/history/prometheus/prometheusUrl.ts'
import type { AskContext } from '#sources/polledSource.ts'
import { SourceError } from '#sources/sourceError.ts'
import { plainContext } from '../plainContext.ts'

/** Where `tidemark serve --record` has the feed of its recorder. */
const FEED_PATH = '/feed'
const PATIENCE_MS = 15_000

export type OpenedScreen =
  /** What the key shows; at least one. */
  | { kind: 'opened'; organisations: readonly OrganisationConfig[] }
  | { kind: 'refused'; problem: string; remedy: string }

/**
 * Asks the recorder behind this page what a display key shows. `known` gives what this browser keeps of
 * an organisation already: its thresholds stay.
 */
export async function openScreen(
  key: string | null,
  origin: string,
  known: (id: OrgId) => OrganisationConfig | null,
  context: AskContext = plainContext(AbortSignal.timeout(PATIENCE_MS)),
): Promise<OpenedScreen> {
  if (key === null)
    return refused(
      'This address has no display key.',
      'Open the whole link that was made for this screen: it ends in #key=….',
    )
  const url = origin + FEED_PATH
  try {
    const told = await feedOrganisations(context, { url, bearer: () => key })
    const recorded = await recordedHere(origin, context)
    const organisations = told.flatMap((one) => {
      const config = configOf(one, url, known)
      const readsHistory = recorded.has(one.id)
      const prometheus = { url: SAME_ORIGIN_PATH, readsHistory, organisation: one.id }
      return config ? [{ ...config, prometheus: readsHistory ? prometheus : null }] : []
    })
    if (organisations.length > 0) return { kind: 'opened', organisations }
    return refused('The recorder knows no organisation.', 'Add one to its configuration.')
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    return error.kind === 'unauthorised' || error.kind === 'forbidden'
      ? refused(
          'This display key is not accepted, or was revoked.',
          'Ask whoever runs the recorder for another: tidemark key add NAME.',
        )
      : refused(error.message, 'Is Tidemark served with tidemark serve --record?')
  }
}

/**
 * The organisations whose past the server behind this page can tell: `tidemark serve --prometheus` passes
 * questions on. Where it cannot, a screen has what the feed and this browser have.
 */
async function recordedHere(origin: string, context: AskContext): Promise<ReadonlySet<string>> {
  const probe = await probePrometheus(context, origin + SAME_ORIGIN_PATH)
  return new Set(probe.kind === 'works' ? probe.organisations.map(({ name }) => name) : [])
}

const refused = (problem: string, remedy: string): OpenedScreen => ({
  kind: 'refused',
  problem,
  remedy,
})

/** Without an OAuth client nothing is asked of Genesys Cloud: the feed alone. */
function configOf(
  { id: name, name: title, region }: FeedOrganisation,
  url: string,
  known: (id: OrgId) => OrganisationConfig | null,
): OrganisationConfig | null {
  const domain = domainOf(region ?? '')
  if (domain === null) return null
  const id = orgId(`screen-${name}`.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 100))
  const feed = { url, organisation: name }
  const fresh = organisationConfig({ id, name: title, domain, clientId: '' })
  return { ...(known(id) ?? fresh), name: title, feed }
}

/** A feed names a region of Genesys Cloud, or the address where it is asked. */
const domainOf = (region: string): string | null =>
  REGIONS.find(({ id }) => id === region)?.domain ?? readAddress(region).addresses?.domain ?? null
