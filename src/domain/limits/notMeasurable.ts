import type { MetricId } from '../units.ts'
import type { LimitKey } from './limitKey.ts'
import type { KeyDoc } from './registryFact.ts'

/** Keys whose reason is known better than their words tell it (facts §1.4, §4.3). */
const OF_KEYS: Readonly<Record<string, string>> = {
  'platform.api org.app.user.rate.per.minute': 'other clients of the organisation are not visible',
  'platform.api org.user.rate.per.minute': 'other clients of the organisation are not visible',
  'dataactions requests.volume.max': 'usage arrives 24 h late',
}

/** What a limit of a size, a length or an age ends in or holds: it is compared with one thing at a time. */
const SIZES: ReadonlySet<string> = new Set([
  'bytes',
  'kilobytes',
  'megabytes',
  'size',
  'length',
  'characters',
  'chars',
  'depth',
  'width',
  'height',
])
const TIMES: ReadonlySet<string> = new Set([
  'milliseconds',
  'seconds',
  'minutes',
  'hours',
  'days',
  'months',
  'duration',
  'timeout',
  'ttl',
  'age',
  'retention',
])
const RATE_TIMES: ReadonlySet<string> = new Set([
  'second',
  'minute',
  'hour',
  'day',
  'week',
  'month',
])

/** Namespaces whose concurrent use belongs to guests: nothing lists their sessions (facts §2.4). */
const GUESTS: ReadonlySet<string> = new Set(['web.messaging', 'webchat'])

/** Only one's own are listed (facts §0.2). */
const CHANNELS: ReadonlySet<string> = new Set(['channel', 'channels', 'sockets', 'connections'])

const UNKNOWN_CALL = 'no public call is known that counts this'

/**
 * Why the use of a limit cannot be shown, in words that follow "Not measurable:"; null where a metric
 * shows it. The reason is read off the namespace and the words of the key, since the registry tells
 * nothing but a number (facts §1.1.1), and rests on what the API can count (§2 to §5).
 */
export function notMeasurable(
  key: LimitKey,
  metric: MetricId | null,
  doc: Pick<KeyDoc, 'isTrackable'> | null = null,
): string | null {
  if (metric !== null) return null
  const parts = key.key.toLowerCase().split('.')
  const reason = OF_KEYS[`${key.namespace} ${key.key}`] ?? ofWords(key.namespace, parts)
  if (reason) return reason
  return doc?.isTrackable
    ? `${UNKNOWN_CALL}; the platform may record it from about 90 % on`
    : UNKNOWN_CALL
}

function ofWords(namespace: string, parts: readonly string[]): string | null {
  const has = (word: string) => parts.includes(word)
  const whose = countedPer(parts)
  if (parts.some((part) => SIZES.has(part))) return 'a size, not a use'
  if (parts.some((part) => TIMES.has(part)) && !has('rate')) return 'a length of time, not a use'
  if (whose === 'session' && GUESTS.has(namespace)) return 'counted per guest session, never summed'
  if (namespace === 'notifications' && parts.some((part) => CHANNELS.has(part)))
    return "only this user's own channels can be listed"
  if (whose) return `counted per ${whose}, never summed`
  if (has('token') && has('rate')) return "counted per token, and only Tidemark's own is visible"
  if (namespace === 'dataactions' && has('concurrent'))
    return 'no public call counts running actions'
  if (GUESTS.has(namespace) && has('concurrent')) return 'no public call counts guest sessions'
  if (namespace === 'audiohook' || namespace === 'audiohook.monitor')
    return 'sent from the platform to your server: no public call counts it'
  if (namespace === 'telephony.configuration' || has('total'))
    return 'a number of things set up, which Tidemark does not count'
  return null
}

/** Whose use is counted one by one: the word after `per`, unless it is a time. */
function countedPer(parts: readonly string[]): string | null {
  const whose = parts.find((word, i) => parts[i - 1] === 'per' && !RATE_TIMES.has(word))
  return whose ?? null
}
