import { afterEach, expect, test } from 'vitest'
import type { Observation } from '#domain/observation.ts'
import { epochMs, HOUR_MS, metricId, orgId } from '#domain/units.ts'
import { startSimulation } from '#mocks/browser/worker.ts'
import { orgSources } from '#sources/config/orgSources.ts'
import { organisationConfig, type OrganisationConfig } from '#sources/config/tidemarkConfig.ts'
import { organisationOf } from '#sources/genesys/organisationOf.ts'
import { createTokenStore } from '#sources/genesys/tokenStore.ts'
import { SourceError } from '#sources/sourceError.ts'
import { addressesFor, simulatedPath } from './organisationNamed.ts'
import { plainContext } from './plainContext.ts'
import { startSimulated } from './simulations.ts'

const PATIENCE_MS = 15_000

/** Takes the place of what runs there, and gives the way to end it. */
const taken = (config: OrganisationConfig) =>
  startSimulation({ ...config.simulation!, basePath: simulatedPath(config.id) })

const begun: OrganisationConfig[] = []
afterEach(async () => {
  for (const config of begun.splice(0)) (await taken(config)).stop()
})

function setup(id: string) {
  const simulation = { scenario: 'limit-raised', seed: 42, startMs: epochMs(Date.now() - 60_000) }
  const config = organisationConfig({
    id: orgId(id),
    name: 'Demo',
    domain: 'simulated',
    simulation,
  })
  const context = plainContext(AbortSignal.timeout(PATIENCE_MS))
  const connection = {
    org: config.id,
    addresses: addressesFor(config, location.origin),
    clientId: '',
    tokens: createTokenStore({ org: config.id, storage: null, channel: null, now: context.now }),
  }
  const { sources, feeds } = orgSources({ config, connection, feedBearer: () => null })
  return {
    start: () => {
      begun.push(config)
      return startSimulated(config, connection)
    },
    name: () => organisationOf(context, connection),
    config,
    connection,
    ask: (source: string) =>
      [...sources, ...feeds].find(({ id: each }) => each === source)!.ask(context),
    feed: () => feeds[0]!.ask(context),
  }
}

const samplesOf = ({ samples }: Observation, metric: string) =>
  samples
    .filter((each) => each.metric === metricId(metric))
    .flatMap(({ series }) => [...series.timeMs])

test('the demo signs in by itself, and its calls and its feed are answered inside the page', async () => {
  const { connection, start, ask, feed } = setup('demo-answers')
  await start()
  expect(connection.tokens.get()).not.toBeNull()

  const calls = await ask('genesys.callMetrics')
  expect(samplesOf(calls, 'callSessions.concurrent')).toHaveLength(1)
  expect(calls.limits.map(({ step }) => step.value)).toContain(1000)

  const backlog = await feed()
  const connections = samplesOf(backlog, 'connections.open')
  expect(connections.at(-1)! - connections[0]!).toBeGreaterThan(0.9 * HOUR_MS)
  expect(backlog.errors.length).toBeGreaterThan(0)
})

test('a simulation that was stopped answers no more, and one beside it goes on', async () => {
  const ended = setup('demo-ended')
  const other = setup('demo-goes-on')
  await ended.start()
  await other.start()
  const { stop, organisation } = await taken(ended.config)
  expect(await ended.name()).toEqual(organisation)
  stop()
  await expect(ended.name()).rejects.toBeInstanceOf(SourceError)
  expect(await other.name()).toEqual(organisation)
})

test('after the last one was stopped nothing answers, until one starts again', async () => {
  const demo = setup('demo-again')
  await demo.start()
  const { stop, organisation } = await taken(demo.config)
  stop()
  // The service worker hears of it by a message, a moment later.
  await expect.poll(() => demo.name().catch((error: unknown) => error)).toBeInstanceOf(SourceError)
  await demo.start()
  expect(await demo.name()).toEqual(organisation)
})
