import { QueryClient } from '@tanstack/query-core'
import { expect, test } from 'vitest'
import { durationMs, elapsed, type EpochMs, later, MINUTE_MS, orgId } from '#domain/units.ts'
import { callMetricsSource } from '#sources/genesys/catalogue/callMetrics.ts'
import { simulatedAddresses } from '#sources/genesys/addresses.ts'
import { countingSource } from '#testing/countingSource.ts'
import {
  hanging,
  memoryTokens,
  ORGANISATION,
  setupMonitor,
  storedHistory,
  tokenUntil,
} from '#testing/monitorSetup.ts'
import { createSteeredClock, STEERED_START } from '#testing/steeredClock.ts'

type Answer = (url: string, init?: RequestInit) => Promise<Response> | Response

const HALF_AN_HOUR = durationMs(30 * MINUTE_MS)
/** The goal: no poll further from its plan than this, whatever another organisation does. */
const MOST_OFF_MS = 1_000

const json = (text: string, status = 200, headers: Record<string, string> = {}) =>
  new Response(text, { status, headers: { 'Content-Type': 'application/json', ...headers } })

const well: Answer = (url) =>
  json(
    url.includes('/telephony/')
      ? JSON.stringify({
          concurrentCallCount: 7,
          maxCallCapacity: 100,
          concurrentCallSessionCount: 9,
          maxCallSessionCapacity: 100,
          usage: 9,
          autoScalingTriggerPercentage: 85,
        })
      : '7',
  )

const deep = '['.repeat(20_000) + ']'.repeat(20_000)
// Large enough to go wrong. How long ten megabytes take is measured in a browser: here no time passes meanwhile.
const large = `{"entities":[${'{"a":"00000000"},'.repeat(20_000)}{}]}`

const SICK: readonly (readonly [string, Answer])[] = [
  ['hangs for ever', hanging],
  ['hangs and hears no signal', () => new Promise(() => undefined)],
  ['begins a reply and never ends it', () => new Response(new ReadableStream())],
  ['answers a web page', () => new Response('<html>Sign in</html>')],
  ['answers what is nested without end', () => json(deep)],
  ['answers at length and something else', () => json(large)],
  ['answers 429 and asks to wait', () => json('{}', 429, { 'Retry-After': '30' })],
  ['answers 429 and does not say how long', () => json('{}', 429)],
  ['answers 401', () => json('{}', 401)],
  ['answers 503', () => json('{}', 503)],
  ['has no network', () => Promise.reject(new TypeError('Failed to fetch'))],
  [
    'has a fetch that throws',
    () => {
      throw new RangeError('never expected')
    },
  ],
]

/** One page: a clock, a timer, a query cache and a history for all of its organisations. */
function createPage() {
  const steered = createSteeredClock()
  const shared = { steered, history: storedHistory(), queryClient: new QueryClient() }

  /** An organisation with a call of the catalogue, a plain gauge and a feed, all of them answered alike. */
  function watch(name: string, answer: Answer) {
    const asked = new Map<string, EpochMs[]>()
    const organisation = { ...ORGANISATION, id: orgId(name), name }
    const tokens = memoryTokens(tokenUntil(later(STEERED_START, 24 * 60 * MINUTE_MS)))
    const addresses = simulatedAddresses('https://api.test')
    const connection = { org: organisation.id, addresses, clientId: 'any', tokens }
    const { monitor } = setupMonitor({
      ...shared,
      organisation,
      tokens,
      sources: [callMetricsSource(connection), countingSource('calls', 10_000)],
      feeds: [countingSource('feed', 2_000)],
      fetch: async (url, init) => {
        const { pathname } = new URL(url)
        asked.set(pathname, [...(asked.get(pathname) ?? []), steered.now()])
        return answer(url, init)
      },
    })
    return { monitor, asked }
  }
  return { ...steered, watch }
}

/** How far the polls were from an ideal clock that began with the first of them. */
function furthestOff(times: readonly EpochMs[], everyMs: number): number {
  const first = times[0]!
  return Math.max(...times.map((at, n) => Math.abs(elapsed(first, at) - n * everyMs)))
}

test.each(SICK)(
  'one organisation %s: the others are asked as planned',
  async (_, answer) => {
    const page = createPage()
    const before = page.watch('before', well)
    const sick = page.watch('sick', answer)
    const after = page.watch('after', well)
    await page.advance(HALF_AN_HOUR)
    expect(sick.monitor.facts().sources.every(({ state }) => state !== 'ok')).toBe(true)
    for (const { monitor, asked } of [before, after]) {
      for (const [path, everyMs] of [
        ['/api/v2/telephony/calls/metrics', 15_000],
        ['/calls', 10_000],
        ['/feed', 2_000],
      ] as const) {
        const times = asked.get(path)!
        expect(times.length).toBeGreaterThanOrEqual(HALF_AN_HOUR / everyMs)
        expect(furthestOff(times, everyMs)).toBeLessThanOrEqual(MOST_OFF_MS)
      }
      const { sources } = monitor.facts()
      expect(sources.map(({ state, skippedTicks }) => [state, skippedTicks])).toEqual(
        sources.map(() => ['ok', 0]),
      )
      expect(monitor.errors.size()).toBe(0)
    }
  },
  30_000,
)

test('all of them at once: the one that is well is asked as planned', async () => {
  const page = createPage()
  const others = SICK.map(([name, answer], i) => page.watch(`sick-${i} ${name}`, answer))
  const { asked, monitor } = page.watch('well', well)
  await page.advance(durationMs(5 * MINUTE_MS))
  expect(furthestOff(asked.get('/feed')!, 2_000)).toBeLessThanOrEqual(MOST_OFF_MS)
  expect(furthestOff(asked.get('/calls')!, 10_000)).toBeLessThanOrEqual(MOST_OFF_MS)
  expect(monitor.errors.size()).toBe(0)
  const names = new Set(
    others.flatMap(({ monitor: one }) => one.facts().sources.map(({ state }) => state)),
  )
  expect(names).not.toContain('ok')
}, 60_000)
