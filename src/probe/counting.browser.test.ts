import { expect, test, vi } from 'vitest'
import { type FrameWindow, probedFrame } from '#testing/probedFrame.ts'

/** Nobody listens there. What opens and drops, with a real server: scripts/probePlugin.test.ts. */
const NOBODY = 'ws://127.0.0.1:65533/'

const ended = (socket: WebSocket) =>
  new Promise<CloseEvent>((resolve) => socket.addEventListener('close', resolve))

test('a WebSocket that nobody answers is refused, one that the app closed first is given up', async () => {
  const { window, page } = await probedFrame()
  const refused = new window.WebSocket(NOBODY)
  const givenUp = new window.WebSocket(NOBODY)
  givenUp.close()
  await Promise.all([ended(refused), ended(givenUp)])
  const { failedAgoMs, ...told } = await page()
  expect(told).toMatchObject({ attempts: 2, refused: 1, givenUp: 1, opened: 0, websockets: 0 })
  expect(failedAgoMs).toBeGreaterThanOrEqual(0)
})

/** A socket that does what the test says: no server can be told to drop a connection from a page. */
function playSockets(window: FrameWindow) {
  class Played extends window.EventTarget {
    static readonly CLOSED = 3
    readyState = 0
    readonly url: string
    constructor(url: string) {
      super()
      this.url = url
    }
    close() {
      this.readyState = 2
    }
    open() {
      this.readyState = 1
      this.dispatchEvent(new window.Event('open'))
    }
    end(code: number) {
      this.readyState = 3
      this.dispatchEvent(new window.CloseEvent('close', { code }))
    }
  }
  Object.defineProperty(window, 'WebSocket', { value: Played, configurable: true, writable: true })
}
type Played = WebSocket & { open: () => void; end: (code: number) => void }
const played = (window: FrameWindow, url = 'wss://api.example/v1') =>
  new window.WebSocket(url) as Played

test.each([
  [1000, 'closed'],
  [1001, 'closed'],
  [1005, 'closed'],
  [1006, 'dropped'],
  [1011, 'closedOddly'],
  [4029, 'closedOddly'],
] as const)('an open WebSocket that ends with %s counts as %s', async (code, field) => {
  const { window, page } = await probedFrame({ before: playSockets })
  const socket = played(window)
  socket.open()
  socket.end(code)
  const told = await page()
  const { closed, closedOddly, dropped, refused } = told
  const none = { closed: 0, closedOddly: 0, dropped: 0, refused: 0 }
  expect({ closed, closedOddly, dropped, refused }).toEqual({ ...none, [field]: 1 })
  expect(told.failedAgoMs === null).toBe(field !== 'dropped')
  expect(told.websockets).toBe(0)
})

test('a WebSocket that the app closed is not dropped, even where the server never answers', async () => {
  const { window, page } = await probedFrame({ before: playSockets })
  const socket = played(window)
  socket.open()
  socket.close()
  socket.end(1006)
  expect(await page()).toMatchObject({ dropped: 0, closedOddly: 1 })
})

test('only WebSockets to the hosts of the tag are counted, where it names some', async () => {
  const attributes = { 'data-hosts': 'mypurecloud.de pure.cloud' }
  const { window, page } = await probedFrame({ before: playSockets, attributes })
  played(window, 'wss://streaming.mypurecloud.de/channels')
  played(window, 'wss://pure.cloud/')
  played(window, 'wss://notpure.cloud/')
  played(window, 'wss://own.example/pure.cloud')
  expect((await page()).attempts).toBe(2)
})

test('many short WebSockets leave nothing behind but counts', async () => {
  const { window, page, texts } = await probedFrame({ before: playSockets })
  for (let i = 0; i < 5_000; i++) {
    const socket = played(window)
    socket.open()
    socket.end(1000)
  }
  expect(await page()).toMatchObject({ attempts: 5_000, closed: 5_000, websockets: 0 })
  expect(texts.at(-1)!.length).toBeLessThan(1_000)
})

test('what was opened on a page counts there, by its path and without identifiers', async () => {
  const { window, report } = await probedFrame({ before: playSockets })
  window.history.replaceState(null, '', '/calls/17?token=secret')
  played(window).open()
  window.history.pushState(null, '', '/users/ada@example.com')
  played(window).open()
  played(window).open()
  const { pages } = await report()
  expect(pages.map(({ page, websockets }) => [page, websockets])).toEqual([
    ['/calls/:id', 1],
    ['/users/:id', 2],
  ])
})

