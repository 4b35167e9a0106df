import type { Observation } from '#domain/observation.ts'
import type { OrgId } from '#domain/units.ts'
import type { Clock, Timer } from '#monitor/clock.ts'
import { repeat } from '#monitor/repeat.ts'
import { createProbeReception, type ProbeOutcome } from '#sources/probe/probeReception.ts'
import type { ProbesTold } from '#sources/probe/probesTold.ts'
import { type HttpReply, refusal } from '../http/reply.ts'

/** Takes what connection probes report, and sums it for the organisations that expect it. */
export type ProbeDoor = {
  /** One report as it was sent. */
  take: (text: string) => HttpReply
  /** How the probes of an organisation do; null where it expects none. */
  told: (organisation: OrgId) => ProbesTold | null
  /** Tells the sums from now on. */
  start: () => void
  stop: () => void
}

type Options = {
  /** Which apps report for which organisation; no app for two. */
  apps: readonly { organisation: OrgId; apps: readonly string[] }[]
  clock: Clock
  timer: Timer
  observe: (organisation: OrgId, observed: Observation) => void
}

const TAKEN: HttpReply = { status: 204, headers: {}, body: '' }

/** A door that nobody needs a token for: a page has no secret. What cannot be is refused, with its reason. */
export function createProbeDoor({ apps, clock, timer, observe }: Options): ProbeDoor {
  const reception = createProbeReception({ now: clock.now, reportedTo: 'recorder' })
  const desks = apps.map((expected) => ({
    organisation: expected.organisation,
    desk: reception.expect(expected.organisation, expected.apps),
  }))
  let stops: (() => void)[] = []
  return {
    start() {
      stops = desks.map(({ organisation, desk }) =>
        repeat(timer, desk.everyMs, () => observe(organisation, desk.observe())),
      )
    },
    take: (text) => replyTo(reception.take(text)),
    told: (organisation) => reception.deskOf(organisation)?.told() ?? null,
    stop() {
      for (const stop of stops) stop()
    },
  }
}

function replyTo(outcome: ProbeOutcome): HttpReply {
  if (outcome.ok) return TAKEN
  const { refusal: reason, problem } = outcome
  switch (reason) {
    case 'unreadable':
      return refusal(400, `This is no report of a probe: ${problem}.`)
    case 'unexpected':
      return refusal(403, 'No organisation expects reports of this app.')
    // Full is the server's matter, everything else the report's.
    case 'tooMany':
    case 'tooManyDocuments':
    case 'tooManyApps':
      return refusal(503, `The report is not counted: ${problem}.`)
    default:
      return refusal(409, `The report is not counted: ${problem}.`)
  }
}
