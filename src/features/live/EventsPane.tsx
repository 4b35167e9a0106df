import { ERROR_CLASSES, type ErrorClass, type ErrorEvent } from '#domain/errors/errorEvent.ts'
import { formatCount } from '#domain/format.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import type { EpochMs } from '#domain/units.ts'
import { pinAt, usePinnedAt } from '#state/crosshair.ts'
import { Kbd } from '#ui/controls/Kbd.tsx'
import { ClassFilter } from '#ui/events/ClassFilter.tsx'
import { EventTable } from '#ui/events/EventTable.tsx'
import classes from './EventsPane.module.css'
import { useGrading } from './useGrading.ts'

type Props = {
  /** Events of the window and of the chosen classes, newest first. */
  events: readonly ErrorEvent[]
  /** Failures in the window by class. */
  counts: Readonly<Record<ErrorClass, number>>
  /** Classes shown; null: all. */
  chosen: readonly ErrorClass[] | null
  onChoose: (classes: readonly ErrorClass[] | null) => void
  /** The metric whose limit is on trial; null where there is none. */
  judged: Metric | null
  usedThen: (at: EpochMs) => number | null
  /** How far from the crosshair an event may lie to be marked. */
  withinMs: number
  /** Whether the window is longer than a day. */
  hasDays: boolean
  zone: string
}

/** Every error event of the window: filter by class, choose one to move the crosshair to it, open it for all that is known. */
export function EventsPane({ counts, chosen, onChoose, judged, ...shown }: Props) {
  // The marked row is the crosshair's; one that only follows the pointer marks none.
  const pinnedAt = usePinnedAt()
  const grading = useGrading(judged)
  const total = ERROR_CLASSES.reduce((sum, name) => sum + counts[name], 0)
  return (
    <section className={classes.pane} aria-label="Events">
      <header className={classes.head}>
        <h2 className={classes.title}>Events</h2>
        <span className={classes.quiet}>{formatCount(total)} in window</span>
        <ClassFilter counts={counts} chosen={chosen} onChoose={onChoose} />
        <span className={classes.keys} aria-hidden="true">
          Next event <Kbd>N</Kbd> previous <Kbd>P</Kbd> open row <Kbd>Enter</Kbd>
        </span>
      </header>
      <EventTable
        {...shown}
        pinnedAt={pinnedAt}
        onPin={pinAt}
        grading={grading}
        empty={
          chosen && total > 0
            ? 'No event of the chosen classes in this window.'
            : 'No errors in this window.'
        }
      />
    </section>
  )
}
