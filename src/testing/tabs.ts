import type { SecretStorage, TabChannel } from '#sources/tabSecret.ts'

type Listener = (event: MessageEvent) => void

/** The tabs of one origin: each channel hears what the others say, at once. */
export function createTabs() {
  const tabs = new Set<Set<Listener>>()
  return {
    open(): TabChannel {
      const listeners = new Set<Listener>()
      tabs.add(listeners)
      return {
        postMessage(message: unknown) {
          const data: unknown = structuredClone(message)
          for (const tab of tabs)
            if (tab !== listeners)
              for (const hear of tab) hear(new MessageEvent('message', { data }))
        },
        addEventListener: (_type: string, listener: unknown) => {
          listeners.add(listener as Listener)
        },
        removeEventListener: (_type: string, listener: unknown) => {
          listeners.delete(listener as Listener)
        },
      }
    },
  }
}

/** Session storage of one tab; with `isBarred` every use throws, as in some private windows. */
export function createTabStorage({ isBarred = false } = {}): SecretStorage & {
  kept: ReadonlyMap<string, string>
} {
  const kept = new Map<string, string>()
  const guard = () => {
    if (isBarred) throw new DOMException('The operation is insecure.', 'SecurityError')
  }
  return {
    kept,
    getItem: (key) => {
      guard()
      return kept.get(key) ?? null
    },
    setItem: (key, value) => {
      guard()
      kept.set(key, value)
    },
    removeItem: (key) => {
      guard()
      kept.delete(key)
    },
  }
}
