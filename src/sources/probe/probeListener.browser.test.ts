import { expect, onTestFinished, test, vi } from 'vitest'
import { epochMs, orgId } from '#domain/units.ts'
import { probedFrame } from '#testing/probedFrame.ts'
import { someProbeReport } from '#testing/someProbeReport.ts'
import { createProbeListener } from './probeListener.ts'

const ORG = orgId('alder')

function setup(apps: readonly string[] = ['agent-desktop']) {
  let opened = 0
  let closed = 0
  const listener = createProbeListener({
    now: () => epochMs(Date.now()),
    openChannel: () => {
      opened += 1
      const channel = new BroadcastChannel('tidemark-probe')
      const close = channel.close.bind(channel)
      channel.close = () => {
        closed += 1
        close()
      }
      return channel
    },
  })
  const desk = listener.expect(ORG, apps)!
  const sender = new BroadcastChannel('tidemark-probe')
  onTestFinished(() => {
    listener.drop(ORG)
    sender.close()
  })
  return {
    listener,
    desk,
    post: (message: unknown) => sender.postMessage(message),
    channels: () => ({ opened, closed }),
  }
}

const text = (parts: Parameters<typeof someProbeReport>[1] = {}) =>
  JSON.stringify(someProbeReport(Date.now(), parts))

test('a page with the tag is heard, as the probe is built', async () => {
  const { app, textWhenHidden } = await probedFrame()
  const { desk } = setup([app])
  await textWhenHidden()
  await vi.waitFor(() => expect(desk.told()).toMatchObject({ tabs: 1, documents: 1 }))
})

test('messages that are no reports are counted, and disturb nothing', async () => {
  const { desk, post } = setup()
  const rubbish = [
    null,
    7,
    '',
    '{',
    '[]',
    { app: 'agent-desktop' },
    new ArrayBuffer(9),
    'x'.repeat(1e5),
  ]
  for (const one of rubbish) post(one)
  post(text({ app: '<img src=x onerror=alert(1)>' }))
  post(text())
  await vi.waitFor(() => expect(desk.told().documents).toBe(1))
  expect(desk.told().refused.count).toBe(rubbish.length + 1)
})

test('of ten thousand messages at once the page reads a part, and goes on afterwards', async () => {
  const { desk, post } = setup()
  const large = text({ app: 'unheard-of' }).padEnd(8_192)
  for (let i = 0; i < 10_000; i++) post(large)
  await vi.waitFor(() => expect(desk.told().refused.count).toBe(10_000), { timeout: 20_000 })
  await vi.waitFor(
    () => {
      post(text({ seq: 1 }))
      expect(desk.told().documents).toBe(1)
    },
    { timeout: 10_000, interval: 100 },
  )
})

test('one channel serves all organisations, and is closed with the last that names apps', () => {
  const { listener, channels } = setup()
  listener.expect(orgId('birch'), ['kiosk'])
  expect(channels()).toEqual({ opened: 1, closed: 0 })
  listener.drop(orgId('birch'))
  expect(channels()).toEqual({ opened: 1, closed: 0 })
  expect(listener.expect(ORG, [])).toBeNull()
  expect(channels()).toEqual({ opened: 1, closed: 1 })
  listener.expect(ORG, ['agent-desktop'])
  expect(channels()).toEqual({ opened: 2, closed: 1 })
})
