import type { Metric } from '#domain/metrics/metric.ts'
import type { MetricId } from '#domain/units.ts'
import type { OrgFacts, SourceStatus } from '#monitor/orgFacts.ts'
import { PERMISSIONS, SCOPES } from '#sources/genesys/access.ts'
import type { DisplayState } from '#ui/glyphs/displayState.ts'

/** One call of the catalogue, tried once: whether it works, and what depends on it. */
export type ProbeRow = {
  id: string
  title: string
  glyph: DisplayState
  word: string
  /** The series it feeds, by name; null where it feeds none. */
  feeds: string | null
  reason: string | null
}

/** Every source, in the order of the catalogue. */
export function probeRows({ sources, metrics }: Pick<OrgFacts, 'sources' | 'metrics'>): ProbeRow[] {
  const titles = new Map(metrics.map(({ id, title }) => [id, title]))
  return sources.map((source) => ({
    id: source.id,
    title: source.title,
    ...outcomeOf(source),
    feeds: feedsOf(source.metrics, titles),
    reason: reasonOf(source),
  }))
}

function outcomeOf({ state, failure }: SourceStatus): Pick<ProbeRow, 'glyph' | 'word'> {
  if (state === 'ok') return { glyph: 'ok', word: 'Works' }
  if (state === 'waiting') return { glyph: 'loading', word: 'Asking' }
  if (state === 'signedOut') return { glyph: 'off', word: 'Signed out' }
  if (failure?.kind === 'forbidden') return { glyph: 'off', word: 'Forbidden' }
  if (failure?.kind === 'absent') return { glyph: 'off', word: 'Absent' }
  if (failure?.kind === 'unexpectedShape') return { glyph: 'unknown', word: 'Unexpected' }
  return { glyph: 'stale', word: 'Failed' }
}

const reasonOf = ({ failure }: SourceStatus): string | null =>
  failure?.kind === 'forbidden' && failure.permission
    ? `Permission missing: ${failure.permission}.`
    : (failure?.message ?? null)

/** More names than that are no help; all of them stand on Live. */
const MOST_NAMES = 3

function feedsOf(ids: readonly MetricId[], titles: ReadonlyMap<MetricId, Metric['title']>) {
  const names = ids.flatMap((id) => titles.get(id) ?? [])
  if (names.length === 0) return null
  const more = names.length - MOST_NAMES
  return names.slice(0, MOST_NAMES).join(' · ') + (more > 0 ? ` and ${more} more` : '')
}

/** How far the probe has come, in a sentence. */
export function probeWords(sources: readonly SourceStatus[]): string {
  const answered = sources.filter(({ state }) => state !== 'waiting')
  const works = answered.filter(({ state }) => state === 'ok').length
  return answered.length < sources.length
    ? `${answered.length} of ${sources.length} calls have been tried, ${works} of them work. Some wait for the request budget: that may take a minute.`
    : `All ${sources.length} calls have been tried, ${works} of them work.`
}

/** Those that another try may change: what the organisation does not have stays absent. */
export const failedOf = (sources: readonly SourceStatus[]) =>
  sources.filter(
    ({ state, failure }) =>
      state === 'failing' || (state === 'off' && failure !== null && failure.kind !== 'absent'),
  )

/** What an administrator would have to change. */
export type Missing = {
  /** Of the role of the signed-in user. */
  permissions: readonly string[]
  /** Whether the OAuth client lacks a scope. */
  lacksScope: boolean
}

/** What the refusals name; null where nothing is missing. */
export function missingOf(sources: readonly SourceStatus[]): Missing | null {
  const refused = sources.flatMap(({ failure }) => (failure?.kind === 'forbidden' ? [failure] : []))
  const permissions = [...new Set(refused.flatMap(({ permission }) => permission ?? []))]
  const lacksScope = refused.some(({ code }) => code === 'app.not.authorized.for.scope')
  return permissions.length > 0 || lacksScope ? { permissions, lacksScope } : null
}

/** The same as a message that can be handed on. */
export function administratorText(
  { permissions, lacksScope }: Missing,
  about: { organisation: string; domain: string; clientId: string },
): string {
  const role = permissions.map((name) => {
    const reason = PERMISSIONS.find((known) => known.name === name)?.reason
    return reason ? `- ${name} (${reason})` : `- ${name}`
  })
  return [
    `Tidemark reads ${about.organisation} (${about.domain}) with the OAuth client ${about.clientId}. It only reads.`,
    ...(role.length > 0
      ? [
          '',
          'Please add these permissions to a role of the user who signs in, for all divisions:',
          ...role,
        ]
      : []),
    ...(lacksScope
      ? ['', 'Please give the OAuth client these scopes:', ...SCOPES.map((scope) => `- ${scope}`)]
      : []),
    '',
  ].join('\n')
}
