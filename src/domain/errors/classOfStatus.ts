import type { ErrorClass } from './errorEvent.ts'

/** The class that an HTTP status of a failed attempt means (design §3). 0 and −1: no reply came. */
export function classOfStatus(status: number): ErrorClass {
  if (status === 503) return 'capacity'
  if (status === 429) return 'rate'
  if (status === 401 || status === 403) return 'auth'
  if (status >= 500 && status <= 599) return 'server'
  return status <= 0 ? 'network' : 'other'
}
