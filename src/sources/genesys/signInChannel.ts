import * as z from 'zod/mini'
import { parseShape } from '../shape.ts'
import type { TabChannel } from '../tabSecret.ts'

/** Name of the channel on which the redirect page and the page that began the sign-in meet. */
export const SIGN_IN_CHANNEL = 'tidemark:sign-in'

const messageShape = z.object({
  kind: z.enum(['answer', 'received']),
  state: z.string(),
  search: z.optional(z.string()),
})
type Message = z.infer<typeof messageShape>

/** A way on which two windows of one sign-in reach each other. */
export type SignInWay = {
  say: (message: Message) => void
  /** Hears foreign values as they come. Returns the way out. */
  listen: (hear: (data: unknown) => void) => () => void
}

/** Between windows that share their storage: all of one browser, outside frames of other sites. */
export const channelWay = (channel: TabChannel): SignInWay => ({
  say: (message) => channel.postMessage(message),
  listen(hear) {
    const listener = ({ data }: MessageEvent) => hear(data)
    channel.addEventListener('message', listener)
    return () => channel.removeEventListener('message', listener)
  },
})

/** The part of a window that hears messages. */
export type HearingWindow = Pick<Window, 'addEventListener' | 'removeEventListener'>

/** The part of another window that takes messages. */
export type OtherWindow = { postMessage: (message: unknown, targetOrigin: string) => void }

/**
 * Between a page and the window that it opened, or that opened it. In a frame of another site a
 * browser keeps storage and channels apart from those of a window of its own, so that no
 * BroadcastChannel joins the two; a message from window to window does. What other origins say is
 * not heard, and they are told nothing.
 */
export const windowWay = (here: HearingWindow, there: OtherWindow, origin: string): SignInWay => ({
  say: (message) => there.postMessage(message, origin),
  listen(hear) {
    const listener = (event: MessageEvent) => {
      if (event.origin === origin) hear(event.data)
    }
    here.addEventListener('message', listener)
    return () => here.removeEventListener('message', listener)
  },
})

/** The query that the login page sent to the redirect page, for the sign-in with this state. */
export async function awaitAnswer(
  ways: readonly SignInWay[],
  state: string,
  signal: AbortSignal,
): Promise<string> {
  const { search = '' } = await nextMessage(ways, 'answer', state, signal)
  for (const way of ways) way.say({ kind: 'received', state })
  return search
}

/**
 * Hands the redirect page's query to the page that began the sign-in. False where nobody took it
 * before `patience` ended: that page is gone, or the sign-in began elsewhere.
 */
export async function deliverAnswer(
  ways: readonly SignInWay[],
  answer: { state: string; search: string },
  patience: AbortSignal,
): Promise<boolean> {
  const taken = nextMessage(ways, 'received', answer.state, patience).then(
    () => true,
    () => false,
  )
  for (const way of ways) way.say({ kind: 'answer', ...answer })
  return taken
}

/** Resolves with the first message of this kind and state; rejects with the signal's reason. */
function nextMessage(
  ways: readonly SignInWay[],
  kind: Message['kind'],
  state: string,
  signal: AbortSignal,
): Promise<Message> {
  return new Promise((resolve, reject) => {
    const leave = ways.map((way) => way.listen(hear))
    function end() {
      for (const undo of leave) undo()
      signal.removeEventListener('abort', stop)
    }
    function stop() {
      end()
      reject(signal.reason)
    }
    function hear(data: unknown) {
      const message = parseShape(messageShape, data)
      // Sign-ins of other organisations and other tabs meet on the same channel.
      if (!message.ok || message.value.kind !== kind || message.value.state !== state) return
      end()
      resolve(message.value)
    }
    signal.addEventListener('abort', stop)
    if (signal.aborted) stop()
  })
}
