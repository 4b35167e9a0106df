import { useCallback, useMemo, useState } from 'react'
import type { ErrorEvent } from '#domain/errors/errorEvent.ts'
import type { Grading } from '#domain/errors/grading.ts'
import type { EpochMs } from '#domain/units.ts'
import { useElementSize } from '../charts/useElementSize.ts'
import { VirtualTable } from '../table/VirtualTable.tsx'
import { EventDialog } from './EventDialog.tsx'
import { eventColumns } from './eventColumns.tsx'
import classes from './EventTable.module.css'

type Props = {
  /** Newest first. */
  events: readonly ErrorEvent[]
  /** The instant the crosshair is pinned at: the event there is marked. */
  pinnedAt: EpochMs | null
  onPin: (at: EpochMs) => void
  /** How far from that instant an event may lie to be marked. */
  withinMs: number
  /** Share of the limit on trial that was used at an instant; null where not known. */
  usedThen: (at: EpochMs) => number | null
  grading: Grading
  /** Whether the window is longer than a day. */
  hasDays: boolean
  zone: string
  /** Said in place of events. */
  empty: string
}

/** Single errors: choose one to pin the crosshair at it, open it for all that is known. */
export function EventTable(props: Props) {
  const { events, pinnedAt, onPin, withinMs, usedThen, grading, hasDays, zone, empty } = props
  const [picked, setPicked] = useState<ErrorEvent | null>(null)
  const [opened, setOpened] = useState<ErrorEvent | null>(null)
  const [room, setRoom] = useState<HTMLElement | null>(null)
  const widthPx = useElementSize(room)?.width ?? null
  const zoneAt = events[0]?.at ?? pinnedAt
  const columns = useMemo(
    () => eventColumns({ at: zoneAt, zone, hasDays, usedThen, grading }, widthPx),
    [zoneAt, zone, hasDays, usedThen, grading, widthPx],
  )
  const selected =
    picked && picked.at === pinnedAt
      ? events.indexOf(picked)
      : indexNear(events, pinnedAt, withinMs)
  const select = useCallback(
    (index: number) => {
      const event = events[index]!
      setPicked(event)
      onPin(event.at)
    },
    [events, onPin],
  )
  return (
    <div ref={setRoom} className={classes.room}>
      <VirtualTable
        label="Error events, newest first"
        columns={columns}
        rows={events}
        keyOf={eventKey}
        selected={selected}
        onSelect={select}
        onOpen={(index) => setOpened(events[index]!)}
        empty={empty}
      />
      <EventDialog
        event={opened}
        used={opened && usedThen(opened.at)}
        grade={opened && grading(opened)}
        zone={zone}
        onClose={() => setOpened(null)}
      />
    </div>
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
