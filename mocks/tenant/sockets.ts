import type { Channel, Channels } from './channels.ts'
import { CONNECTION_LIMIT } from '../model/limits.ts'
import { ApiFailure, errorBody } from './reply.ts'
import type { SocketBook } from './socketBook.ts'

/** The tenant's end of a socket, as a door hands it in. */
export type Peer = { send: (data: string) => void; close: (code: number, reason: string) => void }

/** What a door reports about an open socket. */
export type SocketSession = {
  onMessage: (data: string) => void
  onClose: () => void
  /** Sent by the server every `HEARTBEAT_MS`; null where the protocol has none. */
  heartbeat: string | null
}

/** A refused handshake, or a place that is taken: open it, or give it back. */
export type Upgrade = Response | { open: (peer: Peer) => SocketSession; cancel: () => void }

/** About every 30 s (facts §2.3); clients drop the link after 35 s of silence. */
export const HEARTBEAT_MS = 30_000
const RETRY_AFTER_SEC = 5
const GOING_AWAY = 1001

const metadata = (message: string) =>
  JSON.stringify({ topicName: 'channel.metadata', eventBody: { message } })

/** Decides about handshakes. Channels and guests count against one cap. */
export function createSockets(book: SocketBook, channels: Channels) {
  let refused = 0

  function refuse(failure: ApiFailure, correlationId: string): Response {
    return new Response(JSON.stringify(errorBody(failure, correlationId)), {
      status: failure.status,
      headers: {
        'Content-Type': 'application/json',
        'ININ-Correlation-Id': correlationId,
        ...failure.headers,
      },
    })
  }

  function refuseUnknown(status: number, code: string, message: string): Response {
    refused += 1
    return refuse(new ApiFailure(status, code, message), `handshake-${refused}`)
  }

  function refuseFull(correlationId: string): Response {
    const cap = book.cap() ?? 0
    return refuse(
      new ApiFailure(
        503,
        'service.unavailable',
        `The limit of ${cap} concurrent connections is reached`,
        {
          limit: { ...CONNECTION_LIMIT, value: cap },
          headers: { 'Retry-After': String(RETRY_AFTER_SEC) },
        },
      ),
      correlationId,
    )
  }

  function upgradeGuest(application: string): Upgrade {
    const admission = book.admit('WS /v1', application)
    if (!admission.isOpen) return refuseFull(admission.correlationId)
    return {
      cancel: admission.release,
      open: () => ({
        // What a guest says concerns nobody here: only that it is connected counts.
        onMessage: () => undefined,
        onClose: admission.release,
        heartbeat: null,
      }),
    }
  }

  function upgradeChannel(channel: Channel): Upgrade {
    // A channel has one socket: the older one makes room before the newer one is counted.
    channel.disconnect?.('replaced by a newer connection')
    const admission = book.admit('WS /channels/{id}', 'notifications')
    if (!admission.isOpen) return refuseFull(admission.correlationId)
    return {
      cancel: admission.release,
      open: (peer) => {
        const forget = channels.connect(channel, (reason) => {
          forget()
          admission.release()
          peer.close(GOING_AWAY, reason)
        })
        return {
          onMessage: (data) => answerOnChannel(channels, channel, peer, data),
          onClose: () => {
            forget()
            admission.release()
          },
          heartbeat: metadata('WebSocket Heartbeat'),
        }
      },
    }
  }

  return {
    upgrade(url: URL): Upgrade {
      const channelId = /^\/channels\/([^/]+)$/.exec(url.pathname)?.[1]
      if (channelId !== undefined) {
        const channel = channels.find(channelId)
        return channel
          ? upgradeChannel(channel)
          : refuseUnknown(404, 'not.found', 'The channel is gone')
      }
      if (url.pathname !== '/v1') return refuseUnknown(404, 'not.found', 'There is no such socket')
      return url.searchParams.get('deploymentId')
        ? upgradeGuest(url.searchParams.get('application') ?? 'messenger')
        : refuseUnknown(400, 'bad.request', 'deploymentId is missing')
    },
  }
}

/** Speaks the wire protocol of a notification channel (facts §2.3). */
function answerOnChannel(channels: Channels, channel: Channel, peer: Peer, data: string) {
  let message: { message?: unknown; topics?: unknown; correlationId?: unknown }
  try {
    message = (JSON.parse(data) ?? {}) as typeof message
  } catch {
    peer.send(JSON.stringify({ result: '400', status: 'failure', message: 'not JSON' }))
    return
  }
  const { topics, correlationId } = message
  if (message.message === 'ping') return peer.send(metadata('pong'))
  if (message.message !== 'subscribe' || !isTexts(topics))
    return peer.send(JSON.stringify({ result: '400', status: 'failure', correlationId }))
  channels.subscribe(channel, [...channel.topics, ...topics])
  peer.send(JSON.stringify({ result: '200', status: 'subscribed', correlationId }))
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string')
