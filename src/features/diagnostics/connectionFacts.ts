import { formatClock, formatCount, formatDate, formatDuration } from '#domain/format.ts'
import { elapsed, type EpochMs } from '#domain/units.ts'
import type { ClockCheck, OrgFacts, SessionState } from '#monitor/orgFacts.ts'

/** One thing that is known of the connection. */
export type ConnectionFact = { name: string; words: string }

type Known = {
  facts: OrgFacts
  clientId: string
  now: EpochMs
  zone: string
}

/** What is known of the way to an organisation without asking anything. */
export function connectionFacts({ facts, clientId, now, zone }: Known): readonly ConnectionFact[] {
  const { organisation, session, clock, role, footprint } = facts
  const { region, domain, simulation } = organisation
  return [
    { name: 'Region', words: regionWords(region, domain, simulation) },
    { name: 'OAuth client', words: clientId || 'none' },
    { name: 'Sign-in', words: sessionWords(session, now, zone) },
    { name: 'Clocks', words: clockWords(clock, now) },
    {
      name: 'Requests',
      words: `${formatCount(footprint.requestsLastMinute)} in the last minute, of ${formatCount(footprint.allowedPerMinute)} that Tidemark allows itself`,
    },
    {
      name: 'Asked by',
      words: role === 'following' ? 'another tab; probes are asked by this one' : 'this tab',
    },
  ]
}

function regionWords(region: string, domain: string, simulation: string | null): string {
  if (simulation !== null) return `simulated: ${simulation}`
  return region === domain ? domain : `${region}, ${domain}`
}

function sessionWords(session: SessionState, now: EpochMs, zone: string): string {
  switch (session.kind) {
    case 'notNeeded':
      return 'not needed: only a feed is read'
    case 'signedIn': {
      const until = `${formatDate(session.expiresAt, zone)} ${formatClock(session.expiresAt, zone, 'minutes')}`
      return `signed in until ${until}, ${formatDuration(elapsed(now, session.expiresAt))} left`
    }
    case 'signedOut':
      return `signed out: ${SIGNED_OUT_WORDS[session.reason]}`
  }
}

const SIGNED_OUT_WORDS = {
  never: 'nobody has signed in yet',
  expired: 'the token has ended',
  refused: 'the server refused the token',
  left: 'somebody signed out',
} as const

/** Below that a difference is no more than the header's whole seconds and the way there and back. */
function clockWords(clock: ClockCheck, now: EpochMs): string {
  if (clock.kind === 'unchecked')
    return 'not compared: no reply has shown its Date header to this page'
  const { offsetMs, errorMs, at } = clock
  const error = `to within ${formatDuration(Math.max(1_000, errorMs))}`
  const ago = `compared ${formatDuration(Math.max(0, elapsed(at, now)))} ago`
  if (Math.abs(offsetMs) <= errorMs) return `the same here and there, ${error}, ${ago}`
  const side = offsetMs > 0 ? 'behind' : 'ahead of'
  return `this machine is ${formatDuration(Math.abs(offsetMs))} ${side} the organisation, ${error}, ${ago}; times are corrected by it`
}
