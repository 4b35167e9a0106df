import { settled } from './steeredClock.ts'

type Claim = { tab: number; held: () => Promise<void> }
type Listener = (event: MessageEvent) => void

/**
 * The tabs of one origin, in memory: one lock manager and one channel as browsers have them. A tab
 * that crashes loses its locks and is heard no more, without a word.
 */
export function createMemoryTabs() {
  const holders = new Map<string, number>()
  const queues = new Map<string, Claim[]>()
  const listeners = new Map<number, Set<Listener>>()
  const crashed = new Set<number>()
  let tabs = 0

  function serve(name: string) {
    if (holders.has(name)) return
    const claim = queues.get(name)?.shift()
    if (!claim) return
    holders.set(name, claim.tab)
    const release = () => {
      if (holders.get(name) !== claim.tab) return
      holders.delete(name)
      serve(name)
    }
    void claim.held().then(release, release)
  }

  function request(
    tab: number,
    name: string,
    { signal }: { signal: AbortSignal },
    held: () => Promise<void>,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      const claim = { tab, held: () => held().then(resolve, reject) }
      const queue = queues.get(name) ?? []
      queues.set(name, [...queue, claim])
      signal.addEventListener('abort', () => {
        const waiting = queues.get(name) ?? []
        if (!waiting.includes(claim)) return
        queues.set(
          name,
          waiting.filter((one) => one !== claim),
        )
        reject(signal.reason as Error)
      })
      // As in a browser, a lock is never granted within the call that asks for it.
      void Promise.resolve().then(() => serve(name))
    })
  }

  function post(from: number, data: unknown) {
    if (crashed.has(from)) return
    for (const [tab, own] of listeners) {
      if (tab === from || crashed.has(tab)) continue
      const copy: unknown = structuredClone(data)
      void Promise.resolve().then(() => {
        for (const listener of own) listener({ data: copy } as MessageEvent)
      })
    }
  }

  return {
    /** Opens one more tab: its lock manager, its end of the channel, and how it dies. */
    open() {
      const tab = ++tabs
      const own = new Set<Listener>()
      listeners.set(tab, own)
      const channel = {
        postMessage: (data: unknown) => post(tab, data),
        addEventListener: (_: string, listener: Listener) => void own.add(listener),
        removeEventListener: (_: string, listener: Listener) => void own.delete(listener),
      }
      return {
        locks: {
          request: (
            name: string,
            options: { signal: AbortSignal },
            held: () => Promise<void>,
          ): Promise<void> => request(tab, name, options, held),
        },
        channel: channel as unknown as BroadcastChannel,
        /** The tab is gone: whatever its code still does reaches nobody. */
        async crash() {
          crashed.add(tab)
          for (const [name, queue] of queues) {
            queues.set(
              name,
              queue.filter((claim) => claim.tab !== tab),
            )
            if (holders.get(name) !== tab) continue
            holders.delete(name)
            serve(name)
          }
          await settled()
        },
      }
    },
  }
}
