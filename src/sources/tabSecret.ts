import type * as z from 'zod/mini'
import { parseShape } from './shape.ts'

/** The part of `Storage` that is needed. */
export type SecretStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** The part of `BroadcastChannel` that is needed. */
export type TabChannel = Pick<
  BroadcastChannel,
  'postMessage' | 'addEventListener' | 'removeEventListener'
>

/** Something secret that the tabs of one origin share and that ends with them. */
export type TabSecret<T> = {
  get: () => T | null
  set: (secret: T | null) => void
  /** Hears changes, also those that arrive from another tab. Returns the way out. */
  subscribe: (listener: () => void) => () => void
  /** Stops hearing other tabs. */
  close: () => void
}

type Options<T> = {
  /** Key in the storage and address on the channel. */
  name: string
  storage: SecretStorage | null
  channel: TabChannel | null
  shape: z.ZodMiniType<T>
  /** False when it is worth nothing any more. */
  isUsable: (secret: T) => boolean
}

/**
 * Keeps a secret in memory and in the tab's session storage and hands it between tabs: a new tab
 * asks, who has it answers, and every change is told. What arrives is checked like any foreign
 * data.
 */
export function createTabSecret<T>(options: Options<T>): TabSecret<T> {
  const { name, storage, channel, isUsable } = options
  const listeners = new Set<() => void>()
  let secret = read(options)

  function keep(next: T | null) {
    secret = next
    if (next === null) attempt(() => storage?.removeItem(name))
    else attempt(() => storage?.setItem(name, JSON.stringify(next)))
    for (const listener of listeners) listener()
  }

  const usable = () => (secret !== null && isUsable(secret) ? secret : null)

  function hear({ data }: MessageEvent) {
    const message = readMessage(data, options)
    if (message?.kind === 'asks') {
      const known = usable()
      if (known !== null) channel?.postMessage({ kind: 'answers', name, secret: known })
    } else if (message?.kind === 'answers') {
      if (usable() === null && message.secret !== null) keep(message.secret)
    } else if (message?.kind === 'changed') keep(message.secret)
  }

  channel?.addEventListener('message', hear)
  if (usable() === null) channel?.postMessage({ kind: 'asks', name })

  return {
    get: usable,
    set(next) {
      keep(next)
      channel?.postMessage({ kind: 'changed', name, secret: next })
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close: () => channel?.removeEventListener('message', hear),
  }
}

function read<T>({ name, storage, shape, isUsable }: Options<T>): T | null {
  const stored = attempt(() => storage?.getItem(name) ?? null)
  if (stored === null) return null
  const value = attempt(() => JSON.parse(stored) as unknown)
  const parsed = parseShape(shape, value)
  if (parsed.ok && isUsable(parsed.value)) return parsed.value
  attempt(() => storage?.removeItem(name))
  return null
}

type Message<T> = { kind: 'asks' } | { kind: 'answers' | 'changed'; secret: T | null }

/** A message of ours about this secret; null for everything else on the channel. */
function readMessage<T>(data: unknown, { name, shape, isUsable }: Options<T>): Message<T> | null {
  if (typeof data !== 'object' || data === null) return null
  const { kind, name: about, secret = null } = data as Record<string, unknown>
  if (about !== name) return null
  if (kind === 'asks') return { kind }
  if (kind !== 'answers' && kind !== 'changed') return null
  if (secret === null) return { kind, secret: null }
  const parsed = parseShape(shape, secret)
  return parsed.ok && isUsable(parsed.value) ? { kind, secret: parsed.value } : null
}

/**
 * Session storage may be barred (private windows, embedded pages) or full. The secret then lives in
 * memory alone, which costs a sign-in after a reload and nothing else.
 */
function attempt<T>(act: () => T): T | null {
  try {
    return act()
  } catch {
    return null
  }
}
