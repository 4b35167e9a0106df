import { attemptsOf } from '../evidence/demand/attempts.ts'
import { type BeforeAfter, beforeAfterOf } from '../evidence/raise/beforeAfter.ts'
import type { FailureColumns } from '../evidence/watchedSeries.ts'
import type { Series } from '../series/series.ts'
import type { Incident, Span } from './incident.ts'
import { incidentInput } from './incidentEvidence.ts'

/**
 * What is said of a raise of the subject's limit that lies between two windows, from what happened in
 * them alone; null where the newest raise up to the end of `b` is not the one from the limit of `a`
 * to that of `b`, or does not lie between them.
 */
export function comparedRaise(
  incident: Incident,
  a: Span,
  b: Span,
  limits: { a: number; b: number },
): BeforeAfter | null {
  if (a.to > b.from) return null
  const input = incidentInput(incident, { from: a.from, to: b.to })
  if (!input.subject) return null
  const isIn = (at: number) => (at >= a.from && at < a.to) || (at >= b.from && at < b.to)
  // What happened between the windows is no part of the comparison: not measured, as far as it goes.
  const seen = (series: Series): Series => ({
    timeMs: series.timeMs,
    value: series.value.map((value, i) => (isIn(series.timeMs[i]!) ? value : Number.NaN)),
  })
  const clients = incident.clients.filter(({ at }) => isIn(at))
  const raise = beforeAfterOf({
    from: a.from,
    to: b.to,
    subject: { ...input.subject, series: seen(input.subject.series) },
    capacity: within(input.capacity, isIn),
    attempts: input.attempts && seen(input.attempts),
    clients: clients.length > 0 ? attemptsOf(clients) : null,
    guards: input.guards.map((guard) => ({
      ...guard,
      series: seen(guard.series),
      load: guard.load.map(seen),
    })),
  })
  const isThis =
    raise !== null &&
    raise.oldLimit === limits.a &&
    raise.newLimit === limits.b &&
    raise.at >= a.to &&
    raise.at <= b.from
  return isThis ? raise : null
}

const within = ({ timeMs, count }: FailureColumns, isIn: (at: number) => boolean) => ({
  timeMs: timeMs.filter(isIn),
  count: count.filter((_, i) => isIn(timeMs[i]!)),
})
