import { expect, test } from 'vitest'
import { connectionSecond } from '../model/connections.ts'
import { attemptsInSecond, errorsInSecond } from '../model/errors.ts'
import type { ScenarioName } from '../scenarios/scenario.ts'
import { steeredTenant } from '../steeredTenant.ts'
import type { FeedPage } from './feed.ts'

/** Reads on until there is no more; gives the pages. */
async function readAll(steered: ReturnType<typeof steeredTenant>, after?: string) {
  const pages: FeedPage[] = []
  let cursor = after
  do {
    const response = await steered.changes(cursor)
    expect(response.status).toBe(200)
    const page = (await response.json()) as FeedPage
    pages.push(page)
    cursor = page.cursor
  } while (pages.at(-1)!.hasMore)
  return pages
}

const merged = (pages: FeedPage[]) => ({
  samples: pages.flatMap(({ samples }) => samples),
  errors: pages.flatMap(({ errors }) => errors),
  limits: pages.flatMap(({ limits }) => limits),
  markers: pages.flatMap(({ markers }) => markers),
  clients: pages.flatMap(({ clients }) => clients ?? []),
  cursor: pages.at(-1)!.cursor,
})

const ofMetric = (samples: FeedPage['samples'], metric: string) =>
  samples.filter((sample) => sample.metric === metric)

test('the feed names its one organisation, and answers for no other', async () => {
  const { tenant, json, fetch } = steeredTenant('quiet')
  expect(await json('/v1/organisations')).toEqual([{ ...tenant.organisation, region: 'simulated' }])
  expect((await fetch('/v1/changes')).status).toBe(400)
  expect((await fetch('/v1/changes?organisation=other')).status).toBe(404)
})

test('without a cursor it begins with the last hour, in pages of at most 10 000 samples', async () => {
  const steered = steeredTenant('limit-raised')
  const pages = await readAll(steered)
  expect(pages.length).toBeGreaterThan(1)
  expect(pages.every(({ samples }) => samples.length <= 10_000)).toBe(true)
  const { samples, limits, markers, errors } = merged(pages)
  const open = ofMetric(samples, 'connections.open')
  expect(open).toHaveLength(3600)
  expect(open[0]!.atMs).toBe(steered.startMs - 3_600_000)
  expect(open.map(({ atMs }) => atMs)).toEqual(open.map((_, i) => open[0]!.atMs + 1000 * i))
  expect(
    limits.filter(({ metric }) => metric === 'connections.open').map(({ value }) => value),
  ).toEqual([720, 1000])
  expect(markers.filter(({ kind }) => kind === 'iteration')).toHaveLength(8)
  expect(errors.length).toBeGreaterThan(100)
  for (const metric of ['calls.concurrent', 'callSessions.concurrent', 'acd.waiting.voice'])
    expect(ofMetric(samples, metric)).toHaveLength(240)
})

test('errors and attempts of the feed add up to those of the model', async () => {
  const steered = steeredTenant('retry-storm')
  const { samples, errors } = merged(await readAll(steered))
  let refused = 0
  let attempts = 0
  for (let sec = -3600; sec < 0; sec += 1) {
    const books = connectionSecond(steered.tenant.world, sec)
    const groups = errorsInSecond(steered.tenant.world, sec, books)
    refused += groups.reduce((sum, { count }) => sum + count, 0)
    attempts += attemptsInSecond(books, groups)
  }
  expect(errors.reduce((sum, { count }) => sum + count, 0)).toBe(refused)
  const told = ofMetric(samples, 'connections.attempts')
  expect(told.reduce((sum, { value }) => sum + value!, 0)).toBe(attempts)
})

test('where clients are told apart, they add up to refusals and attempts, in pages of at most 10 000', async () => {
  const steered = steeredTenant('retry-storm')
  const pages = await readAll(steered)
  expect(pages.every(({ clients }) => clients!.length <= 10_000)).toBe(true)
  const { clients, errors } = merged(pages)
  const handshakes = errors.filter(
    ({ route }) => route === 'WS /channels/{id}' || route === 'POST /api/v2/notifications/channels',
  )
  const refused = handshakes.filter((error) => error.class === 'capacity')
  expect(clients.filter(({ event }) => event === 'refused')).toHaveLength(
    refused.reduce((sum, { count }) => sum + count, 0),
  )
  const times = clients.map(({ atMs }) => atMs)
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  expect(JSON.stringify(pages).length).toBeLessThan(3_000_000)
})

test('an ordinary organisation does not tell clients apart, and real sockets are no clients', async () => {
  const ordinary = await readAll(steeredTenant('quiet'))
  const real = await readAll(steeredTenant('retry-storm', { maxConnections: 3 }))
  for (const page of [...ordinary, ...real]) expect(page).not.toHaveProperty('clients')
})

test('a leaking application takes for closed what the organisation still counts', async () => {
  const steered = steeredTenant('leaking-app')
  const pages = await readAll(steered)
  expect(pages[0]!.metrics.find(({ id }) => id === 'clients.open')).toMatchObject({
    title: 'Open in the tested clients',
    scope: 'sampledClients',
  })
  const { samples } = merged(pages)
  const clients = ofMetric(samples, 'clients.open').map(({ value }) => value!)
  const unreleased = ofMetric(samples, 'connections.open').map(
    ({ value }, i) => value! - clients[i]!,
  )
  expect(clients).toHaveLength(3600)
  expect(unreleased[0]).toBe(0)
  expect(unreleased.at(-1)).toBe(8 * 48)
  expect(unreleased).toEqual(unreleased.toSorted((a, b) => a - b))
})

