import { findingsOf } from './findings.ts'
import { createHolding } from './held.ts'
import { randomName, tabName } from './identity.ts'
import { pageOf, pathOf } from './pageOf.ts'
import { placeOf } from './placeOf.ts'
import { quietly } from './quietly.ts'
import { reportOf } from './report.ts'
import { createSender } from './send.ts'
import type { Settings } from './settings.ts'
import { createTallies } from './tally.ts'
import { watchPeerConnections, watchTracks } from './watchMedia.ts'
import { watchEventSources, watchWebSockets } from './watchSockets.ts'
import { listen, type Opening } from './watched.ts'
import { wrapMethod } from './wrap.ts'

const REPORT_EVERY_MS = 10_000
/** By then most apps have opened what they start with. */
const FIRST_REPORT_MS = 1_000

/** Watches this document and reports until it goes away. */
export function start({ app, to, hosts, graceMs, own }: Settings): void {
  const send = createSender(to)
  const tallies = createTallies()
  const holding = createHolding()
  const tab = tabName()
  const doc = randomName()
  let seq = 0
  let isLast = false
  let path = ''
  /** How often another page was navigated to. */
  let visit = 0

  function lookAtPage() {
    const now = pathOf(location)
    if (now !== path) visit += 1
    path = now
    return tallies.of(pageOf(path))
  }

  function opening(): Opening {
    const tally = lookAtPage()
    const place = placeOf(String(new Error().stack), own, location.pathname)
    const from = visit
    return {
      tally,
      hold: (kind, thing) =>
        holding.add({
          kind,
          thing: new WeakRef(thing),
          tally,
          visit: from,
          place,
          suspectSince: 0,
        }),
    }
  }

  function report() {
    lookAtPage()
    const atMs = Date.now()
    const isHidden = document.visibilityState === 'hidden'
    const open = holding.look()
    const findings = findingsOf(open, visit, atMs, graceMs)
    seq += 1
    send(reportOf({ app, tab, doc, seq, atMs, isHidden, isLast }, tallies.all(), open, findings))
  }

  watchWebSockets(hosts, opening)
  watchEventSources(hosts, opening)
  watchPeerConnections(opening)
  watchTracks(opening)
  for (const name of ['pushState', 'replaceState'])
    wrapMethod(History.prototype, name, (_self, call) => {
      const result = call()
      quietly(lookAtPage)
      return result
    })
  listen(window, 'popstate', lookAtPage)

  setTimeout(() => quietly(report), FIRST_REPORT_MS)
  setInterval(() => quietly(report), REPORT_EVERY_MS)
  listen(window, 'pagehide', () => {
    isLast = true
    report()
  })
  listen(window, 'pageshow', () => {
    isLast = false
  })
  // A document that goes away is hidden as well, after it has said its last.
  listen(document, 'visibilitychange', () => {
    if (document.visibilityState === 'hidden' && !isLast) report()
  })
}
