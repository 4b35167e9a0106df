import type { ErrorEvent } from '#domain/errors/errorEvent.ts'
import { GRADE_WORDS } from '#domain/errors/grade.ts'
import { PLACE_WORDS } from '#domain/errors/gradeWords.ts'
import type { Grading } from '#domain/errors/grading.ts'
import { formatClock, formatCount, formatPercent, formatZone } from '#domain/format.ts'
import { dayAndClock } from '#domain/timeline/dayAndClock.ts'
import type { EpochMs } from '#domain/units.ts'
import { CopyButton } from '../controls/CopyButton.tsx'
import { ErrorGlyph } from '../glyphs/ErrorGlyph.tsx'
import type { Column } from '../table/VirtualTable.tsx'
import classes from './eventColumns.module.css'

/** Who says so, in words. */
export const REPORTERS: Readonly<Record<ErrorEvent['source'], string>> = {
  monitor: 'Tidemark’s request',
  feed: 'feed',
  jtl: 'JTL',
  har: 'HAR',
  k6: 'k6',
  artillery: 'Artillery',
  autocannon: 'autocannon',
  gatling: 'Gatling',
  csv: 'CSV',
}

/** What is not known is a dash, never an empty cell. */
const orDash = (text: string | null) => text ?? <span className={classes.dash}>–</span>

/** What stands in the cells beside the event itself. */
type Shown = {
  /** The heading of the time names its zone as of then. */
  at: EpochMs | null
  zone: string
  /** Whether the window is longer than a day: a clock time then needs its day. */
  hasDays: boolean
  usedThen: (at: EpochMs) => number | null
  grading: Grading
}

type Sized = Omit<Column<ErrorEvent>, 'width'> & {
  /** What its longest words need. */
  minPx: number
  /** Its share of the room that is left; none: it stays as it is. */
  grows?: number
  /** The narrower column that says the same and makes way for it. */
  insteadOf?: string
}

/** What finds a place only where there is room, the most wanted first; the row's dialog has all of it. */
const WHERE_ROOM = [
  'route',
  'copy',
  'used',
  'status',
  'grade',
  'app',
  'source',
  'correlation',
  'place',
] as const
/** The table's own margins, and its scroll bar. */
const BESIDE_PX = 2 * 24 + 16

/** The columns of the event table that fit a width in whole; null, not laid out yet: all of them. */
export function eventColumns(shown: Shown, widthPx: number | null): readonly Column<ErrorEvent>[] {
  const all = allColumns(shown)
  const named = (id: string) => all.find((column) => column.id === id)
  const optional = WHERE_ROOM.map((id) => named(id)!)
  const fitting = new Set(all.filter((column) => !optional.includes(column)))
  const neededPx = () => [...fitting].reduce((sum, { minPx }) => sum + minPx, BESIDE_PX)
  for (const column of optional) {
    const narrower = column.insteadOf === undefined ? undefined : named(column.insteadOf)
    const addedPx = column.minPx - (narrower?.minPx ?? 0)
    if (widthPx !== null && neededPx() + addedPx > widthPx) continue
    fitting.add(column)
    if (narrower) fitting.delete(narrower)
  }
  return all
    .filter((column) => fitting.has(column))
    .map(({ minPx, grows, ...column }) => ({
      ...column,
      width: grows ? `minmax(${minPx}px, ${grows}fr)` : `${minPx}px`,
    }))
}

const allColumns = ({ at, zone, hasDays, usedThen, grading }: Shown): readonly Sized[] => [
  {
    id: 'time',
    heading: `Time, ${at === null ? zone : formatZone(at, zone).split(',')[0]!}`,
    minPx: hasDays ? 96 : 80,
    grows: 1,
    cell: (event) => (hasDays ? dayAndClock(event.at, zone) : formatClock(event.at, zone)),
  },
  {
    id: 'class',
    heading: 'Class',
    minPx: 88,
    grows: 1,
    cell: (event) => (
      <>
        <ErrorGlyph errorClass={event.class} />
        {event.class}
      </>
    ),
  },
  {
    id: 'status',
    heading: 'Status',
    minPx: 52,
    grows: 0.6,
    cell: (event) => orDash(event.status === null ? null : String(event.status)),
  },
  {
    id: 'count',
    heading: 'Count',
    minPx: 64,
    grows: 0.7,
    isNumber: true,
    cell: (event) => formatCount(event.count),
  },
  {
    id: 'route',
    heading: 'Route',
    minPx: 160,
    grows: 2.6,
    cell: (event) => (
      <span className={classes.long} title={event.route ?? undefined}>
        {orDash(event.route)}
      </span>
    ),
  },
  {
    id: 'place',
    heading: 'Where',
    minPx: 104,
    grows: 0.6,
    cell: (event) => orDash(PLACE_WORDS[event.place]),
  },
  {
    id: 'app',
    heading: 'App',
    minPx: 96,
    grows: 1.2,
    cell: (event) => (
      <span className={classes.long} title={event.app ?? undefined}>
        {orDash(event.app)}
      </span>
    ),
  },
  {
    id: 'used',
    heading: 'Used then',
    minPx: 80,
    grows: 0.8,
    isNumber: true,
    cell: (event) => {
      const ratio = usedThen(event.at)
      return ratio === null ? orDash(null) : formatPercent(ratio)
    },
  },
  {
    id: 'grade',
    heading: 'Grade',
    minPx: 120,
    grows: 0.8,
    cell: (event) => {
      const grade = grading(event)?.grade
      return orDash(grade ? `${grade} ${GRADE_WORDS[grade]}` : null)
    },
  },
  {
    id: 'source',
    heading: 'Reported by',
    minPx: 128,
    grows: 0.8,
    cell: (event) => REPORTERS[event.source],
  },
  {
    id: 'copy',
    heading: 'Id',
    minPx: 40,
    cell: ({ correlationId }) =>
      correlationId === null ? (
        orDash(null)
      ) : (
        <span title={correlationId}>
          <CopyButton text={correlationId} what="correlation id" />
        </span>
      ),
  },
  {
    id: 'correlation',
    heading: 'Correlation id',
    minPx: 312,
    insteadOf: 'copy',
    cell: ({ correlationId }) =>
      correlationId === null ? (
        orDash(null)
      ) : (
        <>
          <code className={classes.id} title={correlationId}>
            {correlationId}
          </code>
          <CopyButton text={correlationId} what="correlation id" />
        </>
      ),
  },
]
