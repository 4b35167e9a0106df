import { errorEvent } from '#domain/errors/errorEvent.ts'
import { observation } from '#domain/observation.ts'
import { durationMs, epochMs, later, orgId, sourceId } from '#domain/units.ts'
import type { OrgFacts, SourceStatus } from '#monitor/orgFacts.ts'
import type { Member } from '#state/standing/standing.ts'
import { someMetric } from './someMetric.ts'
import { someMember } from './standingSetup.ts'
import { FACTS_AT, wellFacts } from './wellFacts.ts'

const calls = someMetric('calls.concurrent', { title: 'Calls', group: 'sessions' })

const source = (known: Partial<SourceStatus> = {}): SourceStatus => ({
  id: sourceId('calls'),
  title: 'Call metrics',
  everyMs: durationMs(2_000),
  metrics: [calls.id],
  state: 'ok',
  lastOkAt: later(FACTS_AT, -2_000),
  failingSince: null,
  failure: null,
  nextAt: null,
  skippedTicks: 0,
  ...known,
})

type Use = {
  /** Calls in use; the limit is 1 000. */
  used: number
  /** How old the newest sample is. */
  ageSeconds?: number
  refused?: number
  facts?: Partial<OrgFacts>
}

/** An organisation with ten minutes of calls that rise to `used`. */
export function usingMember(name: string, { used, ageSeconds = 2, refused = 0, facts = {} }: Use) {
  const at = later(FACTS_AT, -1_000 * ageSeconds)
  const member = someMember(name, {
    metrics: [calls],
    sources: [source({ lastOkAt: at })],
    ...facts,
  })
  const times = Array.from({ length: 300 }, (_, i) => at - 2_000 * (299 - i))
  member.monitor.observe(
    observation({
      samples: [
        {
          metric: calls.id,
          series: {
            timeMs: Float64Array.from(times),
            value: Float64Array.from(times, (_, i) => Math.min(used, used - 60 + i)),
          },
        },
      ],
      limits: [{ metric: calls.id, step: { from: epochMs(0), value: 1_000, source: 'registry' } }],
      errors: Array.from({ length: refused }, (_, i) =>
        errorEvent({ at: later(FACTS_AT, -1_000 * (i + 1)), class: 'capacity', source: 'feed' }),
      ),
    }),
  )
  return member
}

const unreachable = {
  state: 'failing' as const,
  failingSince: later(FACTS_AT, -2_280_000),
  failure: {
    kind: 'network' as const,
    message: 'No reply.',
    status: null,
    retryAfterMs: null,
    permission: null,
  },
}

/** One whose network is gone since 38 minutes. */
export const blindMember = (name: string) =>
  usingMember(name, {
    used: 500,
    ageSeconds: 2_280,
    facts: {
      sources: [source({ ...unreachable, lastOkAt: later(FACTS_AT, -2_280_000) } as never)],
    },
  })

const place = (name: string, region: string, domain: string) => ({
  ...wellFacts().organisation,
  id: orgId(name.toLowerCase().replaceAll(' ', '-')),
  name,
  region,
  domain,
})

/** Twelve organisations in all the ways they can stand. */
export const manyMembers = (): readonly Member[] => [
  usingMember('Dogwood Travel', { used: 640 }),
  usingMember('Alder Retail', { used: 1_000, refused: 184 }),
  usingMember('Birch Health', {
    used: 842,
    facts: { organisation: place('Birch Health', 'us_east_1', 'mypurecloud.com') },
  }),
  blindMember('Cedar Bank'),
  usingMember('Elm Energy', { used: 415 }),
  usingMember('Fir Public', { used: 930, refused: 3 }),
  usingMember('Hazel Insurance', {
    used: 120,
    ageSeconds: 12,
  }),
  {
    ...someMember('Larch Logistics'),
    watch: {
      kind: 'failed',
      since: later(FACTS_AT, -480_000),
      reason: 'This browser has no service workers here, which a simulated organisation needs.',
    },
  },
  { ...someMember('Maple Media'), watch: null, isSignedIn: false },
  {
    ...someMember('Oak Utilities'),
    watch: { kind: 'starting', since: later(FACTS_AT, -22_000), isLate: true },
  },
  { ...someMember('Pine Savings'), watch: { kind: 'queued' } },
  usingMember('Gesellschaft für besonders lange Organisationsnamen mit beschränkter Haftung', {
    used: 240,
    facts: { session: { kind: 'signedOut', reason: 'expired' } },
  }),
]
