import { scenarioNamed } from './scenarios.ts'
import type { ScenarioName } from './scenarios/scenario.ts'
import { createTenant, type TenantOptions } from './tenant.ts'

const BASE = 'http://tenant.test'
const START_MS = 1_795_414_000_000

/** For tests: a tenant whose clock stands still until it is moved, and short words to ask it. */
export function steeredTenant(
  scenario: ScenarioName = 'quiet',
  options: Partial<Omit<TenantOptions, 'scenario' | 'now'>> = {},
) {
  let nowMs = options.startMs ?? START_MS
  const tenant = createTenant({
    seed: 42,
    startMs: START_MS,
    ...options,
    scenario: scenarioNamed(scenario)!,
    now: () => nowMs,
  })
  let bearer: string | null = null

  const fetch = (path: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers)
    if (bearer !== null && !headers.has('Authorization'))
      headers.set('Authorization', `Bearer ${bearer}`)
    return tenant.fetch(new Request(BASE + path, { ...init, headers }))
  }
  const json = async <T>(path: string, init: RequestInit = {}): Promise<T> => {
    const response = await fetch(path, init)
    if (!response.ok) throw new Error(`${path} answered ${response.status}`)
    return (await response.json()) as T
  }

  return {
    tenant,
    startMs: START_MS,
    /** Moves the clock on. */
    wait: (ms: number) => {
      nowMs += ms
    },
    now: () => nowMs,
    /** Asks with the token in hand, if there is one. */
    fetch,
    json,
    post: <T>(path: string, body: unknown) =>
      json<T>(path, { method: 'POST', body: JSON.stringify(body) }),
    /** Signs in with client credentials; later requests carry the token. */
    signIn: async (clientId = 'test-client'): Promise<string> => {
      bearer = null
      const reply = await json<{ access_token: string }>('/oauth/token', {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: clientId,
          client_secret: 'any',
        }),
      })
      bearer = reply.access_token
      return reply.access_token
    },
    /** Carries this token from now on; null carries none. */
    carry: (token: string | null) => {
      bearer = token
    },
    /** The feed's next page. */
    changes: (after?: string) =>
      fetch(
        `/v1/changes?organisation=${tenant.organisation.id}${after === undefined ? '' : `&after=${encodeURIComponent(after)}`}`,
      ),
  }
}
