import type { Observation } from '#domain/observation.ts'
import { durationMs, type OrgId } from '#domain/units.ts'
import type { Clock, Timer } from '#monitor/clock.ts'
import { repeat } from '#monitor/repeat.ts'
import { createProbeBook } from '#sources/probe/probeBook.ts'
import { readReport } from '#sources/probe/readReport.ts'
import { type HttpReply, refusal } from '../http/reply.ts'

/** Takes what connection probes report, and sums it for the organisations that expect it. */
export type ProbeDoor = {
  /** One report as it was sent. */
  take: (text: string) => HttpReply
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

/** As often as a probe reports. */
const EVERY_MS = durationMs(10_000)

const TAKEN: HttpReply = { status: 204, headers: {}, body: '' }

/** A door that nobody needs a token for: a page has no secret. What cannot be is refused, with its reason. */
export function createProbeDoor({ apps, clock, timer, observe }: Options): ProbeDoor {
  const books = apps.map((expected) => ({
    ...expected,
    book: createProbeBook({ now: clock.now, intervalMs: EVERY_MS, apps: expected.apps }),
  }))
  let stop: () => void = () => undefined
  return {
    start() {
      stop = repeat(timer, EVERY_MS, () => {
        for (const { organisation, book } of books) observe(organisation, book.observe())
      })
    },
    take(text) {
      const report = readReport(text)
      if (!report.ok) return refusal(400, `This is no report of a probe: ${report.problem}.`)
      const { app } = report.value
      const expected = books.find((one) => one.apps.includes(app))
      if (!expected) return refusal(403, 'No organisation expects reports of this app.')
      const taken = expected.book.take(report.value)
      if (taken.ok) return TAKEN
      // Full is the server's matter, everything else the report's.
      const isFull = taken.refusal === 'tooManyDocuments' || taken.refusal === 'tooManyApps'
      return refusal(isFull ? 503 : 409, `The report is not counted: ${taken.problem}.`)
    },
    stop: () => stop(),
  }
}
