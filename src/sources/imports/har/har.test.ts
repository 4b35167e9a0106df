import { expect, test } from 'vitest'
import { readFile } from '../readFile.ts'

const AT = Date.UTC(2026, 8, 17, 11)

type Parts = {
  afterMs?: number
  method?: string
  url?: string
  status?: number
  timeMs?: number
  response?: object
  more?: object
}

const entry = ({
  afterMs = 0,
  method = 'GET',
  url = 'https://a.example/x',
  status = 200,
  timeMs = 40,
  response = {},
  more = {},
}: Parts) => ({
  startedDateTime: new Date(AT + afterMs).toISOString(),
  time: timeMs,
  request: { method, url },
  response: { status, statusText: '', headers: [], content: {}, ...response },
  ...more,
})

const read = (entries: readonly object[], space?: number) =>
  readFile(
    new Blob([
      JSON.stringify({ log: { version: '1.2', pages: [{ entries: [] }], entries } }, null, space),
    ]),
    {
      name: 'page.har',
    },
  )

test('a refused request keeps its correlation id, the limit its body names, and no identifier', async () => {
  const body = {
    message: 'too many',
    code: 'too.many',
    status: 503,
    contextId: 'c-2',
    limit: { key: 'org.channels.max', namespace: 'notifications', value: 20 },
  }
  const { observation } = await read([
    entry({
      afterMs: 1_000,
      method: 'POST',
      status: 503,
      url: 'https://api.mypurecloud.de/api/v2/users/0a1b2c3d-0000-4000-8000-000000000000/channels?access_token=abc',
      response: {
        headers: [{ name: 'ININ-Correlation-Id', value: 'c-1' }],
        content: { text: JSON.stringify(body) },
      },
    }),
  ])
  expect(observation.errors).toEqual([
    {
      at: AT + 1_040,
      class: 'capacity',
      place: 'rest',
      status: 503,
      count: 1,
      source: 'har',
      route: 'POST /api/v2/users/{id}/channels',
      app: 'api.mypurecloud.de',
      code: 'too.many',
      message: 'too many',
      correlationId: 'c-1',
      limit: { namespace: 'notifications', key: 'org.channels.max', value: 20 },
    },
  ])
})

test('what stands where a correlation id or a limit would is cleaned like everything else', async () => {
  const secret = 'kq3ZtW8bX1vN5mR7cY2pL9sD4fG6hJ0a'
  const result = await read([
    entry({
      status: 503,
      response: {
        headers: [
          { name: 'ininCorrelationId', value: secret },
          { name: 'inin-correlation-id', value: secret },
        ],
        content: { text: JSON.stringify({ limit: { key: secret, namespace: secret, value: 1 } }) },
      },
    }),
  ])
  expect(JSON.stringify(result)).not.toContain(secret)
  expect(result.removals).toEqual([{ what: 'random key', count: 1 }])
})

test('a handshake that was refused says so in its failure text', async () => {
  const { summary, observation } = await read([
    entry({
      url: 'wss://streaming.mypurecloud.de/channels/streaming-0-abc',
      status: -1,
      response: { _failureText: 'Error during WebSocket handshake: Unexpected response code: 503' },
    }),
  ])
  expect(summary.codes).toEqual({ '-1': 1 })
  expect(observation.errors[0]).toMatchObject({ class: 'capacity', place: 'upgrade', status: 503 })
})

test('WebSockets are open between their start and their end; seconds and milliseconds are told apart', async () => {
  const socket = (afterMs: number, timeMs: number, lastMessage?: number) =>
    entry({
      afterMs,
      timeMs,
      url: 'wss://s.example/c',
      status: 101,
      more:
        lastMessage === undefined
          ? {}
          : { _webSocketMessages: [{ type: 'receive', time: lastMessage }] },
    })
  const { observation, summary, warnings } = await read([
    socket(0, 5_000),
    socket(1_000, 1_000, (AT + 4_000) / 1000),
    socket(2_000, 1_000, AT + 2_500),
    socket(3_000, -1),
    entry({ afterMs: 9_000 }),
  ])
  expect(summary.peakThreads).toBe(3)
  expect(warnings).toContain(
    '1 WebSockets were still open when the recording ended, or their end was not recorded',
  )
  const [sockets] = observation.samples
  expect(observation.metrics[0]).toMatchObject({
    title: 'Open WebSockets',
    provenance: 'measured',
    scope: 'sampledClients',
  })
  expect(sockets!.series.value.at(-1)).toBe(1)
})

test('preflights are neither attempts nor errors', async () => {
  const { observation, summary } = await read([
    entry({ method: 'OPTIONS', status: 503 }),
    entry({}),
  ])
  expect(summary.samples).toBe(2)
  expect(observation.errors).toEqual([])
  expect([...observation.samples[0]!.series.value]).toEqual([1])
})

test('an entry that cannot be read is left out with its line, the rest is used', async () => {
  const text = `{"log":{"entries":[\n{"a":1},\n${JSON.stringify(entry({}))},\n{broken},\n${JSON.stringify(entry({ status: 503 }))}`
  const { summary, rejected } = await readFile(new Blob([text]), { name: 'cut.har' })
  expect(summary.samples).toBe(2)
  expect(rejected).toEqual([
    { line: 2, reason: 'startedDateTime is missing, and a string was expected' },
    { line: 4, reason: 'the entry is no JSON' },
    { line: 5, reason: 'the document ends before its entries do' },
  ])
})

test('keys and bodies that look like the array, or like code, do nothing', async () => {
  const nasty = { text: '{"log":{"entries":[{"x":"\\"]}"}]}}' }
  const { summary } = await read(
    [
      entry({
        more: { ['__proto__']: { status: 503 } },
        response: { content: nasty },
      }),
    ],
    2,
  )
  expect(summary).toMatchObject({ samples: 1, rejected: 0, classes: {} })
  expect(({} as { status?: number }).status).toBeUndefined()
})
