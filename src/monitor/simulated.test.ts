import { expect, test } from 'vitest'
import type { FaultRule } from '#mocks/tenant/faults.ts'
import { createTenant } from '#mocks/tenant.ts'
import { scenarioNamed } from '#mocks/scenarios.ts'
import { attemptsFrom } from '#domain/evidence/demand/attempts.ts'
import { iterationsOf } from '#domain/timeline/iterations.ts'
import { epochMs, metricId, MINUTE_MS } from '#domain/units.ts'
import { orgSources } from '#sources/config/orgSources.ts'
import { organisationConfig } from '#sources/config/tidemarkConfig.ts'
import { simulatedAddresses } from '#sources/genesys/addresses.ts'
import { clientCredentialsToken } from '#sources/genesys/oauth.ts'
import { memoryTokens, ORGANISATION, setupMonitor } from '#testing/monitorSetup.ts'
import { createSteeredClock, STEERED_START } from '#testing/steeredClock.ts'
import type { OrgFacts } from './orgFacts.ts'

const CLIENT = { clientId: 'monitor', clientSecret: 'any' }

/** The whole monitor with the real sources, signed in to a simulated organisation. */
async function setup(scenario: string, faults: readonly FaultRule[] = []) {
  const steered = createSteeredClock()
  const tenant = createTenant({
    scenario: scenarioNamed(scenario)!,
    seed: 42,
    startMs: STEERED_START,
    now: steered.now,
  })
  /** As a page of another origin sees it: what does not allow it cannot be read. */
  async function fetch(url: string, init?: RequestInit) {
    const headers = new Headers(init?.headers)
    headers.set('Origin', 'http://tidemark.test')
    const response = await tenant.fetch(new Request(url, { ...init, headers }))
    if (response.headers.has('Access-Control-Allow-Origin')) return response
    throw new TypeError('Failed to fetch')
  }
  const addresses = simulatedAddresses('http://tenant.test')
  const context = { fetch, now: steered.now, signal: new AbortController().signal }
  const tokens = memoryTokens(await clientCredentialsToken(context, addresses, CLIENT))
  const connection = { org: ORGANISATION.id, addresses, clientId: CLIENT.clientId, tokens }
  const config = organisationConfig({ id: ORGANISATION.id, name: 'Test', domain: 'tenant.test' })
  tenant.setFaults(faults)
  const { sources, feeds } = orgSources({ config, connection, feedBearer: () => null })
  return {
    ...setupMonitor({ steered, sources, feeds, tokens, fetch }),
    tenant,
  }
}

/** What should answer and does not; what the organisation does not have is well absent. */
const unwell = ({ sources }: OrgFacts) =>
  sources.filter(({ state, failure }) => state !== 'ok' && failure?.kind !== 'absent')

test('a load test at the limit: connections, limit, refusals and runs are all there', async () => {
  const { advance, monitor, samplesOf } = await setup('limit-raised')
  await advance(4 * MINUTE_MS)
  const facts = monitor.facts()
  expect(unwell(facts)).toEqual([])
  const open = metricId('connections.open')
  expect(facts.limits.get(open)?.map(({ value }) => value)).toContain(1_000)
  expect(monitor.errors.count('capacity', epochMs(0), epochMs(Infinity))).toBeGreaterThan(100)
  const attempts = attemptsFrom(monitor.clients.columns(epochMs(0), epochMs(Infinity))!)
  expect(attempts.failed.reduce((sum, failed) => sum + failed, 0)).toBeGreaterThan(100)
  expect(new Set(attempts.client).size).toBeGreaterThan(1_000)
  expect(iterationsOf(facts.markers, monitor.now()).at(-1)?.iterations.length).toBeGreaterThan(0)
  const connections = samplesOf(open)
  expect(connections.length).toBeGreaterThan(1_800)
  const live = connections.filter(([at]) => at > 0)
  expect(live.length).toBeGreaterThan(230)
  expect(live.some(([, value]) => value === '-')).toBe(false)
  expect(facts.footprint.requestsLastMinute).toBeLessThan(40)
  expect(facts.footprint.inFlight).toBe(0)
})

const CALLS = '/api/v2/telephony/calls/metrics?metricType=cloud'

test.each<[FaultRule['kind'] | number, Partial<FaultRule>, string]>([
  ['html', {}, 'unexpectedShape'],
  ['malformed', {}, 'unexpectedShape'],
  ['missingFields', {}, 'unexpectedShape'],
  ['nulls', {}, 'unexpectedShape'],
  ['huge', {}, 'unexpectedShape'],
  ['negative', {}, 'unexpectedShape'],
  ['text', {}, 'unexpectedShape'],
  ['hang', {}, 'timeout'],
  ['noCors503', {}, 'network'],
  ['rateLimitedWithoutRetryAfter', { retryAfterSec: 20 }, 'rateLimited'],
  ['status', { status: 429, retryAfterSec: 20 }, 'rateLimited'],
  ['status', { status: 503 }, 'unavailable'],
  ['status', { status: 500 }, 'unavailable'],
])('%s %o: one sentence, no sample, others go on, and it heals', async (kind, rule, reason) => {
  const { advance, monitor, statusOf, samplesOf, tenant } = await setup('quiet')
  await advance(20_000)
  const before = samplesOf('calls.concurrent')
  expect(before.length).toBeGreaterThan(0)
  tenant.setFaults([{ path: CALLS, kind: kind as FaultRule['kind'], ...rule }])
  await advance(50_000)
  const failed = statusOf('genesys.callMetrics')
  expect(failed).toMatchObject({ state: 'failing', failure: { kind: reason } })
  expect(failed.failure?.message).toMatch(/^\S.{10,}\.$/s)
  expect(
    samplesOf('calls.concurrent')
      .slice(before.length)
      .map(([, value]) => value),
  ).toEqual(['-'])
  const others = unwell(monitor.facts()).filter(({ id }) => id !== failed.id)
  expect(others).toEqual([])
  const feed = samplesOf('connections.open').length
  tenant.setFaults([])
  await advance(90_000)
  expect(statusOf('genesys.callMetrics').state).toBe('ok')
  expect(samplesOf('calls.concurrent').at(-1)?.[1]).toBeGreaterThan(0)
  expect(samplesOf('connections.open').length).toBeGreaterThan(feed + 80)
})

test('a missing permission names itself, and nothing else suffers', async () => {
  const faults: FaultRule[] = [{ path: CALLS, kind: 'status', status: 403 }]
  const { advance, monitor, statusOf } = await setup('quiet', faults)
  await advance(30_000)
  expect(statusOf('genesys.callMetrics')).toMatchObject({
    state: 'off',
    failure: { kind: 'forbidden', permission: 'telephony:callMetrics:view' },
  })
  expect(unwell(monitor.facts())).toHaveLength(1)
})

test('a token that is revoked in the middle stops the API and leaves the feed', async () => {
  const { advance, monitor, statusOf, samplesOf, tenant } = await setup('quiet')
  await advance(20_000)
  tenant.revokeTokens()
  await advance(40_000)
  expect(monitor.facts().session).toEqual({ kind: 'signedOut', reason: 'refused' })
  expect(statusOf('genesys.callMetrics').state).toBe('signedOut')
  const connections = samplesOf('connections.open').length
  await advance(10_000)
  expect(samplesOf('connections.open').length).toBeGreaterThan(connections)
})
