/** The name under which a Tidemark tab of the same origin listens. */
const CHANNEL = 'tidemark-probe'

/**
 * How reports leave the page. Kept from before the app's own scripts, so that what the app puts in
 * their place neither hears nor counts them.
 */
export function createSender(to: string | undefined): (text: string) => void {
  if (!to) {
    const channel = new BroadcastChannel(CHANNEL)
    return (text) => channel.postMessage(text)
  }
  const beacon = navigator.sendBeacon?.bind(navigator)
  const ask = window.fetch.bind(window)
  return (text) => {
    if (beacon?.(to, text)) return
    // A report that is lost is made up for by the next one, whose counts hold it.
    ask(to, {
      method: 'POST',
      body: text,
      keepalive: true,
      mode: 'no-cors',
      credentials: 'omit',
    }).catch(() => {})
  }
}
