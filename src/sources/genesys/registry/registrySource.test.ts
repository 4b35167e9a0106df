import { expect, test } from 'vitest'
import type { NamespaceFacts } from '#domain/limits/registryFact.ts'
import { json } from '#testing/answering.ts'
import { connectedNetwork } from '#testing/connectedNetwork.ts'
import { changeRequestsSource } from './changeRequestsSource.ts'
import { readWholeRegistry } from './readWholeRegistry.ts'
import { registrySource } from './registrySource.ts'

const LIMITS = '/api/v2/organizations/limits'

type Answers = Readonly<Record<string, unknown>>

/** Answers by what follows `/limits/`; what is not named is not there. */
function setup(answers: Answers) {
  const { connection, ...network } = connectedNetwork((request) => {
    const path = request.url.pathname.slice(LIMITS.length + 1)
    const answer = answers[path]
    if (answer instanceof Response) return answer.clone()
    return answer === undefined
      ? json({ code: 'not.found', message: `No ${path}.`, status: 404 }, { status: 404 })
      : json(answer)
  })
  const source = registrySource(connection)
  const pathsAsked = () =>
    network.asked.map(({ url }) => url.pathname.slice(LIMITS.length + 1)).filter(Boolean)
  return { ...network, connection, pathsAsked, ask: () => source.ask(network.context) }
}

const entities = (limits: Readonly<Record<string, unknown>>) => ({
  entities: Object.entries(limits).map(([key, value]) => ({ key, namespace: 'x', value })),
})

const DOCS = {
  url: 'https://example.org',
  namespaces: [
    {
      name: 'platform.api',
      friendlyName: 'Platform API',
      limits: [
        {
          key: 'token.rate.per.minute',
          defaultValue: 300,
          description: 'Requests per minute and token',
          configurable: false,
          trackable: true,
        },
      ],
    },
  ],
}

const namespacesOf = ({ registry }: { registry: readonly unknown[] }) =>
  registry as readonly NamespaceFacts[]

test('values, defaults and descriptions come from three calls, and the rest of the list follows', async () => {
  const { ask, pathsAsked } = setup({
    docs: DOCS,
    namespaces: { entities: ['quality', { name: 'dataactions' }, 7] },
    'namespaces/platform.api': entities({ 'token.rate.per.minute': 250 }),
    'namespaces/quality': entities({ 'evaluations.per.agent.per.day': 50 }),
    'namespaces/quality/defaults': entities({ 'evaluations.per.agent.per.day': 40 }),
    'namespaces/dataactions': entities({}),
  })
  const facts = namespacesOf(await ask())
  expect(facts.map(({ namespace }) => namespace)).toEqual([
    'platform.api',
    'platform.api',
    'dataactions',
    'quality',
    'quality',
  ])
  expect(facts[0]?.keys[0]).toMatchObject({
    defaults: [{ value: 300 }],
    doc: { isTrackable: true, isConfigurable: false },
  })
  expect(facts[1]?.keys[0]?.effective).toMatchObject([{ value: 250 }])
  expect(facts[4]?.keys[0]?.defaults).toMatchObject([{ value: 40 }])
  // Of a documented key the default is known.
  expect(pathsAsked()).not.toContain('namespaces/platform.api/defaults')
})

test('the own limit of requests is told as a limit, whichever of its two keys there is', async () => {
  const { ask } = setup({
    docs: DOCS,
    namespaces: { entities: [] },
    'namespaces/platform.api': entities({ 'client.credentials.token.rate.per.minute': 180 }),
  })
  expect((await ask()).limits).toMatchObject([
    {
      metric: 'api.requestsPerMinute',
      step: { value: 180, source: 'platform.api client.credentials.token.rate.per.minute' },
    },
  ])
})

test.each([0, -1, 2 ** 53])(
  'a value of %s is kept as it is told, and is no own limit',
  async (value) => {
    const { ask } = setup({
      docs: DOCS,
      namespaces: { entities: [] },
      'namespaces/platform.api': entities({ 'token.rate.per.minute': value }),
    })
    const observed = await ask()
    expect(namespacesOf(observed).at(-1)?.keys[0]?.effective).toMatchObject([{ value }])
    expect(observed.limits).toEqual([])
  },
)

test('a namespace that is refused or gone says so, and the others are read', async () => {
  const forbidden = json(
    {
      code: 'missing.permissions',
      message: 'Missing quality:limit:view',
      messageParams: { permissions: 'quality:limit:view' },
      status: 403,
    },
    { status: 403 },
  )
  const { ask } = setup({
    docs: DOCS,
    namespaces: { entities: ['quality', 'scim'] },
    'namespaces/platform.api': entities({ 'token.rate.per.minute': 300 }),
    'namespaces/quality': forbidden,
  })
  const answers = new Map(
    namespacesOf(await ask()).map(({ namespace, answer }) => [namespace, answer?.failure]),
  )
  expect(answers.get('quality')).toMatchObject({
    kind: 'forbidden',
    permission: 'quality:limit:view',
  })
  expect(answers.get('scim')).toMatchObject({ kind: 'absent' })
  expect(answers.get('platform.api')).toBeNull()
})

