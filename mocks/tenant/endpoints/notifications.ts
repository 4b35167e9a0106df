import type { Channel } from '../channels.ts'
import { badRequest, notFound, ok } from '../reply.ts'
import { type Call, listOf, objectOf, type Route } from '../route.ts'

const CHANNELS = '/api/v2/notifications/channels'
const SUBSCRIPTIONS = `${CHANNELS}/{channelId}/subscriptions`

const channelOf = ({ channels, params }: Call): Channel => {
  const channel = channels.find(params.channelId ?? '')
  if (!channel) throw notFound('The channel')
  return channel
}

const shown = (channel: Channel, socketBase: string) => ({
  connectUri: `${socketBase}/channels/${channel.id}`,
  id: channel.id,
  expires: new Date(channel.expiresAtMs).toISOString(),
})

function list(call: Call) {
  const { url, channels, token, socketBase } = call
  switch (url.searchParams.get('includechannels') ?? 'token') {
    case 'token':
      return channels.ofToken(token).map((channel) => shown(channel, socketBase))
    case 'oauthclient':
      // Those of other tokens are there to be counted; how to reach them is not told.
      return channels.ofOwner(token).map((channel) => {
        const { expires, ...reachable } = shown(channel, socketBase)
        return channel.token === token.value ? { ...reachable, expires } : { expires }
      })
    default:
      throw badRequest('includechannels must be token or oauthclient', 'invalid.value')
  }
}

const topicsIn = (body: unknown): string[] =>
  listOf(body ?? undefined, 'The request body').map((entry) => {
    const { id } = objectOf(entry)
    if (typeof id !== 'string') throw badRequest('A topic needs an id', 'invalid.value')
    return id
  })

const topicsOf = (channel: Channel) => ({
  entities: channel.topics.map((id) => ({ id, state: 'Permitted' })),
})

export const notificationRoutes: readonly Route[] = [
  { method: 'GET', path: CHANNELS, answer: (call) => ok({ entities: list(call) }) },
  {
    method: 'POST',
    path: CHANNELS,
    answer: (call) => ok(shown(call.channels.create(call.token), call.socketBase)),
  },
  {
    method: 'HEAD',
    path: `${CHANNELS}/{channelId}`,
    answer: (call) => {
      channelOf(call)
      return { status: 200 }
    },
  },
  { method: 'GET', path: SUBSCRIPTIONS, answer: (call) => ok(topicsOf(channelOf(call))) },
  {
    method: 'POST',
    path: SUBSCRIPTIONS,
    answer: (call) => {
      const channel = channelOf(call)
      call.channels.subscribe(channel, [...channel.topics, ...topicsIn(call.body)])
      return ok(topicsOf(channel))
    },
  },
  {
    method: 'PUT',
    path: SUBSCRIPTIONS,
    answer: (call) => {
      const channel = channelOf(call)
      call.channels.subscribe(channel, topicsIn(call.body))
      return ok(topicsOf(channel))
    },
  },
  {
    method: 'DELETE',
    path: SUBSCRIPTIONS,
    answer: (call) => {
      channelOf(call).topics = []
      return { status: 200 }
    },
  },
]
