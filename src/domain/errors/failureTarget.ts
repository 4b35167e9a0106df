/** What kind of thing a failure was aimed at, by its URL, route or label. */
export type Target = 'token' | 'rest' | 'socket' | 'unknown'

/**
 * The login host, or its two OAuth paths wherever they are served (facts §7.2). `/api/v2/oauth/…`
 * and `/api/v2/tokens/…` are ordinary requests; `/login.jsp` is a page.
 */
const TOKEN = /(?:^|\/\/|\s)login\.[\w-]+\.[\w.-]+|(?<!\/api\/v\d+)\/oauth\/(?:token|authorize)\b/i

/**
 * A WebSocket's address (facts §2.2), the route our feed protocol writes, or JMeter's usual names.
 */
const SOCKET = /\bwss?:\/\/|^WS\b|^web ?socket\b|^https?:\/\/streaming\./i

const REST = /^(?:(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\s+(?:\/|https?:)|https?:\/\/|\/api\/)/i

/** Labels are what a tester liked to write: what is not plainly one of these is unknown. */
export function failureTarget(target: string | null, method: string | null): Target {
  const text = target?.trim() ?? ''
  if (TOKEN.test(text)) return 'token'
  if (SOCKET.test(text)) return 'socket'
  if (REST.test(text) || (method !== null && text.startsWith('/'))) return 'rest'
  return 'unknown'
}
