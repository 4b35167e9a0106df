import type { Marker } from '../timeline/marker.ts'
import type { ErrorClass } from './errorEvent.ts'

/** Counted per time: requests, executions. */
const OF_RATE = /\brates?\b|throttl|per[. ](?:second|minute|hour|day)|too many requests/i

/**
 * Counted at one time: what a refused connection runs into. Sessions are counted apart from them.
 */
const OF_CONNECTIONS = /connection|socket|channel/i

/**
 * The class of errors that an operational event about a limit can explain, by the event's name;
 * null where the name does not say. The names are not published (facts §5.1), so this is careful: a
 * rate limit explains no refused connection, and "Limit exceeded" alone explains nothing. What the
 * event is about (a flow, a customer's own name) stands after the colon of the label and is not
 * read.
 */
export function explainedBy({ kind, label }: Marker): ErrorClass | null {
  if (kind !== 'limitReached') return null
  const [name = ''] = label.split(': ')
  if (OF_RATE.test(name)) return 'rate'
  return OF_CONNECTIONS.test(name) ? 'capacity' : null
}
