import { expect, test, vi } from 'vitest'
import { type FrameWindow, hide, probedFrame } from '#testing/probedFrame.ts'

const TO = 'https://recorder.example/probe'

/** The network of the page, as far as reports use it. */
function playNetwork(takesBeacons: boolean) {
  const beacons: unknown[][] = []
  const requests: unknown[][] = []
  return {
    beacons,
    requests,
    before: (window: FrameWindow) => {
      window.Navigator.prototype.sendBeacon = (...sent) => {
        beacons.push(sent)
        return takesBeacons
      }
      window.fetch = (...sent) => {
        requests.push(sent)
        return window.Promise.reject(new window.TypeError('Failed to fetch'))
      }
    },
  }
}

test('reports go by beacon to the address of the tag, and not to the channel', async () => {
  const { beacons, requests, before } = playNetwork(true)
  const { window, app, texts } = await probedFrame({ before, attributes: { 'data-to': TO } })
  hide(window)
  expect(beacons).toHaveLength(1)
  const [to, text] = beacons[0] as [string, string]
  expect(to).toBe(TO)
  expect(JSON.parse(text)).toMatchObject({ version: 1, app, seq: 1, isHidden: true, isLast: false })
  expect(requests).toEqual([])
  expect(texts).toEqual([])
})

test('where the browser takes no beacon, a request goes without cookies, and may fail unseen', async () => {
  const { beacons, requests, before } = playNetwork(false)
  const { window } = await probedFrame({ before, attributes: { 'data-to': TO } })
  const unhandled = vi.fn<() => void>()
  window.addEventListener('unhandledrejection', unhandled)
  hide(window)
  const [to, init] = requests[0] as [string, RequestInit]
  expect(to).toBe(TO)
  expect(init).toMatchObject({ method: 'POST', keepalive: true, credentials: 'omit' })
  expect(init.body).toBe(beacons[0]![1])
  // By the time another task runs, a rejection that nobody handled has been reported.
  await new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.addEventListener('message', resolve, { once: true })
    port1.start()
    port2.postMessage(null)
  })
  expect(unhandled).not.toHaveBeenCalled()
})

test('the first report comes by itself, and the last one says so', async () => {
  const { window, texts } = await probedFrame()
  await vi.waitFor(() => expect(texts).toHaveLength(1), 10_000)
  window.frameElement!.remove()
  await vi.waitFor(() => expect(texts).toHaveLength(2))
  const [first, last] = texts.map((text) => JSON.parse(text) as Record<string, unknown>)
  expect(first).toMatchObject({ seq: 1, isLast: false })
  expect(last).toMatchObject({ seq: 2, isLast: true, tab: first!['tab'], doc: first!['doc'] })
})

test('a report follows every ten seconds', async () => {
  const plans: { work: unknown; everyMs: unknown }[] = []
  const { app, texts } = await probedFrame({
    before: (window) =>
      void Reflect.set(window, 'setInterval', (work: unknown, everyMs: unknown) =>
        plans.push({ work, everyMs }),
      ),
  })
  expect(plans.map(({ everyMs }) => everyMs)).toEqual([10_000])
  const work = plans[0]!.work as () => void
  work()
  work()
  await vi.waitFor(() => expect(texts.length).toBeGreaterThanOrEqual(2))
  const told = texts.map((text) => JSON.parse(text) as { app: string; seq: number })
  expect(told.slice(0, 2)).toMatchObject([
    { app, seq: 1 },
    { app, seq: 2 },
  ])
})

test('documents of one tab share its name and have each their own', async () => {
  const [first, second] = await Promise.all([probedFrame(), probedFrame()])
  const one = await first.report()
  const other = await second.report()
  expect(one.tab).toBe(other.tab)
  expect(one.doc).not.toBe(other.doc)
  expect(sessionStorage.getItem('tidemark-probe')).toBe(one.tab)
})

test('a tag that is there twice counts once', async () => {
  const { window, page } = await probedFrame({ tags: 2 })
  new window.WebSocket('ws://127.0.0.1:65533/')
  expect((await page()).attempts).toBe(1)
})

const asked = (property: string, value: unknown) => (window: FrameWindow) =>
  void Object.defineProperty(window.navigator, property, { value })

test.each([
  ['Do Not Track', asked('doNotTrack', '1')],
  ['Global Privacy Control', asked('globalPrivacyControl', true)],
])('%s leaves the page as it is, unless the tag says otherwise', async (_title, before) => {
  const seen: unknown[] = []
  const remember = (window: FrameWindow) => {
    before(window)
    seen.push(window.WebSocket, Reflect.get(window.History.prototype, 'pushState'))
  }
  const { window, texts } = await probedFrame({ before: remember })
  expect([window.WebSocket, Reflect.get(window.History.prototype, 'pushState')]).toEqual(seen)
  expect(window.WebSocket).toBe(seen[0])
  hide(window)
  const told = await probedFrame({ before, attributes: { 'data-track': 'always' } })
  expect((await told.report()).app).toBe(told.app)
  expect(texts).toEqual([])
})

const without =
  (...names: string[]) =>
  (window: FrameWindow) => {
    for (const name of names) Reflect.deleteProperty(window, name)
  }

test.each<[string, (window: FrameWindow) => void]>([
  ['no WebRTC and no media', without('RTCPeerConnection', 'MediaDevices', 'MediaStreamTrack')],
  ['no EventSource', without('EventSource')],
  [
    'barred storage',
    (window) =>
      void Object.defineProperty(window, 'sessionStorage', {
        get: () => {
          throw new window.DOMException('barred', 'SecurityError')
        },
      }),
  ],
  ['stacks that say nothing', (window) => void Reflect.set(window.Error, 'stackTraceLimit', 0)],
])('a browser with %s is watched as far as it goes', async (_title, before) => {
  const { window, page } = await probedFrame({ before })
  new window.WebSocket('ws://127.0.0.1:65533/')
  expect((await page()).attempts).toBe(1)
})

test('a page where nothing works is left as it is, without an error', async () => {
  const { window } = await probedFrame({ before: without('BroadcastChannel', 'WeakRef', 'fetch') })
  const failed = vi.fn<() => void>()
  window.addEventListener('error', failed)
  const socket = new window.WebSocket('ws://127.0.0.1:65533/')
  hide(window)
  expect(socket.readyState).toBe(0)
  await new Promise((resolve) => socket.addEventListener('close', resolve))
  expect(failed).not.toHaveBeenCalled()
})
