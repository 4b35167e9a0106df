import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import type { Observation } from '#domain/observation.ts'
import { durationMs, metricId } from '#domain/units.ts'
import { isOfFile } from '#domain/metrics/ofFile.ts'
import { answering, json } from '#testing/answering.ts'
import { parseShape } from '../shape.ts'
import { readClients } from './feedClients.ts'
import { feedClientShape } from './feedShape.ts'
import { createFeedSource } from './feedSource.ts'

const T0 = Date.UTC(2026, 2, 2, 8)
const SECOND = 1000

const OPEN = {
  id: 'connections.open',
  title: 'WebSocket connections',
  unit: 'count',
  kind: 'gauge',
  provenance: 'measured',
  scope: 'organisation',
}
const sample = (second: number, value: number | null) => ({
  metric: OPEN.id,
  atMs: T0 + second * SECOND,
  value,
})
const refused = (second: number, correlationId = 'c1') => ({
  atMs: T0 + second * SECOND,
  status: 503,
  class: 'capacity',
  count: 1,
  route: 'WS /v1',
  app: 'messenger',
  correlationId,
})
const page = (cursor: string, parts: Record<string, unknown> = {}) => ({
  cursor,
  hasMore: false,
  metrics: [OPEN],
  samples: [],
  errors: [],
  limits: [],
  markers: [],
  ...parts,
})

const client = (second: number, event = 'refused', name = 'c1') => ({
  atMs: T0 + second * SECOND,
  client: name,
  event,
  tookMs: 12,
})

type Options = Partial<Parameters<typeof createFeedSource>[0]>

function setup(answer: Parameters<typeof answering>[0], options: Options = {}) {
  const network = answering(answer)
  const onRejected = vi.fn<(problem: string) => void>()
  const source = createFeedSource({
    url: 'http://127.0.0.1:8787',
    organisation: 'acme',
    bearer: () => null,
    origin: 'Feed of the simulator',
    onRejected,
    ...options,
  })
  return { ...network, onRejected, source, ask: () => source.ask(network.context) }
}

/** A feed that answers with these pages in turn; a number is a failing status. */
const inTurn =
  (...replies: (ReturnType<typeof page> | number)[]) =>
  (_request: unknown, index: number) => {
    const reply = replies[index] ?? page('end')
    return typeof reply === 'number' ? new Response(null, { status: reply }) : json(reply)
  }

const valuesOf = ({ samples }: Observation) => samples.flatMap(({ series }) => [...series.value])

test('a feed is read from where it stood', async () => {
  const { ask, asked } = setup(
    inTurn(page('1', { samples: [sample(0, 5)] }), page('2', { samples: [sample(2, 7)] })),
  )
  expect(valuesOf(await ask())).toEqual([5])
  expect(valuesOf(await ask())).toEqual([7])
  expect(asked.map(({ url }) => url.search)).toEqual([
    '?organisation=acme',
    '?organisation=acme&after=1',
  ])
})

test('everything a page holds becomes an observation in our words', async () => {
  const { ask } = setup(
    inTurn(
      page('1', {
        samples: [sample(1, 50), sample(0, 49), sample(2, null)],
        errors: [refused(1)],
        limits: [
          { metric: OPEN.id, fromMs: T0, value: 50, source: 'cap of the server' },
          { metric: OPEN.id, fromMs: T0 + SECOND, value: null, source: 'not published' },
        ],
        markers: [{ atMs: T0, kind: 'run', label: 'Run 1' }],
      }),
    ),
  )
  const observed = await ask()
  expect(observed.metrics).toMatchObject([
    { ...OPEN, group: 'connections', origin: 'Feed of the simulator', intervalMs: 2000 },
  ])
  expect(observed.samples).toEqual([
    {
      metric: OPEN.id,
      series: {
        timeMs: Float64Array.of(T0, T0 + SECOND, T0 + 2 * SECOND),
        value: Float64Array.of(49, 50, Number.NaN),
      },
    },
  ])
  expect(observed.errors).toMatchObject([
    {
      at: T0 + SECOND,
      class: 'capacity',
      status: 503,
      source: 'feed',
      route: 'WS /v1',
      app: 'messenger',
    },
  ])
  expect(observed.limits.map(({ step }) => step.value)).toEqual([50, null])
  expect(observed.markers).toEqual([
    { id: `feed:run:${T0}:Run 1`, at: T0, kind: 'run', label: 'Run 1', origin: 'feed' },
  ])
})

