import { QueryClient } from '@tanstack/query-core'
import type { Organisation } from '#domain/organisation.ts'
import { elapsed, epochMs, type EpochMs, later, metricId, orgId, sourceId } from '#domain/units.ts'
import { createOrgMonitor } from '#monitor/orgMonitor.ts'
import type { OrgMonitorOptions } from '#monitor/orgMonitorOptions.ts'
import type { Token, TokenStore } from '#sources/genesys/tokenStore.ts'
import type { History } from '#sources/history/history.ts'
import { createMemoryHistory } from '#sources/history/memoryHistory.ts'
import { createSteeredClock, STEERED_START } from './steeredClock.ts'

export const ORGANISATION: Organisation = {
  id: orgId('test'),
  name: 'Test',
  region: 'test',
  domain: 'api.test',
  simulation: null,
}

/** A history in memory that says it is on disk, as IndexedDB would: several tabs may share it. */
export const storedHistory = (): History => ({
  ...createMemoryHistory('test', STEERED_START),
  health: () => ({ kind: 'stored' }),
})

/** A token store of one tab. */
export function memoryTokens(token: Token | null): TokenStore {
  const listeners = new Set<() => void>()
  let current = token
  return {
    get: () => current,
    set(next) {
      current = next
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

export const tokenUntil = (expiresAt: EpochMs, accessToken = 'first'): Token => ({
  accessToken,
  expiresAt,
  refreshToken: null,
})

type Answer = (url: string, init: RequestInit | undefined) => Promise<Response> | Response

/** A reply that never comes; the request can only be given up. */
export const hanging: Answer = (_, init) =>
  new Promise((_resolve, reject) => {
    init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error))
  })

/** No network: what `fetch` then throws. */
export const unreachable: Answer = () => Promise.reject(new TypeError('Failed to fetch'))

/** A network whose answers can be changed while the monitor runs. Every path answers 7 at first. */
export function createNetwork(now: () => EpochMs) {
  const answers = new Map<string, Answer>()
  const asked: { path: string; at: EpochMs }[] = []
  return {
    fetch: async (url: string, init?: RequestInit) => {
      const path = new URL(url).pathname.slice(1)
      asked.push({ path, at: now() })
      const answer = answers.get(path) ?? answers.get('*')
      return answer ? answer(url, init) : new Response('7')
    },
    /** What a path answers from now on; `*` is every path without an answer of its own. */
    answer: (path: string, answer: Answer) => void answers.set(path, answer),
    recover: (path: string) => void answers.delete(path),
    asked,
    /** When a path was asked, in seconds since the start. */
    secondsOf: (path: string) =>
      asked.filter((one) => one.path === path).map(({ at }) => elapsed(STEERED_START, at) / 1000),
  }
}

type Parts = Partial<OrgMonitorOptions> & { steered?: ReturnType<typeof createSteeredClock> }

/** A monitor on a steered clock and a network of ours, with handles to both. */
export function setupMonitor({ steered = createSteeredClock(), ...parts }: Parts = {}) {
  const network = createNetwork(steered.now)
  const tokens = memoryTokens(tokenUntil(later(STEERED_START, 48 * 3_600_000)))
  const history = parts.history ?? storedHistory()
  const monitor = createOrgMonitor({
    organisation: ORGANISATION,
    sources: [],
    feeds: [],
    tokens,
    history,
    queryClient: new QueryClient(),
    fetch: network.fetch,
    clock: steered.clock,
    timer: steered.timer,
    random: () => 0.5,
    schedule: (flush) => flush(),
    locks: null,
    channel: null,
    page: null,
    idleStopMs: null,
    ...parts,
  })
  const statusOf = (id: string) => {
    const status = monitor.facts().sources.find((source) => source.id === sourceId(id))
    if (!status) throw new Error(`No source ${id}`)
    return status
  }
  /** All that is held of a metric: seconds since the start and value, a gap as `-`. */
  const samplesOf = (id: string) => {
    const { timeMs, value } = monitor.series.slice(metricId(id), epochMs(0), epochMs(Infinity))
    return [...timeMs].map(
      (at, i) => [(at - STEERED_START) / 1000, Number.isNaN(value[i]) ? '-' : value[i]] as const,
    )
  }
  return { ...steered, monitor, network, tokens, history, statusOf, samplesOf }
}