test('an entry that is no limit costs itself, and is said to be missing', async () => {
  const { ask } = setup({
    docs: DOCS,
    namespaces: { entities: [] },
    'namespaces/platform.api': entities({ 'token.rate.per.minute': 300, odd: '12', half: 1.5 }),
  })
  const read = namespacesOf(await ask()).find(({ answer }) => answer)
  expect(read?.keys.map(({ key }) => key)).toEqual(['token.rate.per.minute'])
  expect(read?.answer?.failure?.reason).toContain('2 of 3 entries of platform.api')
})

test('a whole round is read before a namespace is asked again, a few in each turn', async () => {
  const names = Array.from({ length: 20 }, (_, i) => `simulated.${String(i).padStart(2, '0')}`)
  const answers = Object.fromEntries(
    names.map((name) => [`namespaces/${name}`, entities({ k: 1 })]),
  )
  const { ask, pass, pathsAsked } = setup({ namespaces: { entities: names }, ...answers })
  const read = () => pathsAsked().filter((path) => /^namespaces\/[^/]+$/.test(path))
  await ask()
  expect(read()).toHaveLength(8)
  await ask()
  await ask()
  expect(new Set(read()).size).toBe(20)
  expect(read()).toHaveLength(20)
  // A later round is spread over a quarter of an hour.
  await ask()
  expect(read()).toHaveLength(20)
  pass(90_000)
  await ask()
  expect(read()).toHaveLength(22)
  pass(14 * 60_000)
  await ask()
  expect(read()).toHaveLength(40)
})

test('what was read before a turn failed is told with the next one', async () => {
  let isDown = true
  const { connection, context } = connectedNetwork((request) => {
    const path = request.url.pathname.slice(LIMITS.length + 1)
    if (path === 'namespaces') return json({ entities: ['a', 'b'] })
    if (path === 'namespaces/b' && isDown) return json({ message: 'Busy' }, { status: 503 })
    return path === 'docs' ? json({ namespaces: [] }) : json(entities({ k: 1 }))
  })
  const source = registrySource(connection)
  await expect(source.ask(context)).rejects.toMatchObject({ kind: 'unavailable' })
  isDown = false
  const told = namespacesOf(await source.ask(context))
  expect(new Set(told.map(({ namespace }) => namespace))).toEqual(new Set(['a', 'b']))
})

test('requests are read page after page, whatever became of them', async () => {
  const request = {
    key: 'sessions.max',
    namespace: 'web.messaging',
    requestedValue: 1500,
    currentValue: 1000,
    dateCreated: '2026-02-20T10:00:00.000Z',
  }
  const { connection, context, asked } = connectedNetwork((_request, index) =>
    json(
      index === 0
        ? {
            entities: [
              {
                ...request,
                id: 'r1',
                status: 'ChangeImplemented',
                dateCompleted: '2026-03-01T10:00:00.000Z',
              },
            ],
            nextUri: `https://elsewhere.example${LIMITS}/changerequests?after=17&pageSize=100`,
          }
        : { entities: [{ ...request, id: 'r2', status: 'Pending' }, { id: 'r3' }] },
    ),
  )
  const { registry, markers } = await changeRequestsSource(connection).ask(context)
  expect(registry).toMatchObject([
    {
      kind: 'requests',
      answer: { failure: { reason: '1 of 3 change requests could not be read.' } },
      requests: [
        { id: 'r1', requestedValue: 1500, currentValue: 1000, status: 'ChangeImplemented' },
        { id: 'r2', status: 'Pending', completedAt: null },
      ],
    },
  ])
  expect(markers).toEqual([
    {
      id: 'change:r1',
      at: Date.UTC(2026, 2, 1, 10),
      kind: 'limitChanged',
      label: 'Limit web.messaging sessions.max changed to 1\u202f500',
      origin: 'genesys',
    },
  ])
  // A page's address leads nowhere but to the next page.
  expect(asked[1]?.url.host).toBe(asked[0]?.url.host)
  expect(asked[1]?.url.searchParams.get('after')).toBe('17')
})

test('a whole reading asks every namespace that anybody names and tells how far it is', async () => {
  const { connection, context } = setup({
    docs: DOCS,
    namespaces: { entities: ['never.seen.before'] },
    'namespaces/platform.api': entities({ 'token.rate.per.minute': 300 }),
    'namespaces/never.seen.before': entities({ 'odd.key': 5 }),
  })
  const seen: number[] = []
  const facts = await readWholeRegistry(context, connection, ({ done, of }) => seen.push(done / of))
  const names = new Set(namespacesOf({ registry: facts }).map(({ namespace }) => namespace))
  expect(names).toContain('never.seen.before')
  expect(names).toContain('workforce.management.shift.trading')
  expect(seen[0]).toBe(0)
  expect(seen.at(-1)).toBe(1)
  expect(facts.at(-1)).toMatchObject({
    kind: 'requests',
    answer: { failure: { kind: 'absent' } },
  })
})
