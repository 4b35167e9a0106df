import { expect, test } from 'vitest'
import { scenarioNamed } from '#mocks/scenarios.ts'
import type { FaultKind } from '#mocks/tenant/faults.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { probe, probeSimulated } from '#testing/probing.ts'
import { answering, json } from '#testing/answering.ts'
import { PROBE_IDS, type ProbeId } from './probe.ts'
import { HAND_PROBES, PROBES } from './probes.ts'
import { LONGEST_FINDING, MOST_FINDINGS } from './runProbes.ts'

const statesOf = ({ results }: Awaited<ReturnType<typeof probe>>) =>
  Object.fromEntries([...results].map(([id, { state }]) => [id, state]))

test('every probe of the list that only reads is there, and the others are told to people', () => {
  expect(PROBES.map(({ id }) => id)).toEqual([...PROBE_IDS])
  expect(HAND_PROBES.map(({ id }) => id)).toEqual(['P5', 'P9', 'P12'])
})

test('all of them work in a simulated organisation, with few requests that change nothing', async () => {
  const ran = await probeSimulated()
  expect(new Set(Object.values(statesOf(ran)))).toEqual(new Set(['works']))
  expect(ran.results.size).toBe(10)
  expect(ran.began).toEqual([...PROBE_IDS])
  expect(ran.paths.length).toBeLessThanOrEqual(20)
  expect(ran.paths.filter((path) => /channels|conversations/.test(path))).toEqual([])
})