test.each(['limit-raised', 'flapping-network'] satisfies ScenarioName[])(
  'read in small steps or at once, %s tells the same and nothing twice',
  async (name) => {
    const steps = steeredTenant(name)
    const first = merged(await readAll(steps))
    const parts = [first]
    for (const waitMs of [2000, 300, 1700, 61_000, 0, 180_000, 2500]) {
      steps.wait(waitMs)
      parts.push(merged(await readAll(steps, parts.at(-1)!.cursor)))
    }
    const once = steeredTenant(name)
    const { cursor } = merged(await readAll(once))
    once.wait(247_500)
    const whole = merged(await readAll(once, cursor))
    const inSteps = parts.slice(1)
    expect(inSteps.flatMap(({ samples }) => samples)).toEqual(whole.samples)
    expect(inSteps.flatMap(({ errors }) => errors)).toEqual(whole.errors)
    expect(inSteps.flatMap(({ limits }) => limits)).toEqual(whole.limits)
    expect(inSteps.flatMap(({ markers }) => markers)).toEqual(whole.markers)
    expect(inSteps.flatMap(({ clients }) => clients)).toEqual(whole.clients)
    expect(parts.at(-1)!.cursor).toBe(whole.cursor)
  },
)

test('what the API tells from the start on is in the feed only for the time before', async () => {
  const steered = steeredTenant('quiet')
  const { cursor } = merged(await readAll(steered))
  steered.wait(60_000)
  const { samples } = merged(await readAll(steered, cursor))
  const later = samples.filter(({ atMs }) => atMs > steered.startMs)
  expect(new Set(later.map(({ metric }) => metric))).toEqual(
    new Set(['connections.open', 'connections.attempts']),
  )
})

test('a feed that could not count says null, and tells no errors then', async () => {
  const steered = steeredTenant('limit-raised')
  const { samples, errors, clients } = merged(await readAll(steered))
  const gaps = ofMetric(samples, 'connections.open').filter(({ value }) => value === null)
  expect(gaps).toHaveLength(120)
  const [from, to] = [gaps[0]!.atMs, gaps.at(-1)!.atMs]
  for (const list of [errors, clients])
    expect(list.filter(({ atMs }) => atMs >= from && atMs <= to)).toEqual([])
})

test('the feed names the registry key that limits the connections, and of nothing else', async () => {
  const [page] = await readAll(steeredTenant('quiet'))
  expect(page!.metrics.flatMap(({ id, limitKey }) => (limitKey ? [{ id, limitKey }] : []))).toEqual(
    [
      {
        id: 'connections.open',
        limitKey: { namespace: 'notifications', key: 'simulated.connections.concurrent.max' },
      },
    ],
  )
})

test('an unknown cursor is answered 410: none of ours, or of another simulation', async () => {
  const steered = steeredTenant('quiet')
  const other = steeredTenant('quiet', { startMs: steered.startMs - 3_600_000 })
  const { cursor } = merged(await readAll(other))
  for (const unknown of ['nonsense', cursor, ''])
    expect((await steered.changes(unknown)).status).toBe(410)
})

test('a feed with a bearer token wants to see it', async () => {
  const steered = steeredTenant('quiet', { feedBearer: 'feed-token' })
  expect((await steered.changes()).status).toBe(401)
  steered.carry('feed-token')
  expect((await steered.changes()).status).toBe(200)
})

test('with a cap, connections are the real sockets: nothing before the start, nothing played', async () => {
  const steered = steeredTenant('limit-raised', { maxConnections: 3 })
  const { tenant, wait } = steered
  wait(1000)
  const before = merged(await readAll(steered))
  expect(ofMetric(before.samples, 'connections.open').every(({ value }) => value === 0)).toBe(true)
  expect(Math.min(...ofMetric(before.samples, 'connections.open').map(({ atMs }) => atMs))).toBe(
    steered.startMs,
  )
  expect(before.limits.filter(({ metric }) => metric === 'connections.open')).toEqual([
    {
      metric: 'connections.open',
      fromMs: steered.startMs,
      value: 3,
      source: 'cap of the server',
    },
  ])
  expect(before.markers).toEqual([])
  expect(before.errors.filter((error) => error.class === 'capacity')).toEqual([])
  expect(ofMetric(before.samples, 'calls.concurrent')).toHaveLength(240)

  const guest = () => tenant.upgrade(new URL('http://tenant.test/v1?deploymentId=d'))
  const [one, , , fourth] = [guest(), guest(), guest(), guest()]
  expect(fourth).toBeInstanceOf(Response)
  wait(2500)
  if (one instanceof Response) throw new Error('refused')
  one.cancel()
  wait(500)
  const after = merged(await readAll(steered, before.cursor))
  const open = ofMetric(after.samples, 'connections.open').map(({ value }) => value)
  expect(Math.max(...open.map(Number))).toBe(3)
  expect(open.at(-1)).toBe(2)
  const attempts = ofMetric(after.samples, 'connections.attempts')
  expect(attempts.reduce((sum, { value }) => sum + value!, 0)).toBe(4)
  expect(after.errors).toEqual([
    expect.objectContaining({ class: 'capacity', status: 503, count: 1, route: 'WS /v1' }),
  ])
})