test('a document with ever new pages keeps eight of them and the sum of the others', async () => {
  const { window, report, texts } = await probedFrame({ before: playSockets })
  for (let i = 0; i < 40; i++) {
    window.history.replaceState(null, '', `/${'part-of-path/'.repeat(9)}p${i}-end`)
    window.history.replaceState(null, '', `/p${i}x/${'part-of-path/'.repeat(9)}`)
    played(window).open()
  }
  const { pages } = await report()
  expect(pages).toHaveLength(9)
  expect(pages.at(-1)).toMatchObject({ page: ':other' })
  expect(pages.reduce((sum, { websockets }) => sum + websockets, 0)).toBe(40)
  expect(texts.at(-1)!.length).toBeLessThan(8_192)
})

test('EventSources, peer connections and tracks are counted while they last', async () => {
  const { window, page } = await probedFrame({ before: playMedia })
  const source = new window.EventSource(`${location.origin}/tidemark-no-events`)
  const connection = new window.RTCPeerConnection()
  const stream = await window.navigator.mediaDevices.getUserMedia({ video: true })
  const [track] = stream.getTracks()
  const copy = track!.clone()
  expect(await page()).toMatchObject({ peerconnections: 1, tracks: 2 })
  // The server answers with a page, which is no stream of events: that ends an EventSource.
  await vi.waitFor(() => expect(source.readyState).toBe(2))
  connection.close()
  track!.stop()
  copy.stop()
  expect(await page()).toMatchObject({
    eventsources: 0,
    peerconnections: 0,
    tracks: 0,
    failures: 1,
  })
})

/** A camera: the machine of a test has none. */
function playMedia(window: FrameWindow) {
  window.MediaDevices.prototype.getUserMedia = () =>
    window.Promise.resolve(window.document.createElement('canvas').captureStream())
}

test('a WebSocket still open after its page was left is told with the line that opened it', async () => {
  const attributes = { 'data-after': '0' }
  const { window, report } = await probedFrame({ before: playSockets, attributes })
  played(window).open()
  expect((await report()).findings).toEqual([])
  window.history.pushState(null, '', '/elsewhere')
  const [finding] = (await report()).findings
  expect(finding).toMatchObject({ kind: 'websockets', page: '/tidemark-probe.js', count: 1 })
  expect(finding!.place).toMatch(/^http:\/\/[^?]*counting\.browser\.test\.ts:\d+$/)
})

test('nothing is told before it has looked forgotten for the time of the tag', async () => {
  const { window, report } = await probedFrame({ before: playSockets })
  played(window).open()
  window.history.pushState(null, '', '/elsewhere')
  await report()
  expect((await report()).findings).toEqual([])
})

test('a peer connection is told once all it sent has ended, until it is closed', async () => {
  const attributes = { 'data-after': '0' }
  const { window, report } = await probedFrame({ before: playMedia, attributes })
  const kinds = async () => (await report()).findings.map(({ kind }) => kind)
  const connection = new window.RTCPeerConnection()
  const stream = await window.navigator.mediaDevices.getUserMedia({ video: true })
  const [track] = stream.getTracks()
  connection.addTrack(track!, stream)
  expect(await kinds()).toEqual([])
  track!.stop()
  expect(await kinds()).toEqual(['peerconnections'])
  connection.close()
  expect(await kinds()).toEqual([])
})

test('a track that no connection sends and no element plays is told until it is stopped', async () => {
  const attributes = { 'data-after': '0' }
  const { window, report } = await probedFrame({ before: playMedia, attributes })
  const kinds = async () => (await report()).findings.map(({ kind }) => kind)
  const stream = await window.navigator.mediaDevices.getUserMedia({ video: true })
  const video = window.document.createElement('video')
  video.srcObject = stream
  window.document.documentElement.append(video)
  expect(await kinds()).toEqual([])
  video.remove()
  expect(await kinds()).toEqual(['tracks'])
  for (const track of stream.getTracks()) track.stop()
  expect(await kinds()).toEqual([])
})
