/** Origins that the page's own policy (CSP) has kept it from reaching. */
export type BlockedAddresses = {
  origins: () => readonly string[]
  subscribe: (listener: () => void) => () => void
}

/**
 * Listens for what the policy blocks. Without this a blocked address looks like a dead network,
 * since `fetch` says no more than "Failed to fetch".
 */
export function createBlockedAddresses(page: Pick<Document, 'addEventListener'>): BlockedAddresses {
  const listeners = new Set<() => void>()
  let origins: readonly string[] = []
  page.addEventListener('securitypolicyviolation', (event) => {
    if (event.effectiveDirective !== 'connect-src') return
    const origin = originOf(event.blockedURI)
    if (origin === null || origins.includes(origin)) return
    origins = [...origins, origin]
    for (const listener of listeners) listener()
  })
  return {
    origins: () => origins,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

function originOf(address: string): string | null {
  try {
    return new URL(address).origin
  } catch {
    // `inline`, `eval` and the like are not addresses.
    return null
  }
}
