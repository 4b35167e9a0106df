import { formatClock, formatDuration } from '#domain/format.ts'
import type { MetricId, SourceId } from '#domain/units.ts'
import type { SourceFailure, SourceStatus } from '#monitor/orgFacts.ts'
import type { SourceNews } from '#domain/metrics/sourceNews.ts'

/** Of a source that nobody wants asked. */
export const SWITCHED_OFF = 'switched off in the settings'

/** Why a source does not answer, in a few words: `429, asked to wait 42 s`. */
export function failureWords({
  kind,
  status,
  retryAfterMs,
  permission,
  message,
}: SourceFailure): string {
  switch (kind) {
    case 'network':
      return 'no reply, network'
    case 'timeout':
      return 'no reply in time'
    case 'rateLimited':
      return retryAfterMs === null ? '429' : `429, asked to wait ${formatDuration(retryAfterMs)}`
    case 'unavailable':
      return status === null ? 'unavailable' : `${status}, unavailable`
    case 'unauthorised':
      return 'signed out, 401'
    case 'forbidden':
      // Of a feed: that of the API signs the organisation out.
      if (status === 401) return '401, its bearer or display key is not accepted'
      return permission === null
        ? '403, a permission is missing'
        : `permission missing: ${permission}`
    case 'absent':
      // A good reply may tell that there is no such thing: its words say more than its number.
      return status !== null && status < 400
        ? message.replace(/\.$/, '')
        : `${status ?? 404}, this organisation has no such thing`
    case 'badRequest':
      return `${status ?? 400}, the request was refused`
    case 'unexpectedShape':
      return 'the reply is not what was agreed'
  }
}

/** The source that feeds a metric; null for what came from a file. */
export const sourceOf = (sources: readonly SourceStatus[], metric: MetricId) =>
  sources.find(({ metrics }) => metrics.includes(metric)) ?? null

/** Off without a failure is what somebody set. */
export const isSwitchedOff = ({ state, failure }: SourceStatus) =>
  state === 'off' && failure === null

/** The source to be tried now; null where there is none, or nobody wants it asked. */
export const askable = (source: SourceStatus | null): SourceId | null =>
  source && !isSwitchedOff(source) ? source.id : null

const reasonWithout = (source: SourceStatus) => (isSwitchedOff(source) ? SWITCHED_OFF : 'no reply')

/** How a source is doing, as a tile tells it. Series without a source (a file's) are fine as they are. */
export function sourceNews(source: SourceStatus | null): SourceNews {
  if (!source) return { kind: 'fine' }
  const reason = source.failure ? failureWords(source.failure) : reasonWithout(source)
  switch (source.state) {
    case 'ok':
      return { kind: 'fine' }
    case 'waiting':
      return { kind: 'waiting', expectedAt: source.nextAt }
    case 'signedOut':
      return { kind: 'signedOut' }
    case 'off':
      return { kind: 'off', reason, permission: source.failure?.permission ?? null }
    case 'failing':
      return { kind: 'failing', reason, since: source.failingSince }
  }
}

/** What is wrong with a source and what happens next. */
export type SourceTrouble = {
  /** `cannot be read since 13:52`, `off since 13:52`; what it is comes before. */
  state: string
  /** `429, asked to wait 42 s` */
  reason: string
  /** `Next attempt at 13:53:10.` */
  next: string
  /** What to ask again; null where that is no use. */
  source: SourceId | null
}

/** Null while a source is well, and while its first reply is awaited. */
export function sourceTrouble(source: SourceStatus | null, zone: string): SourceTrouble | null {
  if (!source || source.state === 'ok' || source.state === 'waiting') return null
  if (source.state === 'signedOut')
    return {
      state: 'cannot be read',
      reason: 'signed out',
      next: 'Sign in to go on.',
      source: null,
    }
  const since = source.failingSince
    ? ` since ${formatClock(source.failingSince, zone, 'minutes')}`
    : ''
  return {
    state: `${source.state === 'off' ? 'off' : 'cannot be read'}${since}`,
    reason: source.failure ? failureWords(source.failure) : reasonWithout(source),
    next: nextWords(source, zone),
    source: askable(source),
  }
}

function nextWords(source: SourceStatus, zone: string): string {
  if (isSwitchedOff(source)) return 'The settings switch it on again.'
  return source.nextAt === null
    ? 'It is not asked again by itself.'
    : `Next attempt at ${formatClock(source.nextAt, zone)}.`
}

/**
 * The same for a chart's place: `Call sessions cannot be read since 13:52` ·
 * `429, asked to wait 42 s. Next attempt at 13:53:10.`
 */
export function failureNote(title: string, { state, reason, next }: SourceTrouble) {
  return { title: `${title} ${state}`, text: `${sentence(reason)} ${next}` }
}

const sentence = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`