test('all pages that are ready are read in one turn', async () => {
  const { ask, asked } = setup(
    inTurn(
      page('1', { samples: [sample(0, 1)], hasMore: true }),
      page('2', { samples: [sample(1, 2)], hasMore: true }),
      page('3', { samples: [sample(2, 3)] }),
    ),
  )
  expect(valuesOf(await ask())).toEqual([1, 2, 3])
  expect(asked).toHaveLength(3)
})

test('a feed that never ends leaves the rest for the next turn', async () => {
  const { ask, asked } = setup((_request, index) => json(page(String(index), { hasMore: true })))
  await ask()
  expect(asked).toHaveLength(40)
})

test('a feed that stays where it is is not asked again at once', async () => {
  const { ask, asked } = setup(() => json(page('same', { hasMore: true })))
  await ask()
  expect(asked).toHaveLength(2)
})

test('pages that were read are kept when the next one fails, and the failure meets the next turn', async () => {
  const { ask } = setup(
    inTurn(
      page('1', { samples: [sample(0, 1)], hasMore: true }),
      503,
      503,
      page('2', { samples: [sample(1, 2)] }),
    ),
  )
  expect(valuesOf(await ask())).toEqual([1])
  await expect(ask()).rejects.toMatchObject({ name: 'FeedError', kind: 'unavailable' })
  expect(valuesOf(await ask())).toEqual([2])
})

test('an unknown cursor starts again, and nothing is counted twice or lost', async () => {
  const { ask, asked } = setup(
    inTurn(
      page('1', {
        samples: [sample(0, 1), sample(1, 2)],
        errors: [refused(0, 'a'), refused(1, 'b')],
      }),
      410,
      page('9', {
        samples: [sample(0, 1), sample(1, 2), sample(2, 3)],
        errors: [refused(0, 'a'), refused(1, 'b'), refused(1, 'c'), refused(2, 'd')],
      }),
      page('10', { samples: [sample(1, 8)] }),
    ),
  )
  await ask()
  const again = await ask()
  expect(valuesOf(again)).toEqual([3])
  expect(again.errors.map(({ correlationId }) => correlationId)).toEqual(['c', 'd'])
  expect(asked[2]?.url.search).toBe('?organisation=acme')
  expect(valuesOf(await ask())).toEqual([8])
})

test('a feed may tell what single clients did', async () => {
  const told = [client(0, 'refused'), client(5, 'opened'), { ...client(9, 'closed'), tookMs: 7 }]
  const { tookMs: _unsaid, ...brief } = client(11)
  const { ask } = setup(inTurn(page('1', { clients: [...told, brief] }), page('2')))
  const at = (second: number) => T0 + second * SECOND
  expect((await ask()).clients).toEqual([
    { at: at(0), kind: 'refused', client: 'c1', tookMs: 12 },
    { at: at(5), kind: 'opened', client: 'c1', tookMs: 12 },
    { at: at(9), kind: 'closed', client: 'c1', tookMs: 0 },
    { at: at(11), kind: 'refused', client: 'c1', tookMs: 0 },
  ])
  expect((await ask()).clients).toEqual([])
})

test('what clients did comes page by page, and once, also where the feed starts again', async () => {
  const { ask } = setup(
    inTurn(
      page('1', { clients: [client(0), client(1)], hasMore: true }),
      page('2', { clients: [client(2), client(3, 'refused', 'a')] }),
      410,
      page('8', { clients: [client(0), client(1)], hasMore: true }),
      page('9', { clients: [client(2), client(3, 'refused', 'a'), client(3), client(4)] }),
      page('10', { clients: [client(2, 'closed')] }),
    ),
  )
  const seconds = async () => (await ask()).clients.map(({ at }) => (at - T0) / SECOND)
  expect(await seconds()).toEqual([0, 1, 2, 3])
  expect(await seconds()).toEqual([3, 4])
  // Late, and not a repetition.
  expect(await seconds()).toEqual([2])
})

