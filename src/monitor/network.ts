/** The network of this machine, as far as the machine can tell. */
export type Network = {
  /** Hears that there is one again. It says nothing about any server. Returns the way out. */
  subscribe: (cameBack: () => void) => () => void
}

/** The browser's word: `online` is fired when the machine joins a network after having none. */
export const browserNetwork: Network = {
  subscribe(cameBack) {
    window.addEventListener('online', cameBack)
    return () => window.removeEventListener('online', cameBack)
  },
}
