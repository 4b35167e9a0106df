import { expect, test } from 'vitest'
import { durationMs, HOUR_MS, later, orgId } from '#domain/units.ts'
import { answering, json } from '#testing/answering.ts'
import { addressesOf, simulatedAddresses } from '../genesys/addresses.ts'
import { createTokenStore } from '../genesys/tokenStore.ts'
import { createFeedBearer } from './feedBearer.ts'
import { orgSources } from './orgSources.ts'
import { organisationConfig } from './tidemarkConfig.ts'

const config = organisationConfig({
  id: orgId('acme'),
  name: 'Acme',
  domain: 'mypurecloud.de',
  thresholds: { 'connections.open': { warnAt: 0.5, criticalAt: 0.6 } },
})

function setup(addresses = addressesOf('mypurecloud.de')) {
  const network = answering(({ url }) =>
    json(
      url.pathname.endsWith('/organisations')
        ? [{ id: 'o-7', name: 'Acme' }]
        : {
            cursor: '1',
            hasMore: false,
            metrics: [connections, calls],
            samples: [],
            errors: [],
            limits: [],
            markers: [],
          },
    ),
  )
  const { now } = network.context
  const tokens = createTokenStore({ org: config.id, storage: null, channel: null, now })
  tokens.set({ accessToken: 's', expiresAt: later(now(), HOUR_MS), refreshToken: null })
  return { ...network, connection: { org: config.id, addresses, clientId: 'c1', tokens } }
}

const connections = {
  id: 'connections.open',
  title: 'WebSocket connections',
  unit: 'count',
  kind: 'gauge',
  provenance: 'measured',
  scope: 'organisation',
}
const calls = { ...connections, id: 'calls.concurrent', title: 'Calls' }
const feedBearer = () => null

test('a real organisation without a feed is the catalogue alone', () => {
  const { connection } = setup()
  const { sources, feeds } = orgSources({ config, connection, feedBearer })
  const ids = sources.map(({ id }) => String(id))
  expect(feeds).toEqual([])
  expect(ids.length).toBeGreaterThan(5)
  expect(ids.every((id) => id.startsWith('genesys.'))).toBe(true)
})

test.each([
  addressesOf('127.0.0.1:8787'),
  simulatedAddresses('http://127.0.0.1:4180/simulated/demo'),
])('at $api the feed comes with the address', async (addresses) => {
  const { connection, context, asked } = setup(addresses)
  const { feeds } = orgSources({ config, connection, feedBearer })
  const { metrics } = await feeds[0]!.ask(context)
  expect(asked[1]?.url.href).toBe(`${addresses.api}/v1/changes?organisation=o-7`)
  expect(metrics).toMatchObject([
    { id: 'connections.open', origin: 'Feed of the simulator', thresholds: { warnAt: 0.5 } },
  ])
})

test('a feed of its own needs no connection', async () => {
  const { context, asked: requests } = setup()
  const feed = { url: 'https://proxy.example/tidemark', organisation: 'o-9' }
  const asked = orgSources({ config: { ...config, feed }, connection: null, feedBearer })
  expect(asked.sources).toEqual([])
  const { metrics } = await asked.feeds[0]!.ask(context)
  expect(requests[0]?.url.href).toBe('https://proxy.example/tidemark/v1/changes?organisation=o-9')
  expect(metrics.map(({ origin }) => origin)).toEqual(['Feed proxy.example', 'Feed proxy.example'])
})

test('a bearer is kept per organisation and survives a reload of its tab', () => {
  const kept = new Map<string, string>()
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
  createFeedBearer(config.id, storage, null).set('hush')
  expect(createFeedBearer(config.id, storage, null).get()).toBe('hush')
  expect(createFeedBearer(orgId('globex'), storage, null).get()).toBeNull()
})

test('a source that is switched off is not asked, and known as what it is', () => {
  const { connection } = setup(addressesOf('127.0.0.1:8787'))
  const asked = orgSources({ config, connection, feedBearer })
  const [first] = asked.sources
  const sourcesOff = [first!.id, asked.feeds[0]!.id, 'of another version']
  const off = orgSources({ config: { ...config, sourcesOff }, connection, feedBearer })
  expect(asked.switchedOff).toEqual([])
  expect(off.sources).toHaveLength(asked.sources.length - 1)
  expect(off.feeds).toEqual([])
  expect(off.switchedOff.map(({ id }) => id)).toEqual([asked.feeds[0]!.id, first!.id])
  expect(off.switchedOff[1]!.metrics).toEqual(first!.metrics)
})

test('each query of a Prometheus is a source, with the thresholds of its metric', () => {
  const query = {
    id: 'proxy',
    title: 'Sockets at the proxy',
    query: 'sum(haproxy_sessions)',
    unit: 'count',
    group: 'connections',
    provenance: 'measured',
    scope: 'organisation',
    everyMs: durationMs(10_000),
  } as const
  const asked = {
    ...config,
    prometheus: { url: 'https://metrics.example/p', readsHistory: false, organisation: null },
    queries: [query],
    thresholds: { 'promql.proxy': { warnAt: 0.5, criticalAt: 0.6 } },
  }
  const { connection } = setup()
  const { feeds } = orgSources({ config: asked, connection, feedBearer })
  expect(feeds).toMatchObject([
    {
      id: 'promql.proxy',
      everyMs: 10_000,
      metrics: [{ origin: 'Prometheus metrics.example', thresholds: { warnAt: 0.5 } }],
    },
  ])
  const off = orgSources({
    config: { ...asked, sourcesOff: ['promql.proxy'] },
    connection,
    feedBearer,
  })
  expect(off.feeds).toEqual([])
  expect(off.switchedOff.map(({ id }) => String(id))).toEqual(['promql.proxy'])
  expect(
    orgSources({ config: { ...asked, prometheus: null }, connection, feedBearer }).feeds,
  ).toEqual([])
})