test.each([
  [{ ...client(0), client: '' }, 'client is "", which is too short'],
  [{ ...client(0), client: 'x'.repeat(65) }, 'which is too long'],
  [{ ...client(0), client: 7 }, 'client is 7'],
  [{ ...client(0), event: 'left' }, 'event is "left"'],
  [{ ...client(0), tookMs: -1 }, 'tookMs is -1'],
  [{ ...client(0), tookMs: 'long' }, 'tookMs is "long"'],
  [{ ...client(0), atMs: 1_795_414_353 }, 'atMs is 1795414353'],
  [null, 'it is null'],
])('one bad entry of clients costs itself alone: %j', async (bad, problem) => {
  const { ask, onRejected } = setup(inTurn(page('1', { clients: [bad, client(0)] })))
  expect((await ask()).clients).toHaveLength(1)
  expect(onRejected).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('clients[0]: '))
  expect(onRejected.mock.calls[0]![0]).toContain(problem)
})

test('whatever a feed says of clients, the quick look at an entry and its shape agree', () => {
  const anyEntry = fc.record(
    {
      atMs: fc.oneof(fc.constant(T0), fc.double(), fc.string()),
      client: fc.oneof(fc.string({ maxLength: 70 }), fc.integer(), fc.constant(null)),
      event: fc.constantFrom('opened', 'refused', 'closed', 'left', null, 3),
      tookMs: fc.oneof(fc.double(), fc.integer(), fc.constant(null), fc.string()),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(fc.oneof(anyEntry, fc.anything()), (raw) => {
      const isGood = parseShape(feedClientShape, raw).ok
      const { events, rejected } = readClients([raw])
      expect([events.length, rejected.length]).toEqual(isGood ? [1, 0] : [0, 1])
      for (const { at, tookMs } of events) {
        expect(Number.isFinite(at)).toBe(true)
        expect(tookMs).toBeGreaterThanOrEqual(0)
      }
    }),
    { numRuns: 1000 },
  )
})

test('a feed that answers 410 without a cursor has nothing to give', async () => {
  const { ask } = setup(inTurn(410))
  await expect(ask()).rejects.toMatchObject({ kind: 'absent' })
})

test.each([
  [{ ...page('1'), cursor: undefined }, 'cursor is missing'],
  [{ ...page('1'), cursor: 7 }, 'cursor is 7'],
  [{ ...page('1'), hasMore: 'no' }, 'hasMore is "no"'],
  [{ ...page('1'), samples: null }, 'samples is null'],
  [{ ...page('1'), errors: {} }, 'errors is an object'],
  [{ ...page('1'), clients: 3 }, 'clients is 3'],
  [[], 'it is a list'],
])('a reply %j is refused, naming the field', async (body, problem) => {
  const { ask } = setup(() => json(body))
  await expect(ask()).rejects.toMatchObject({
    kind: 'unexpectedShape',
    message: expect.stringContaining(problem),
  })
})

test.each([
  [
    'samples',
    { ...sample(0, 1), metric: 'unheard.of' },
    'its metric unheard.of was never described',
  ],
  ['samples', { ...sample(0, 1), value: -1 }, 'value is -1'],
  ['samples', { ...sample(0, 1), value: 1e18 }, 'too large to be true'],
  ['samples', { ...sample(0, 1), value: '7' }, 'value is "7"'],
  ['samples', { ...sample(0, 1), value: undefined }, 'value is missing'],
  ['samples', { ...sample(0, 1), atMs: 1_795_414_353 }, 'atMs is 1795414353'],
  ['samples', null, 'it is null'],
  ['errors', { ...refused(0), count: 0 }, 'count is 0'],
  ['errors', { ...refused(0), count: 1.5 }, 'count is 1.5'],
  ['errors', { ...refused(0), atMs: null }, 'atMs is null'],
  ['limits', { metric: 'unheard.of', fromMs: T0, value: 1, source: '' }, 'never described'],
  ['limits', { metric: OPEN.id, fromMs: T0, value: -5, source: '' }, 'value is -5'],
  ['markers', { atMs: T0, kind: 'party', label: '' }, 'kind is "party"'],
  ['metrics', { ...OPEN, id: 'x', provenance: 'guessed' }, 'provenance is "guessed"'],
])('one bad entry of %s costs itself alone: %j', async (list, bad, problem) => {
  const parts = { samples: [sample(0, 1)], errors: [refused(0)], metrics: [OPEN] }
  const good: unknown[] = parts[list as keyof typeof parts] ?? []
  const { ask, onRejected } = setup(inTurn(page('1', { ...parts, [list]: [bad, ...good] })))
  const observed = await ask()
  expect(valuesOf(observed)).toEqual([1])
  expect(observed.errors).toHaveLength(1)
  expect(onRejected).toHaveBeenCalledExactlyOnceWith(
    expect.stringContaining(`1 entries of the feed were left out; the first: ${list}[0]: `),
  )
  expect(onRejected.mock.calls[0]![0]).toContain(problem)
})

test.each([
  [{ class: 'socket', status: null }, 'socket'],
  [{ class: 'capacity', status: 200 }, 'capacity'],
  [{ class: undefined, status: 503 }, 'capacity'],
  [{ class: null, status: 429 }, 'rate'],
  [{ class: 'catastrophe', status: 500 }, 'server'],
  [{ class: undefined, status: null }, 'other'],
  [{ class: undefined, status: undefined }, 'other'],
])('an error of %j is of class %s', async (known, errorClass) => {
  const { ask } = setup(inTurn(page('1', { errors: [{ ...refused(0), ...known }] })))
  expect((await ask()).errors[0]?.class).toBe(errorClass)
})

test.each([
  [{ route: 'WS /channels/{id}' }, 'upgrade'],
  [{ route: 'WS /channels/{id}', class: 'socket', status: null }, 'close'],
  [{ route: 'POST /api/v2/notifications/channels' }, 'rest'],
  [{ route: 'WS /v1', place: 'rest' }, 'rest'],
  [{ route: 'WS /v1', place: 'moon' }, 'upgrade'],
])('an error %j happened at: %s', async (known, place) => {
  const { ask } = setup(inTurn(page('1', { errors: [{ ...refused(0), ...known }] })))
  expect((await ask()).errors[0]?.place).toBe(place)
})

test('a metric is described once, and again only when it changes', async () => {
  const { ask } = setup(
    inTurn(page('1'), page('2'), page('3', { metrics: [{ ...OPEN, title: 'Open sockets' }] })),
  )
  expect((await ask()).metrics).toHaveLength(1)
  expect((await ask()).metrics).toEqual([])
  expect((await ask()).metrics).toMatchObject([{ title: 'Open sockets' }])
})

test('metrics that the catalogue describes only get samples from the feed', async () => {
  const { ask, onRejected } = setup(inTurn(page('1', { samples: [sample(0, 1)], metrics: [] })), {
    described: new Set([metricId(OPEN.id)]),
  })
  const observed = await ask()
  expect(observed.metrics).toEqual([])
  expect(valuesOf(observed)).toEqual([1])
  expect(onRejected).not.toHaveBeenCalled()
})

test('samples that come rarely are expected rarely', async () => {
  const samples = Array.from({ length: 20 }, (_unused, i) => sample(i * 15, i))
  const { ask } = setup(inTurn(page('1', { samples })))
  expect((await ask()).metrics[0]?.intervalMs).toBe(durationMs(15_000))
})

test('how far apart samples are expected is what the feed says, however many there are', async () => {
  const { ask } = setup(
    inTurn(page('1', { metrics: [{ ...OPEN, everyMs: 60_000 }], samples: [sample(0, 1)] })),
  )
  expect((await ask()).metrics[0]?.intervalMs).toBe(durationMs(60_000))
  const events = setup(inTurn(page('1', { metrics: [{ ...OPEN, everyMs: null }] })))
  expect((await events.ask()).metrics[0]?.intervalMs).toBeNull()
})

test('what a feed has from a load tool is of its file, not of the feed', async () => {
  const file = 'run.jtl'
  const threads = { ...OPEN, id: 'jtl.threads:1', title: 'Active threads', file }
  const attempts = { ...threads, id: 'jtl.attempts:1', kind: 'count' }
  const errors = [
    { ...refused(0), source: 'jtl' },
    { ...refused(1), source: 'a newer tool' },
  ]
  const { ask } = setup(inTurn(page('1', { metrics: [threads, attempts], errors })))
  const observed = await ask()
  expect(observed.metrics.map((metric) => [metric.group, isOfFile(metric), metric.origin])).toEqual(
    [
      ['connections', true, file],
      ['other', true, file],
    ],
  )
  expect(observed.errors.map(({ source }) => source)).toEqual(['jtl', 'feed'])
})

test('a feed of one organisation needs no name of it', async () => {
  const { ask, asked } = setup(
    ({ url }) =>
      json(
        url.pathname === '/v1/organisations'
          ? [{ id: 'o-7', name: 'Acme', region: 'x' }]
          : page('1'),
      ),
    { organisation: null },
  )
  await ask()
  await ask()
  expect(asked.map(({ url }) => url.pathname)).toEqual([
    '/v1/organisations',
    '/v1/changes',
    '/v1/changes',
  ])
  expect(asked[1]?.url.searchParams.get('organisation')).toBe('o-7')
})

const two = [
  { id: 'o-7', name: 'Acme' },
  { id: 'o-8', name: 'Globex' },
]

test.each([
  [['globex'], 'o-8'],
  [['O-7'], 'o-7'],
])('of several organisations the one named like %j is read', async (alsoKnownAs, id) => {
  const { ask, asked } = setup(
    ({ url }) => json(url.pathname === '/v1/organisations' ? two : page('1')),
    { organisation: null, alsoKnownAs },
  )
  await ask()
  expect(asked[1]?.url.searchParams.get('organisation')).toBe(id)
})

test('of several strange organisations none is guessed', async () => {
  const { ask } = setup(() => json(two), { organisation: null })
  await expect(ask()).rejects.toThrow(
    'The feed knows 2 organisations (Acme, Globex): choose one in the settings.',
  )
})

test('a bearer is shown where one is known, and only in the header', async () => {
  let bearer: string | null = null
  const { ask, asked } = setup(inTurn(page('1'), page('2')), { bearer: () => bearer })
  await ask()
  bearer = 'hush'
  await ask()
  expect(asked.map(({ headers }) => headers.get('Authorization'))).toEqual([null, 'Bearer hush'])
  expect(asked.every(({ url }) => !url.href.includes('hush'))).toBe(true)
})

test.each([
  [401, 'forbidden', 'it asks for a bearer token'],
  [403, 'forbidden', 'does not allow'],
  [404, 'absent', 'no feed at this address'],
  [429, 'unavailable', 'asked too often'],
  [500, 'unavailable', '500'],
])(
  'status %s of a feed is %s: it signs nobody out and holds up no one else',
  async (status, kind, words) => {
    const { ask } = setup(inTurn(status))
    await expect(ask()).rejects.toMatchObject({
      kind,
      message: expect.stringContaining(words),
      details: { status, route: 'GET /v1/changes' },
    })
  },
)

test('however a feed cuts and repeats, each sample and error arrives once', async () => {
  const errorsOf = (upTo: number) =>
    Array.from({ length: upTo }, (_unused, i) => refused(i, `e${i}`))
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ grows: fc.nat(5), forgets: fc.boolean() }), {
        minLength: 1,
        maxLength: 12,
      }),
      async (turns) => {
        let told = 0
        let turn = turns[0]!
        const { ask } = setup(({ url }) => {
          const after = url.searchParams.get('after')
          if (after !== null && turn.forgets) {
            turn = { ...turn, forgets: false }
            return new Response(null, { status: 410 })
          }
          const from = after === null ? 0 : Number(after)
          const seconds = Array.from({ length: told - from }, (_unused, i) => from + i)
          return json(
            page(String(told), {
              samples: seconds.map((second) => sample(second, second)),
              errors: errorsOf(told).slice(from),
            }),
          )
        })
        const observed: Observation[] = []
        for (const next of turns) {
          turn = next
          told += next.grows
          observed.push(await ask())
        }
        expect(observed.flatMap(valuesOf)).toEqual(Array.from({ length: told }, (_unused, i) => i))
        expect(observed.flatMap(({ errors }) => errors)).toHaveLength(told)
      },
    ),
  )
})
