import { orgId } from '#domain/units.ts'
import {
  CONFIG_VERSION,
  type OrganisationConfig,
  organisationConfig,
  parseConfig,
} from '#sources/config/tidemarkConfig.ts'
import { addressesOf } from '#sources/genesys/addresses.ts'
import type { Parsed } from '#sources/shape.ts'
import { readSecret, readSecretSource, type SecretPlaces } from './secretSource.ts'

/** What an OAuth client signs in with. */
export type ClientCredentials = { clientId: string; clientSecret: string }

/** One organisation to be recorded. Holds secrets: it goes into no log and no error. */
export type RecordedOrganisation = {
  config: OrganisationConfig
  /** Null where nothing is asked of the API: a feed alone. */
  client: ClientCredentials | null
  /** What the organisation's feed wants to be shown, if anything. */
  feedBearer: string | null
}

/** What the recorder records and who may read it, with its secrets read. */
export type RecorderConfig = {
  /** What readers must show; null asks for nothing. */
  bearer: string | null
  organisations: readonly RecordedOrganisation[]
}

const RECORDER_CONFIG_VERSION = 1

/** A simulator takes any client. */
const ANY_CLIENT: ClientCredentials = { clientId: 'recorder', clientSecret: 'any' }

const SHORTEST_BEARER = 16

/**
 * Reads a configuration, version 1 (docs/formats.md), and the secrets that it names. The problem is
 * one clause that begins with the field; no secret is ever in it.
 */
export function readRecorderConfig(text: string, places: SecretPlaces): Parsed<RecorderConfig> {
  try {
    return { ok: true, value: configOf(jsonOf(text), places) }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { ok: false, problem: error.message }
  }
}

/** What is wrong with a configuration. */
class Problem extends Error {}

/** The value of what was read well. Throws Problem. */
function valued<T>(parsed: Parsed<T>): T {
  if (parsed.ok) return parsed.value
  throw new Problem(parsed.problem)
}

type Fields = Readonly<Record<string, unknown>>

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (cause) {
    // Its message quotes the text, in which a secret may stand by mistake.
    throw new Problem('it is no JSON', { cause })
  }
}

function configOf(value: unknown, places: SecretPlaces): RecorderConfig {
  const fields = fieldsOf(value, 'it', ['version', 'bearer', 'organisations'])
  if (fields['version'] !== RECORDER_CONFIG_VERSION)
    throw new Problem(`version: expected ${RECORDER_CONFIG_VERSION}`)
  const { organisations } = fields
  if (!Array.isArray(organisations) || organisations.length === 0)
    throw new Problem('organisations: expected a list with at least one organisation')
  const given = organisations.map((one: unknown, i) =>
    fieldsOf(one, `organisations[${i}]`, ORGANISATION_FIELDS),
  )
  const configs = organisationsOf(given)
  const recorded = configs.map((config, i) => recordedOf(config, i, given[i]!, places))
  const apps = configs.flatMap(({ probeApps }) => probeApps)
  const twice = apps.find((app, i) => apps.indexOf(app) !== i)
  if (twice !== undefined)
    throw new Problem(`organisations: "${twice}" is in probeApps twice, and reports for one only`)
  return { bearer: bearerOf(fields['bearer'], places), organisations: recorded }
}

const MUST_BE_SAID = { id: orgId('-'), name: '-', domain: '-' }

/** Everything that settings name of an organisation, and what only the recorder knows. */
const ORGANISATION_FIELDS = [
  ...Object.keys(organisationConfig(MUST_BE_SAID)),
  'credentials',
  'feedBearer',
]

const { id: _id, name: _name, domain: _domain, ...NEW_SETTINGS } = organisationConfig(MUST_BE_SAID)

/** A field that nobody knows is a mistyped one: left out silently, it would not do what it says. */
function fieldsOf(value: unknown, field: string, known: readonly string[]): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Problem(`${field}: expected an object`)
  const stranger = Object.keys(value).find((name) => !known.includes(name))
  if (stranger === undefined) return value as Fields
  throw new Problem(`${field}: there is no field "${stranger}"; there are ${known.join(', ')}`)
}

/** What is not said of an organisation is as in new settings. */
function organisationsOf(given: readonly Fields[]): readonly OrganisationConfig[] {
  // What only the recorder knows is no field of settings, and their shape passes it over.
  const whole = given.map((fields) => ({ ...NEW_SETTINGS, ...fields }))
  return valued(parseConfig({ version: CONFIG_VERSION, organisations: whole })).organisations
}

function recordedOf(
  config: OrganisationConfig,
  index: number,
  given: Fields,
  places: SecretPlaces,
): RecordedOrganisation {
  const field = `organisations[${index}]`
  // Such an organisation lives inside a page; nothing in Node could ask it.
  if (config.domain === 'simulated' || config.simulation !== null)
    throw new Problem(
      `${field}.domain: an organisation inside a page cannot be recorded; start one with tidemark tenant and give its address`,
    )
  if (config.prometheus?.url.startsWith('/'))
    throw new Problem(
      `${field}.prometheus.url: ${config.prometheus.url} is a path of a page's own server; give the address of Prometheus`,
    )
  const client = clientOf(given['credentials'] ?? null, config, field, places)
  if (client === null && config.feed === null)
    throw new Problem(
      `${field}.credentials: ${config.domain} cannot be asked without credentials, and there is no feed`,
    )
  const feedBearer = given['feedBearer'] ?? null
  return {
    config,
    client,
    feedBearer: feedBearer && secretOf(feedBearer, `${field}.feedBearer`, places),
  }
}

function clientOf(
  value: unknown,
  { domain, clientId }: OrganisationConfig,
  field: string,
  places: SecretPlaces,
): ClientCredentials | null {
  if (value === null) {
    if (addressesOf(domain).kind !== 'loopback') return null
    return clientId === '' ? ANY_CLIENT : { ...ANY_CLIENT, clientId }
  }
  const names = ['clientId', 'clientSecret']
  const fields = fieldsOf(value, `${field}.credentials`, names)
  const [id, secret] = names.map((name) =>
    secretOf(fields[name], `${field}.credentials.${name}`, places),
  )
  return { clientId: id!, clientSecret: secret! }
}

function secretOf(value: unknown, field: string, places: SecretPlaces): string {
  return valued(readSecret(valued(readSecretSource(value, field)), field, places))
}

function bearerOf(value: unknown, places: SecretPlaces): string | null {
  if (value === undefined) throw new Problem('bearer: expected where it is, or null for none')
  if (value === null) return null
  const bearer = secretOf(value, 'bearer', places)
  if (bearer.length < SHORTEST_BEARER || !/^[\x21-\x7e]+$/.test(bearer))
    throw new Problem(
      `bearer: expected at least ${SHORTEST_BEARER} letters, digits and signs without a space`,
    )
  return bearer
}
