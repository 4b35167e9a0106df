import { REGIONS, regionOfDomain } from './regions.ts'

/** What the vendor's client said about itself when it opened this page in a frame (facts §7.7). */
export type Embedding = {
  /** Of a known region and nothing else; null where nothing that was said is known. */
  domain: string | null
  /** What was said and is not used, in sentences; null where all is well. */
  problem: string | null
}

type Said = { name: string; value: string; domain: string | null }

const NAMES = ['gcHostOrigin', 'gcTargetEnv', 'pcEnvironment'] as const

/** The query parameters by which Genesys Cloud names itself to an embedded page. */
export const EMBEDDING_PARAMETERS: readonly string[] = NAMES

/**
 * Reads them; null where there are none. They come from whoever made the link, so they choose among
 * the regions known here and never name a host: a token goes where the table says, or where the user
 * typed.
 */
export function readEmbedding(search: string): Embedding | null {
  const query = new URLSearchParams(search)
  const said = NAMES.flatMap((name): Said[] => {
    const value = query.get(name)?.trim() ?? ''
    return value === '' ? [] : [{ name, value, domain: DOMAIN_OF[name](value.toLowerCase()) }]
  })
  if (said.length === 0) return null
  const unknown = said.find(({ domain }) => domain === null)
  if (unknown) return { domain: null, problem: unknownWords(unknown) }
  const [domain = null, ...others] = new Set(said.map((each) => each.domain))
  return others.length === 0 ? { domain, problem: null } : { domain: null, problem: CONTRADICTION }
}

const DOMAIN_OF: Readonly<Record<(typeof NAMES)[number], (value: string) => string | null>> = {
  gcHostOrigin: (origin) =>
    REGIONS.find(({ domain }) => origin.replace(/\/$/, '') === `https://apps.${domain}`)?.domain ??
    null,
  gcTargetEnv: (env) => REGIONS.find(({ gcTargetEnv }) => gcTargetEnv === env)?.domain ?? null,
  pcEnvironment: (domain) => regionOfDomain(domain)?.domain ?? null,
}

const CONTRADICTION =
  'What Genesys Cloud says of its region contradicts itself, so it is not used: choose the region yourself.'

const LONGEST_QUOTE = 60

function unknownWords({ name, value }: Said): string {
  if (value.includes('{{'))
    return `${name} was not filled in: it still reads ${quoted(value)}. It is not used: choose the region yourself, and have an administrator check the integration’s URL.`
  return `${name} says ${quoted(value)}, which is no region known here. It is not used: choose the region yourself.`
}

const quoted = (text: string) =>
  `“${text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text}”`
