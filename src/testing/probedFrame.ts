import { expect, onTestFinished, vi } from 'vitest'
import type { ProbeReport } from '#sources/probe/reportShape.ts'

export type FrameWindow = Window & typeof globalThis

type Options = {
  /** Of the tag, beside a name of the app that no other test has. */
  attributes?: Record<string, string>
  /** What the browser is like before the probe comes. */
  before?: (window: FrameWindow) => void
  /** How often the tag is there. */
  tags?: number
}

const PROBE = '/tidemark-probe.js'

/** A page of the same origin without any script. It is addressed, so that its address can change. */
export async function plainFrame(): Promise<FrameWindow> {
  const frame = document.createElement('iframe')
  frame.src = PROBE
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }))
  document.body.append(frame)
  onTestFinished(() => frame.remove())
  await loaded
  return frame.contentWindow as FrameWindow
}

/** A page with the probe as it is built, and what it reports to a Tidemark tab of the same origin. */
export async function probedFrame({ attributes = {}, before, tags = 1 }: Options = {}) {
  const app = `test-${crypto.randomUUID().slice(0, 8)}`
  const texts: string[] = []
  const channel = new BroadcastChannel('tidemark-probe')
  channel.addEventListener('message', ({ data }: MessageEvent<string>) => {
    if (data.includes(`"${app}"`)) texts.push(data)
  })
  onTestFinished(() => channel.close())
  const window = await plainFrame()
  before?.(window)
  for (let tag = 0; tag < tags; tag++) await addTag(window, { 'data-app': app, ...attributes })

  /** Hides the page, as a switch to another tab does, and gives the report that follows. */
  async function textWhenHidden(): Promise<string> {
    const heard = texts.length
    hide(window)
    await vi.waitFor(() => expect(texts.length).toBeGreaterThan(heard), 20_000)
    return texts.at(-1)!
  }

  return {
    window,
    app,
    texts,
    textWhenHidden,
    report: async () => JSON.parse(await textWhenHidden()) as ProbeReport,
    /** The one page that a report tells of. */
    page: async () => (JSON.parse(await textWhenHidden()) as ProbeReport).pages[0]!,
  }
}

function addTag(window: FrameWindow, attributes: Record<string, string>) {
  const script = window.document.createElement('script')
  for (const [name, value] of Object.entries(attributes)) script.setAttribute(name, value)
  script.src = PROBE
  const loaded = new Promise((resolve, reject) => {
    script.addEventListener('load', resolve)
    script.addEventListener('error', reject)
  })
  window.document.head.append(script)
  return loaded
}

export function hide({ document, Event: FrameEvent }: FrameWindow) {
  Object.defineProperty(document, 'visibilityState', { configurable: true, value: 'hidden' })
  document.dispatchEvent(new FrameEvent('visibilitychange'))
  Reflect.deleteProperty(document, 'visibilityState')
}