test('what they find is said with numbers', async () => {
  const { findingsOf } = await probeSimulated()
  expect(findingsOf('P1')).toMatch(/^\d+ keys in \d+ namespaces; \d+ are tracked/)
  expect(findingsOf('P1')).toContain('simulated.connections.concurrent.max')
  expect(findingsOf('P2')).toMatch(/The reply is an object with entities \(a list of \d+/)
  expect(plainSpaces(findingsOf('P3'))).toMatch(/Cloud: [\d ]+ of [\d ]+ calls, .* % in use/)
  expect(findingsOf('P3')).toMatch(/differed \(.*concurrentCallCount.*renewed within 10 s/)
  expect(findingsOf('P4')).toMatch(/The filter leaves out \d+ users\./)
  expect(findingsOf('P8')).toContain('v2.operations.events.{id}')
  expect(findingsOf('P10')).toContain('without a refresh token')
  expect(plainSpaces(findingsOf('P11'))).toMatch(/^[\d ]+ of [\d ]+ phones are OPERATIONAL\.$/)
  expect(findingsOf('P13')).toMatch(/properties\.\S*[Cc]oncurrent\S* = /)
})

test('a missing permission is named, and stops no other probe', async () => {
  const ran = await probeSimulated({
    missingPermissions: ['telephony:plugin:all', 'usage:events:view'],
  })
  expect(statesOf(ran)).toMatchObject({
    P1: 'works',
    P6: 'works',
    P7: 'forbidden',
    P10: 'works',
    P11: 'forbidden',
    P13: 'forbidden',
  })
  expect(ran.results.get('P7')!.permission).toBe('usage:events:view')
  expect(ran.results.get('P13')!.permission).toBe('telephony:plugin:all')
})

test('the record of limits nearly reached says how late it is', async () => {
  const { findingsOf } = await probeSimulated({ scenario: scenarioNamed('rate-limited')! }, ['P6'])
  expect(plainSpaces(findingsOf('P6'))).toMatch(
    /PT1M: accepted; \d+ limits?, \d+ buckets?; the newest bucket (ended|is the one)/,
  )
})

const garbage: readonly FaultKind[] = ['html', 'malformed', 'text', 'nulls', 'missingFields']
test.each(garbage)(
  'a reply that is %s is unexpected or still read, never a crash',
  async (kind) => {
    const ran = await probeSimulated({ faults: [{ path: '/api/*', kind }] })
    expect(ran.results.size).toBe(10)
    expect(statesOf(ran)).toMatchObject({ P3: 'unexpected', P11: 'unexpected' })
    expect(ran.findingsOf('P11')).toMatch(/web page|broken or cut off|total /)
    for (const { findings } of ran.results.values())
      expect(findings.join(' ')).not.toContain('Not understood')
  },
)

test.each([
  [404, 'absent', /answered 404/],
  [429, 'failed', /asked too often, next try in 30 s/],
  [503, 'failed', /answered 503/],
] as const)('a reply of %i makes a probe %s', async (status, state, words) => {
  const { results, findingsOf } = await probeSimulated(
    { faults: [{ path: '/api/*', kind: 'status', status, retryAfterSec: 30 }] },
    ['P1', 'P11'],
  )
  expect(results.get('P11')!.state).toBe(state)
  expect(findingsOf('P11')).toMatch(words)
})

const to = (answers: Readonly<Record<string, unknown>>) =>
  answering(({ url }) => json(answers[url.pathname.split('/').at(-1)!] ?? {})).context.fetch
const only = async (id: ProbeId, fetch: Parameters<typeof probe>[0]) => {
  const ran = await probe(fetch, { wanted: [id] })
  return { ...ran.results.get(id)!, words: plainSpaces(ran.findingsOf(id)) }
}

test('P1 names the field that is not as agreed, and the shape that came instead', async () => {
  const { state, words } = await only('P1', to({ docs: { namespaces: [{ limits: [] }] } }))
  expect(state).toBe('unexpected')
  expect(words).toContain('namespaces[0].name is missing')
  expect(words).toContain('It came as an object with namespaces (a list of 1')
})

test('P2 says the shape it met, whatever that is', async () => {
  const met = (namespaces: unknown) => only('P2', to({ namespaces }))
  expect((await met({ entities: [{ name: 'audit' }, { name: 'new.one' }] })).words).toContain(
    'An audit reads 2 names in it; 1 (new.one) of them the vendor',
  )
  const bare = await met(['audit', 'bots'])
  expect(bare.state).toBe('works')
  expect(bare.words).toContain('The reply is a list of 2, the first: a text.')
  expect(bare.words).toContain('An audit cannot read it')
  expect((await met(7)).words).toContain('The reply is a number.')
})

const CALLS = {
  usage: 20.5,
  autoScalingTriggerPercentage: 80,
  cpuIntensity: 'Low',
  memoryIntensity: 'Low',
  concurrentCallCount: 410,
  concurrentCallSessionCount: 1_030,
  maxCallCapacity: 2_000,
  maxCallSessionCapacity: 5_000,
  autoScaleInProgress: 'None',
}

test('P3 tells cloud from premises, and does not call a value slow that merely stayed', async () => {
  const fetch = answering(({ url }) =>
    url.searchParams.get('metricType') === 'cloud' ? json(CALLS) : json({}, { status: 404 }),
  ).context.fetch
  const { state, words, tookMs } = await only('P3', fetch)
  expect(state).toBe('works')
  expect(words).toContain('Cloud: 410 of 2 000 calls, 1 030 of 5 000 call sessions, 20.5 % in use')
  expect(words).toContain('Nothing differed: it is renewed less often than every 10 s, or nothing')
  expect(words).toContain('Premises: GET /api/v2/telephony/calls/metrics answered 404')
  expect(tookMs).toBe(10_000)
})

test('P3 without premises telephony says so', async () => {
  const none = { ...CALLS, concurrentCallCount: 0, maxCallCapacity: 0 }
  const fetch = answering(({ url }) =>
    json(url.searchParams.get('metricType') === 'cloud' ? CALLS : none),
  ).context.fetch
  expect((await only('P3', fetch)).words).toContain('Premises: capacity 0 and no call')
})

test('P4 says so where the filter changes nothing', async () => {
  const counts = { presenceCounts: [{ systemPresence: 'AVAILABLE', count: 7 }] }
  const { words } = await only('P4', to({ counts }))
  expect(words).toContain('The filter leaves nobody out: it is ignored, or everybody is online.')
})

test('P6 takes 400 for too fine, and goes on with the next', async () => {
  const fetch = answering(({ body }) =>
    body.includes('PT1M') || body.includes('PT5M')
      ? json({ code: 'bad.request' }, { status: 400 })
      : json({}),
  ).context.fetch
  const { state, findings } = await only('P6', fetch)
  expect(state).toBe('works')
  expect(findings.map((finding) => finding.slice(0, 20))).toEqual([
    'PT1M: too fine (bad.',
    'PT5M: too fine (bad.',
    'PT15M: accepted; not',
    'PT30M: accepted; not',
  ])
})

test('P7 finds the events about limits by their words', async () => {
  const entities = [
    { id: 'a', name: 'Trunk down' },
    { id: 'b', name: null, description: 'Requests were throttled' },
    { id: 'c', name: 'Limit reached' },
  ]
  const { words } = await only('P7', to({ definitions: { entities } }))
  expect(words).toBe('3 events are defined; 2 speak of limits: b, Limit reached (c).')
})

test('P8 knows a topic that no socket carries from one that is not there', async () => {
  const topics = (entities: unknown) => only('P8', to({ availabletopics: { entities } }))
  const id = 'v2.operations.events.{id}'
  const pushed = await topics([{ id, transports: ['EventBridge'] }])
  expect(pushed.words).toContain('No socket carries it')
  expect((await topics([{ id, transports: ['Websocket'] }])).words).toContain('A socket can carry')
  const absent = await topics([{ id: 'v2.users.{id}.tokens' }])
  expect(absent).toMatchObject({
    state: 'absent',
    findings: ['None of 1 topic is v2.operations.events.{id}.'],
  })
})

test('P10 asks nobody, and knows a token that can be renewed', async () => {
  const network = answering(() => json({}))
  const ran = await probe(network.context.fetch, { wanted: ['P10'], refreshToken: 'again' })
  expect(ran.findingsOf('P10')).toContain('Tidemark renews it')
  expect(network.asked).toEqual([])
})

test('P13 prints the JSON path of each maximum, likely ones first, and how many settings have it', async () => {
  const entities = [10, 10, 0].map((instance) => ({
    name: 'trunk',
    properties: {
      trunk_header_maxLength: { value: { instance: 255 } },
      trunk_max_concurrent_calls: { type: 'integer', value: { default: 0, instance } },
    },
  }))
  const { findings } = await only('P13', to({ trunkbasesettings: { entities, total: 3 } }))
  expect(findings[0]).toBe('3 of 3 base settings read; 4 paths with “max” or “concurrent” in it.')
  expect(findings).toContain(
    'properties.trunk_max_concurrent_calls.value.instance = 10 or 0, in 3.',
  )
  expect(findings.at(-1)).toBe('properties.trunk_header_maxLength.value.instance = 255, in 3.')
})

test('P13 survives settings of any size and depth, and what it keeps is bounded', async () => {
  const nested = JSON.parse(`${'{"max":'.repeat(500)}1${'}'.repeat(500)}`) as unknown
  const many = Object.fromEntries(
    Array.from({ length: 5_000 }, (_, i) => [`max${i}`, 'x'.repeat(999)]),
  )
  const entities = [{ properties: nested }, { properties: many }, { properties: null }, {}]
  const { state, findings } = await only('P13', to({ trunkbasesettings: { entities, total: 4 } }))
  expect(state).toBe('works')
  expect(findings.length).toBeLessThanOrEqual(MOST_FINDINGS)
  expect(Math.max(...findings.map(({ length }) => length))).toBeLessThanOrEqual(LONGEST_FINDING)
})

test('a network that is down fails each probe for itself, with a reason', async () => {
  const ran = await probe(() => Promise.reject(new TypeError('Failed to fetch')))
  expect(new Set(Object.values(statesOf(ran)))).toEqual(new Set(['failed', 'works']))
  expect(ran.results.get('P10')!.state).toBe('works')
  expect(ran.findingsOf('P1')).toContain('got no readable reply')
})

test('a reply that hangs is a failure of that probe alone', async () => {
  const ran = await probe((url) =>
    url.includes('/phones')
      ? Promise.reject(new DOMException('No reply in time', 'TimeoutError'))
      : Promise.resolve(json({ entities: [], total: 0 })),
  )
  expect(ran.findingsOf('P11')).toContain('did not answer in time')
  expect(ran.results.size).toBe(10)
})

test('a run that is called off ends at once, and what was under way says nothing', async () => {
  const calling = new AbortController()
  const network = answering(({ url }) => {
    if (url.pathname.endsWith('/namespaces')) calling.abort(new DOMException('off', 'AbortError'))
    if (calling.signal.aborted) return calling.signal.reason as Error
    return json({ namespaces: [] })
  })
  const running = probe(network.context.fetch, { signal: calling.signal })
  await expect(running).rejects.toThrow('off')
  expect(network.asked).toHaveLength(2)
})
