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

/** The query that the login page sent to the redirect page, for the sign-in with this state. */
export async function awaitAnswer(
  channel: TabChannel,
  state: string,
  signal: AbortSignal,
): Promise<string> {
  const { search = '' } = await nextMessage(channel, 'answer', state, signal)
  channel.postMessage({ kind: 'received', state } satisfies Message)
  return search
}

/**
 * Hands the redirect page's query to the page that began the sign-in. False where nobody took it
 * before `patience` ended: that page is gone, or the sign-in began elsewhere.
 */
export async function deliverAnswer(
  channel: TabChannel,
  answer: { state: string; search: string },
  patience: AbortSignal,
): Promise<boolean> {
  const taken = nextMessage(channel, 'received', answer.state, patience).then(
    () => true,
    () => false,
  )
  channel.postMessage({ kind: 'answer', ...answer } satisfies Message)
  return taken
}

/** Resolves with the first message of this kind and state; rejects with the signal's reason. */
function nextMessage(
  channel: TabChannel,
  kind: Message['kind'],
  state: string,
  signal: AbortSignal,
): Promise<Message> {
  return new Promise((resolve, reject) => {
    function end() {
      channel.removeEventListener('message', hear)
      signal.removeEventListener('abort', stop)
    }
    function stop() {
      end()
      reject(signal.reason)
    }
    function hear({ data }: MessageEvent) {
      const message = parseShape(messageShape, data)
      // Sign-ins of other organisations and other tabs meet on the same channel.
      if (!message.ok || message.value.kind !== kind || message.value.state !== state) return
      end()
      resolve(message.value)
    }
    channel.addEventListener('message', hear)
    signal.addEventListener('abort', stop)
    if (signal.aborted) stop()
  })
}
