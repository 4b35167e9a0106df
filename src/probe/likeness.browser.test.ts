import { expect, test } from 'vitest'
import { type FrameWindow, plainFrame, probedFrame } from '#testing/probedFrame.ts'

const CLASSES = ['WebSocket', 'EventSource', 'RTCPeerConnection'] as const
type ClassName = (typeof CLASSES)[number]

const tagOf = (thing: object) => Object.prototype.toString.call(thing)

/** What an app can tell about a class and its methods, as plain data. */
const CHECKS: Record<string, (window: FrameWindow, name: ClassName) => unknown> = {
  name: (window, name) => window[name].name,
  'number of arguments': (window, name) => window[name].length,
  'type of': (window, name) => typeof window[name],
  'place on the window': (window, name) => {
    const { value: _value, ...how } = Object.getOwnPropertyDescriptor(window, name)!
    return how
  },
  'static members': (window, name) =>
    Reflect.ownKeys(window[name]).map((key) => [
      String(key),
      typeof Reflect.get(window[name], key),
      Object.getOwnPropertyDescriptor(window[name], key)?.writable,
    ]),
  constants: (window) => [window.WebSocket.OPEN, window.EventSource.CLOSED],
  'own members of the prototype': (window, name) =>
    Reflect.ownKeys(window[name].prototype).map((key) => {
      const described = Object.getOwnPropertyDescriptor(window[name].prototype, key)!
      return [
        String(key),
        ...Object.entries(described).map(([part, value]) =>
          typeof value === 'boolean' ? [part, value] : [part, typeof value],
        ),
      ]
    }),
  'its second name': (window, name) =>
    Reflect.get(window, `webkit${name}`) === Reflect.get(window, name),
  'constructor of the prototype': (window, name) =>
    window[name].prototype.constructor === window[name],
  'parent class': (window, name) => Object.getPrototypeOf(window[name]) === window.EventTarget,
  'tag of the prototype': (window, name) => tagOf(window[name].prototype),
  'called without new': (window, name) =>
    thrownBy(() => Reflect.apply(window[name] as unknown as () => void, undefined, [])),
  'an instance of it': (window, name) => {
    const made = make(window, name)
    class Sub extends (window[name] as unknown as new (...args: unknown[]) => EventTarget) {}
    const sub = new Sub(...ARGUMENTS[name])
    const found = [
      made instanceof window[name],
      made.constructor === window[name],
      Object.getPrototypeOf(made) === window[name].prototype,
      tagOf(made),
      Object.keys(made),
      sub instanceof Sub && sub instanceof window[name],
      Object.getPrototypeOf(sub) === Sub.prototype,
      Sub.name,
    ]
    for (const one of [made, sub]) (one as WebSocket).close()
    return found
  },
}

/** Nobody listens there, and nothing is asked before the end of the task. */
const ARGUMENTS: Record<ClassName, unknown[]> = {
  WebSocket: ['ws://127.0.0.1:65533/'],
  EventSource: ['http://127.0.0.1:65533/'],
  RTCPeerConnection: [],
}
const make = (window: FrameWindow, name: ClassName): object =>
  Reflect.construct(window[name], ARGUMENTS[name]) as object

function thrownBy(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    const { name, message, constructor } = error as Error
    return { name, message, class: constructor.name }
  }
  return 'nothing'
}

const cases = Object.keys(CHECKS).flatMap((check) => CLASSES.map((name) => [name, check] as const))

test('the wrapped classes look and behave as the browser made them', async () => {
  const plain = await plainFrame()
  const { window: probed } = await probedFrame()
  for (const [name, check] of cases)
    expect([name, check, CHECKS[check]!(probed, name)]).toEqual([
      name,
      check,
      CHECKS[check]!(plain, name),
    ])
})

const THROWING: Record<string, (window: FrameWindow) => unknown> = {
  'no address': (window) => Reflect.construct(window.WebSocket, []),
  'an address of another kind': (window) => new window.WebSocket('mailto:ada@example.com'),
  'a protocol twice': (window) => new window.WebSocket('ws://127.0.0.1:65533', ['a', 'a']),
  'an EventSource without a host': (window) => new window.EventSource('http://'),
  'a bad ICE server': (window) => new window.RTCPeerConnection({ iceServers: [{ urls: 'x' }] }),
  'a close code that is not allowed': (window) =>
    new window.WebSocket('ws://127.0.0.1:65533').close(1001),
  'close of nothing': (window) => Reflect.apply(closeOf(window), undefined, []),
  'close of something else': (window) => Reflect.apply(closeOf(window), window.document, []),
  'a push to another origin': (window) => window.history.pushState(null, '', 'https://x.example/'),
  'a push of nothing': (window) => Reflect.apply(pushOf(window), {}, [null, '']),
  'a clone of nothing': (window) =>
    Reflect.apply(Reflect.get(window.MediaStreamTrack.prototype, 'clone') as () => void, {}, []),
}
const closeOf = (window: FrameWindow) =>
  Reflect.get(window.WebSocket.prototype, 'close') as () => void
const pushOf = (window: FrameWindow) => Reflect.get(window.history, 'pushState') as () => void

test('what the app does wrong is thrown as the browser throws it', async () => {
  const plain = await plainFrame()
  const { window: probed } = await probedFrame()
  for (const [what, work] of Object.entries(THROWING)) {
    const thrown = thrownBy(() => work(probed))
    expect([what, thrown]).toEqual([what, thrownBy(() => work(plain))])
    expect(thrown).not.toBe('nothing')
  }
})

test('a refused camera is rejected as before, and reported where the app does not handle it', async () => {
  const { window, page } = await probedFrame()
  const unhandled: unknown[] = []
  const seen = new Promise<void>((resolve) => {
    window.addEventListener('unhandledrejection', (event) => {
      event.preventDefault()
      unhandled.push((event.reason as Error).name)
      resolve()
    })
  })
  const ask = () => window.navigator.mediaDevices.getUserMedia({})
  const handled = await ask().catch((error: unknown) => (error as Error).name)
  expect(handled).toBe('TypeError')
  // The page's own promise: one that belongs to the test's page would be reported there.
  window.eval('navigator.mediaDevices.getUserMedia({})')
  await seen
  expect(unhandled).toEqual(['TypeError'])
  expect((await page()).failures).toBe(2)
})
