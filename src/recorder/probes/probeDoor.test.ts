import { Agent, request } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import type { Observation } from '#domain/observation.ts'
import { orgId } from '#domain/units.ts'
import type { ProbesTold } from '#sources/probe/probesTold.ts'
import { somePage, someProbeReport } from '#testing/someProbeReport.ts'
import { createSteeredClock } from '#testing/steeredClock.ts'
import type { RecorderVoice } from '../http/recorderAnswers.ts'
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

/** The door on a port; `post` gives the status of what was posted. */
async function listen(door: ReturnType<typeof setup>['door'], isOpen = true) {
  const voice: RecorderVoice = {
    bearer: 'a-bearer-of-some-length',
    displayKeys: null,
    takeProbe: isOpen ? door.take : null,
    probesOf: door.told,
    organisations: () => [
      { id: ALDER, name: 'Alder', region: 'eu' },
      { id: BIRCH, name: 'Birch', region: 'eu' },
    ],
    logOf: () => null,
    metrics: () => Promise.resolve({ contentType: 'text/plain', text: '' }),
    notReady: () => [],
  }
  server = await startRecorderServer({ voice, host: '127.0.0.1', port: 0, log: () => undefined })
  const { url } = server
  const send = (path: string, body: string) =>
    fetch(url + path, { method: 'POST', body, headers: { 'Content-Type': 'text/plain' } })
  return {
    url,
    post: async (body: string, path = '/probe') => (await send(path, body)).status,
    send,
    probesOf: async (organisation: string) => {
      const headers = { Authorization: `Bearer ${voice.bearer}` }
      const reply = await fetch(`${url}/v1/probes?organisation=${organisation}`, { headers })
      return (await reply.json()) as ProbesTold
    },
  }
}

test('over HTTP a report is posted as text; one that is too long is cut off, and nobody else may post', async () => {
  const { door, report } = setup()
  const { post, send } = await listen(door)
  expect(await post(report({ pages: [open(1)] }))).toBe(204)
  expect(await post('')).toBe(400)
  expect(await post('', '/v1/organisations')).toBe(405)
  const tooLong = await send('/probe', 'x'.repeat(100_000)).then(
    ({ status }) => status,
    // The server may close while the rest is still being sent.
    () => 413,
  )
  expect(tooLong).toBe(413)
  await server!.close()
  const closed = await listen(door, false)
  expect(await closed.post(report({}))).toBe(404)
})

test('many more browsers than readers keep a connection each, and all are heard', async () => {
  const { door, report, advance, valueOf } = setup()
  const { url } = await listen(door)
  await advance(15_000)
  const agent = new Agent({ keepAlive: true })
  const post = (browser: number) =>
    new Promise<number | undefined>((answered, failed) => {
      const doc = `doc${browser}`.padEnd(7, '0')
      const asked = request(`${url}/probe`, { method: 'POST', agent }, (reply) => {
        reply.resume().once('end', () => answered(reply.statusCode))
      })
      asked.once('error', failed)
      asked.end(report({ doc, pages: [open(1)] }))
    })
  const browsers = Array.from({ length: 800 }, (_, i) => 1_000 + i)
  const statuses = await Promise.all(browsers.map(post))
  agent.destroy()
  expect(new Set(statuses)).toEqual(new Set([204]))
  await advance(10_000)
  expect(valueOf(ALDER, 'probe.websockets.open')).toBe(800)
})

test('beacons that are replayed or forged are refused over HTTP, each with its status, and change nothing', async () => {
  const { door, report, advance, valueOf } = setup()
  const { post, probesOf } = await listen(door)
  await advance(15_000)
  const place = 'https://desk.example/app.js:12'
  const finding = {
    kind: 'websockets',
    page: '/calls/:id',
    place,
    count: 2,
    ageMs: 41_000,
  } as const
  const taken = report({ seq: 3, pages: [open(3)], findings: [finding] })
  expect(await post(taken)).toBe(204)
  const forged: [string, number][] = [
    [taken, 409],
    [report({ seq: 2, pages: [open(9)] }), 409],
    [report({ seq: 4, app: 'messenger', pages: [open(9)] }), 409],
    [report({ seq: 5, pages: [open(2)] }), 409],
    [report({ seq: 5, pages: [open(50_000)] }), 409],
    [report({ seq: 5, atMs: 0 }), 409],
    [report({ seq: 5, app: 'unheard-of' }), 403],
    [taken.replace('"seq":3', '"seq":"3"'), 400],
    [taken.replace('https://desk.example', 'javascript:alert(1)//'), 400],
    [taken.slice(0, -9), 400],
  ]
  const statuses: number[] = []
  for (const [text] of forged) statuses.push(await post(text))
  expect(statuses).toEqual(forged.map(([, status]) => status))
  await advance(10_000)
  expect(valueOf(ALDER, 'probe.websockets.open')).toBe(3)
  const told = await probesOf('alder')
  expect(told.findings).toEqual([
    {
      app: 'agent-desktop',
      kind: 'websockets',
      page: '/calls/:id',
      place,
      tabs: 1,
      documents: 1,
      count: 2,
      mostInOne: 2,
      oldestMs: 41_000,
    },
  ])
  expect(told.apps.map(({ app, reports }) => [app, reports])).toEqual([
    ['agent-desktop', 1],
    ['messenger', 0],
  ])
  expect((await probesOf('birch')).apps.map(({ app }) => app)).toEqual(['kiosk'])
})

test('a flood is cut off by the second, told to the flooder and to those who read', async () => {
  const { door, report, advance } = setup()
  for (let i = 0; i < 10_000; i++) door.take('{')
  expect(door.take(report({ pages: [open(1)] })).status).toBe(503)
  expect(door.told(ALDER)?.refused).toMatchObject({
    count: 10_001,
    lastReason: 'more came within a second than is read',
  })
  await advance(1_000)
  expect(door.take(report({ pages: [open(1)] })).status).toBe(204)
})
