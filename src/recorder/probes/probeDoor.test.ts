import { afterEach, expect, test } from 'vitest'
import type { Observation } from '#domain/observation.ts'
import { orgId } from '#domain/units.ts'
import { somePage, someProbeReport } from '#testing/someProbeReport.ts'
import { createSteeredClock } from '#testing/steeredClock.ts'
import { type RecorderServer, startRecorderServer } from '../http/recorderServer.ts'
import { createProbeDoor } from './probeDoor.ts'

const ALDER = orgId('alder')
const BIRCH = orgId('birch')

let server: RecorderServer | null = null
afterEach(async () => {
  await server?.close()
  server = null
})

function setup() {
  const steered = createSteeredClock()
  const observed: { id: string; observation: Observation }[] = []
  const door = createProbeDoor({
    apps: [
      { organisation: ALDER, apps: ['agent-desktop', 'messenger'] },
      { organisation: BIRCH, apps: ['kiosk'] },
    ],
    clock: steered,
    timer: steered.timer,
    observe: (id, observation) => void observed.push({ id, observation }),
  })
  door.start()
  const report = (parts: Parameters<typeof someProbeReport>[1]) =>
    JSON.stringify(someProbeReport(steered.now(), parts))
  /** The newest value of a metric that an organisation was told. */
  const valueOf = (id: string, metric: string) =>
    observed
      .filter((one) => one.id === id)
      .flatMap(({ observation: { samples } }) => samples.filter((one) => one.metric === metric))
      .at(-1)
      ?.series.value.at(-1)
  return { ...steered, door, report, valueOf, observed }
}

const open = (websockets: number) =>
  somePage({ attempts: websockets, opened: websockets, websockets })

test('what probes count becomes a series of the organisation that expects their app', async () => {
  const { door, report, advance, valueOf } = setup()
  await advance(15_000)
  expect(door.take(report({ doc: 'doc0001', pages: [open(3)] })).status).toBe(204)
  expect(door.take(report({ doc: 'doc0002', app: 'messenger', pages: [open(2)] })).status).toBe(204)
  expect(door.take(report({ doc: 'doc0003', app: 'kiosk', pages: [open(7)] })).status).toBe(204)
  await advance(10_000)
  expect(valueOf(ALDER, 'probe.websockets.open')).toBe(5)
  expect(valueOf(BIRCH, 'probe.websockets.open')).toBe(7)
})

test('what cannot be counted is refused with its reason, and changes nothing', async () => {
  const { door, report, advance, valueOf } = setup()
  await advance(15_000)
  door.take(report({ pages: [open(3)] }))
  const refusals = [
    ['{', 400, /not JSON/],
    [report({ doc: 'doc0009', app: 'unheard-of', pages: [open(99)] }), 403, /expects reports/],
    [report({ pages: [open(99)] }), 409, /came after report 1/],
    [report({ doc: 'doc0004', pages: [somePage({ websockets: 4 })] }), 400, /more WebSockets/],
  ] as const
  for (const [text, status, words] of refusals) {
    const reply = door.take(text)
    expect(reply.status).toBe(status)
    expect(reply.body).toMatch(words)
  }
  await advance(10_000)
  expect(valueOf(ALDER, 'probe.websockets.open')).toBe(3)
})

test('once stopped nothing is told any more', async () => {
  const { door, advance, observed } = setup()
  door.stop()
  await advance(60_000)
  expect(observed).toEqual([])
})

test('over HTTP a report is posted as text; one that is too long is cut off, and nobody else may post', async () => {
  const { door, report } = setup()
  const voice = {
    bearer: 'a-bearer-of-some-length',
    displayKeys: null,
    organisations: () => [],
    logOf: () => null,
    metrics: () => Promise.resolve({ contentType: 'text/plain', text: '' }),
    notReady: () => [],
  }
  const listen = (takeProbe: typeof door.take | null) =>
    startRecorderServer({
      voice: { ...voice, takeProbe },
      host: '127.0.0.1',
      port: 0,
      log: () => undefined,
    })
  server = await listen(door.take)
  const post = (path: string, body: string) =>
    fetch(server!.url + path, { method: 'POST', body, headers: { 'Content-Type': 'text/plain' } })
  expect((await post('/probe', report({ pages: [open(1)] }))).status).toBe(204)
  expect((await post('/probe', '')).status).toBe(400)
  expect((await post('/v1/organisations', '')).status).toBe(405)
  const tooLong = await post('/probe', 'x'.repeat(100_000)).then(
    ({ status }) => status,
    // The server may close while the rest is still being sent.
    () => 413,
  )
  expect(tooLong).toBe(413)
  await server.close()
  server = await listen(null)
  expect((await post('/probe', report({}))).status).toBe(404)
})
