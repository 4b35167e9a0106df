import { useCallback, useMemo } from 'react'
import type { ErrorClass } from '#domain/errors/errorEvent.ts'
import { formatCount } from '#domain/format.ts'
import type { Incident } from '#domain/incident/incident.ts'
import { incidentSubject, limitsOf } from '#domain/incident/incidentEvidence.ts'
import { incidentGrading } from '#domain/incident/incidentGrading.ts'
import { usedThen as usedThenOf } from '#domain/metrics/usedThen.ts'
import { binOf } from '#domain/timeline/binOf.ts'
import { DAY_MS, elapsed, type EpochMs, later } from '#domain/units.ts'
import { countsByClass } from '#monitor/countsByClass.ts'
import type { IncidentStores } from '#monitor/review/incidentStores.ts'
import { pinAt, usePinnedAt } from '#state/crosshair.ts'
import { ClassFilter } from '#ui/events/ClassFilter.tsx'
import { EventTable } from '#ui/events/EventTable.tsx'
import classes from './ReviewErrors.module.css'

type Props = {
  incident: Incident
  stores: IncidentStores
  zone: string
  /** The classes that are listed; null: all. */
  chosen: readonly ErrorClass[] | null
  onChoose: (classes: readonly ErrorClass[] | null) => void
}

/** The single errors of an incident, judged by the limits and thresholds of then. */
export function ReviewErrors({ incident, stores, zone, chosen, onChoose }: Props) {
  const { from, to } = incident
  const { drawn, errors } = stores
  const pinnedAt = usePinnedAt()
  // What lies on the end of the window is drawn, so it is listed.
  const end = later(to, 1)
  const counts = useMemo(() => countsByClass(errors, from, end), [errors, from, end])
  const events = useMemo(
    () => errors.between(from, end, chosen ? new Set(chosen) : undefined).toReversed(),
    [errors, from, end, chosen],
  )
  const subject = useMemo(() => incidentSubject(incident).metric, [incident])
  const grading = useMemo(
    () => incidentGrading(incident, (at) => drawn.tier(at, at) === null),
    [incident, drawn],
  )
  const usedThen = useCallback(
    (at: EpochMs) =>
      subject ? usedThenOf(drawn, subject, limitsOf(incident).get(subject.id) ?? [], at) : null,
    [drawn, subject, incident],
  )
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return (
    <section className={classes.errors} aria-labelledby="errors-heading">
      <header className={classes.head}>
        <h2 id="errors-heading">Errors</h2>
        <span className={classes.quiet}>{formatCount(total)} in window</span>
        <ClassFilter counts={counts} chosen={chosen} onChoose={onChoose} />
      </header>
      <div className={classes.table}>
        <EventTable
          events={events}
          pinnedAt={pinnedAt}
          onPin={pinAt}
          withinMs={binOf(subject, elapsed(from, to))}
          usedThen={usedThen}
          grading={grading}
          hasDays={elapsed(from, to) > DAY_MS}
          zone={zone}
          empty={
            chosen && total > 0
              ? 'No error of the chosen classes in this window.'
              : 'No errors in this window.'
          }
        />
      </div>
    </section>
  )
}
