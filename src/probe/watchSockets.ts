import { quietly } from './quietly.ts'
import type { Tally } from './tally.ts'
import { listen, type Watched } from './watched.ts'
import { wrapClass, wrapMethod } from './wrap.ts'

const OPEN = 1
const ENDED = 2

const isAmong = (hosts: readonly string[], url: string) => {
  const name = `.${new URL(url).hostname}`
  return !hosts[0] || hosts.some((host) => name.endsWith(`.${host}`))
}

/** Counts WebSockets to `hosts` (to all, where it names none): how they were opened and how they ended. */
export function watchWebSockets(hosts: readonly string[], watched: Watched): void {
  const closedByApp = new WeakSet<object>()
  wrapClass('WebSocket', watched, (socket, { tally, hold }) => {
    if (!isAmong(hosts, (socket as WebSocket).url)) return
    let isOpened = false
    tally.attempts += 1
    hold('websockets', socket)
    listen(socket, 'open', () => {
      isOpened = true
      tally.opened += 1
    })
    listen(socket, 'close', ({ code }: CloseEvent) => {
      // Both look like a failure to the page; the app wanted them.
      const isWanted = closedByApp.has(socket)
      if (!isOpened && isWanted) tally.givenUp += 1
      else if (!isOpened) fail(tally, 'refused')
      else if (code === 1000 || code === 1001 || code === 1005) tally.closed += 1
      else if (code === 1006 && !isWanted) fail(tally, 'dropped')
      else tally.closedOddly += 1
    })
  })
  wrapMethod(window.WebSocket?.prototype, 'close', (self, call) => {
    let isLive = false
    quietly(() => {
      isLive = (self as WebSocket).readyState <= OPEN
    })
    const result = call()
    if (isLive) closedByApp.add(self as object)
    return result
  })
}

function fail(tally: Tally, how: 'refused' | 'dropped') {
  tally[how] += 1
  tally.failedAt = Date.now()
}

/** Counts EventSources. One that lost its server connects again by itself; one that ended has failed. */
export function watchEventSources(hosts: readonly string[], watched: Watched): void {
  wrapClass('EventSource', watched, (source, { tally, hold }) => {
    if (!isAmong(hosts, (source as EventSource).url)) return
    hold('eventsources', source)
    listen(source, 'error', () => {
      if ((source as EventSource).readyState === ENDED) tally.failures += 1
    })
  })
}
