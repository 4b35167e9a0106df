import { identifier, noiseAt, STREAM } from '../model/noise.ts'
import type { AccessToken } from './tokens.ts'

/** Channels that one user may have in one application (facts §1.5). */
export const CHANNELS_PER_USER_AND_APP = 20
export const TOPICS_PER_CHANNEL = 1000
const LIFE_MS = 86_400_000

export type Channel = {
  readonly id: string
  /** Who shares the allowance of 20: user and application. */
  readonly owner: string
  readonly token: string
  expiresAtMs: number
  usedAtMs: number
  topics: string[]
  /** Set while a socket is connected; closes it. */
  disconnect: ((reason: string) => void) | null
}

export type Channels = ReturnType<typeof createChannels>

const ownerOf = ({ clientId, userId }: AccessToken) => `${userId ?? ''}@${clientId}`

/**
 * The notification channels. The 21st of a user and application costs the least recently used one
 * its life, unconnected ones first: nobody is told, an older socket just closes (facts §1.5).
 */
export function createChannels(seed: number, now: () => number) {
  const channels = new Map<string, Channel>()
  let created = 0

  function drop(channel: Channel, reason: string) {
    channels.delete(channel.id)
    channel.disconnect?.(reason)
  }

  function alive(): Channel[] {
    for (const channel of channels.values())
      if (channel.expiresAtMs <= now()) drop(channel, 'channel expired')
    return [...channels.values()]
  }

  function evictFrom(owner: string) {
    const own = alive().filter((channel) => channel.owner === owner)
    if (own.length < CHANNELS_PER_USER_AND_APP) return
    const unconnected = own.filter(({ disconnect }) => !disconnect)
    const candidates = unconnected.length > 0 ? unconnected : own
    drop(
      candidates.reduce((oldest, each) => (each.usedAtMs < oldest.usedAtMs ? each : oldest)),
      'channel evicted by a newer one',
    )
  }

  return {
    create(token: AccessToken): Channel {
      const owner = ownerOf(token)
      evictFrom(owner)
      created += 1
      const nowMs = now()
      // Chance beside the counter keeps ids of one tenant apart from those before a restart.
      const salt = Math.floor(noiseAt(seed, nowMs, STREAM.entity) * 0x7fffffff)
      const channel: Channel = {
        id: `streaming-1-${identifier(salt, created, STREAM.entity)}`,
        owner,
        token: token.value,
        expiresAtMs: nowMs + LIFE_MS,
        usedAtMs: nowMs,
        topics: [],
        disconnect: null,
      }
      channels.set(channel.id, channel)
      return channel
    },
    find: (id: string): Channel | null => alive().find((channel) => channel.id === id) ?? null,
    ofToken: (token: AccessToken) => alive().filter((channel) => channel.token === token.value),
    ofOwner: (token: AccessToken) => alive().filter(({ owner }) => owner === ownerOf(token)),
    /** Sets the topics; subscribing again makes a channel live another day. */
    subscribe(channel: Channel, topics: readonly string[]) {
      channel.topics = [...new Set(topics)].slice(0, TOPICS_PER_CHANNEL)
      channel.usedAtMs = now()
      channel.expiresAtMs = now() + LIFE_MS
    },
    /** Remembers the socket of a channel: a newer one replaces the older. */
    connect(channel: Channel, disconnect: (reason: string) => void) {
      channel.disconnect?.('replaced by a newer connection')
      channel.disconnect = disconnect
      channel.usedAtMs = now()
      return () => {
        if (channel.disconnect === disconnect) channel.disconnect = null
      }
    },
  }
}
