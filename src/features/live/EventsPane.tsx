import { useCallback, useMemo, useState } from 'react'
import { ERROR_CLASSES, type ErrorClass, type ErrorEvent } from '#domain/errors/errorEvent.ts'
import { formatCount } from '#domain/format.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import type { EpochMs } from '#domain/units.ts'
import { pinAt, usePinnedAt } from '#state/crosshair.ts'
import { useElementSize } from '#ui/charts/useElementSize.ts'
import { Kbd } from '#ui/controls/Kbd.tsx'
import { ErrorGlyph } from '#ui/glyphs/ErrorGlyph.tsx'
import { VirtualTable } from '#ui/table/VirtualTable.tsx'
import { EventDialog } from './EventDialog.tsx'
import { eventColumns } from './eventColumns.tsx'
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
export function EventsPane(props: Props) {
  const { events, counts, chosen, onChoose, judged, usedThen, withinMs, hasDays, zone } = props
  // The marked row is the crosshair's; one that only follows the pointer marks none.
  const at = usePinnedAt()
  const [picked, setPicked] = useState<ErrorEvent | null>(null)
  const [opened, setOpened] = useState<ErrorEvent | null>(null)
  const total = ERROR_CLASSES.reduce((sum, name) => sum + counts[name], 0)
  const zoneAt = events[0]?.at ?? at
  const grading = useGrading(judged)
  const [pane, setPane] = useState<HTMLElement | null>(null)
  const widthPx = useElementSize(pane)?.width ?? null
  const columns = useMemo(
    () => eventColumns({ at: zoneAt, zone, hasDays, usedThen, grading }, widthPx),
    [zoneAt, zone, hasDays, usedThen, grading, widthPx],
  )
  const selected =
    picked && picked.at === at ? events.indexOf(picked) : indexNear(events, at, withinMs)
  const select = useCallback(
    (index: number) => {
      const event = events[index]!
      setPicked(event)
      pinAt(event.at)
    },
    [events],
  )
  return (
    <section ref={setPane} className={classes.pane} aria-label="Events">
      <header className={classes.head}>
        <h2 className={classes.title}>Events</h2>
        <span className={classes.quiet}>{formatCount(total)} in window</span>
        <ClassFilter counts={counts} chosen={chosen} onChoose={onChoose} />
        <span className={classes.keys} aria-hidden="true">
          Next event <Kbd>N</Kbd> previous <Kbd>P</Kbd> open row <Kbd>Enter</Kbd>
        </span>
      </header>
      <div className={classes.table}>
        <VirtualTable
          label="Error events, newest first"
          columns={columns}
          rows={events}
          keyOf={eventKey}
          selected={selected}
          onSelect={select}
          onOpen={(index) => setOpened(events[index]!)}
          empty={
            chosen && total > 0
              ? 'No event of the chosen classes in this window.'
              : 'No errors in this window.'
          }
        />
      </div>
      <EventDialog
        event={opened}
        used={opened && usedThen(opened.at)}
        grade={opened && grading(opened)}
        zone={zone}
        onClose={() => setOpened(null)}
      />
    </section>
  )
}

/** The position tells equal events apart: two clients may fail alike in the same millisecond. */
const eventKey = (event: ErrorEvent, index: number) => `${event.at}-${event.class}-${index}`

/** The event nearest to an instant, within what one place of the crosshair stands for; −1: none. */
function indexNear(events: readonly ErrorEvent[], at: EpochMs | null, withinMs: number): number {
  if (at === null) return -1
  // Newest first: the first one that is not newer, or the one before it.
  const older = firstIndex(events, (event) => event.at <= at)
  const distance = (index: number) => Math.abs((events[index]?.at ?? Infinity) - at)
  const nearest = distance(older - 1) < distance(older) ? older - 1 : older
  return distance(nearest) <= withinMs ? nearest : -1
}

function firstIndex<T>(sorted: readonly T[], holds: (item: T) => boolean): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(sorted[middle]!)) high = middle
    else low = middle + 1
  }
  return low
}

type FilterProps = Pick<Props, 'counts' | 'chosen' | 'onChoose'>

/** A button per class that occurs: pressed ones are shown; none pressed shows all. */
function ClassFilter({ counts, chosen, onChoose }: FilterProps) {
  const present = ERROR_CLASSES.filter((name) => counts[name] > 0 || chosen?.includes(name))
  const toggle = (name: ErrorClass) => {
    const next = chosen?.includes(name)
      ? chosen.filter((other) => other !== name)
      : [...(chosen ?? []), name]
    onChoose(next.length > 0 ? next : null)
  }
  return (
    <div className={classes.filter} role="group" aria-label="Classes">
      {present.map((name) => (
        <button
          key={name}
          type="button"
          className={classes.chip}
          aria-pressed={chosen?.includes(name) ?? false}
          onClick={() => toggle(name)}
        >
          <ErrorGlyph errorClass={name} />
          {name} <b>{formatCount(counts[name])}</b>
        </button>
      ))}
    </div>
  )
}
