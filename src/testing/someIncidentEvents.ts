import { type ErrorEvent, errorEvent } from '#domain/errors/errorEvent.ts'
import type { ClientEvent } from '#domain/evidence/demand/clientEvents.ts'
import { type EpochMs, later, SECOND_MS } from '#domain/units.ts'

/** The instant of a clock time of the afternoon. */
type ClockTime = (clock: string) => EpochMs

/** Refused by the gateway: 131 in iteration 6, 171 in iteration 7, and strays: two before the raise, three after it. */
export function someErrors(incidentAt: ClockTime): ErrorEvent[] {
  const refused = (at: EpochMs, app: string) =>
    errorEvent({
      at,
      class: 'capacity',
      place: 'upgrade',
      source: 'feed',
      status: 503,
      route: 'WS streaming…/channels',
      app,
    })
  const first = Array.from({ length: 23 }, (_, i) =>
    refused(later(incidentAt('13:09:12'), 4_000 * i), i % 4 === 3 ? 'wallboard' : 'softphone'),
  )
  const retried = someClients(incidentAt)
    .filter(({ kind }) => kind === 'refused')
    .map(({ at }) => refused(at, 'softphone'))
  const crowd = Array.from({ length: 33 }, (_, i) =>
    refused(later(incidentAt('13:29:05'), 1_500 * i), 'softphone'),
  )
  const second = [
    ...Array.from({ length: 18 }, (_, i) => later(incidentAt('13:27:20'), 5_500 * i)),
    ...Array.from({ length: 120 }, (_, i) => later(incidentAt('13:30:03'), (397_000 * i) / 119)),
  ].map((at, i) => refused(at, i % 5 === 4 ? 'wallboard' : 'softphone'))
  const stray = ['13:21:06', '13:22:40', '13:59:01', '13:59:40', '14:23:12'].map((clock) =>
    refused(incidentAt(clock), 'wallboard'),
  )
  const others = [
    errorEvent({ at: incidentAt('13:02:30'), class: 'auth', source: 'feed', status: 401 }),
    errorEvent({ at: incidentAt('13:33:10'), class: 'rate', source: 'monitor', status: 429 }),
    errorEvent({ at: incidentAt('14:05:50'), class: 'network', source: 'jtl' }),
  ]
  const inBrowser = ['13:09:12', '13:09:16', '13:29:05'].map((clock, i) =>
    errorEvent({
      at: later(incidentAt(clock), 300),
      class: 'capacity',
      place: 'upgrade',
      source: 'har',
      status: 503,
      route: 'WS streaming.mypurecloud.de/channels/{id}',
      correlationId: `1f0c44aa-0000-4000-8000-00000000000${i}`,
    }),
  )
  return [...first, ...retried, ...crowd, ...second, ...stray, ...others, ...inBrowser].sort(
    (a, b) => a.at - b.at,
  )
}

/**
 * 45 softphones that open, close and come again all through iteration 5; when the limit is reached
 * each is refused two or three times, three seconds apart: 153 attempts for 45 demands.
 */
export function someClients(incidentAt: ClockTime): ClientEvent[] {
  const event = (client: string, kind: ClientEvent['kind'], at: EpochMs): ClientEvent => ({
    at,
    kind,
    client,
    tookMs: kind === 'closed' ? 0 : 40,
  })
  const all = Array.from({ length: 45 }, (_, i) => {
    const client = `softphone-${i + 1}`
    const calm = [0, 1, 2].flatMap((turn) => {
      const opened = later(incidentAt('12:50:00'), (turn * 280 + i * 5) * SECOND_MS)
      return [event(client, 'opened', opened), event(client, 'closed', later(opened, 240_000))]
    })
    const first = later(incidentAt('13:11:20'), Math.round(i * 9.2 * SECOND_MS))
    const refusals = i % 5 < 2 ? 3 : 2
    return [
      ...calm,
      ...Array.from({ length: refusals }, (_, n) =>
        event(client, 'refused', later(first, 3_000 * n)),
      ),
      event(client, 'opened', later(first, 3_000 * refusals)),
    ]
  })
  return all.flat().sort((a, b) => a.at - b.at)
}
