import type { ErrorEvent } from '#domain/errors/errorEvent.ts'
import { formatClock, formatCount, formatPercent, formatZone } from '#domain/format.ts'
import type { EpochMs } from '#domain/units.ts'
import { CopyButton } from '#ui/controls/CopyButton.tsx'
import { ErrorGlyph } from '#ui/glyphs/ErrorGlyph.tsx'
import type { Column } from '#ui/table/VirtualTable.tsx'
import classes from './eventColumns.module.css'

/** Who says so, in words. */
export const REPORTERS: Readonly<Record<ErrorEvent['source'], string>> = {
  monitor: 'Tidemark’s request',
  feed: 'feed',
  jtl: 'JTL',
}

/** What is not known is a dash, never an empty cell. */
const orDash = (text: string | null) => text ?? <span className={classes.dash}>–</span>

/** The columns of the event table. The heading of the time names its zone as of `at`. */
export function eventColumns(
  at: EpochMs | null,
  zone: string,
  usedThen: (at: EpochMs) => number | null,
): readonly Column<ErrorEvent>[] {
  const zoneName = at === null ? zone : formatZone(at, zone).split(',')[0]!
  return [
    {
      id: 'time',
      heading: `Time, ${zoneName}`,
      width: 'minmax(80px, 1fr)',
      cell: (event) => formatClock(event.at, zone),
    },
    {
      id: 'class',
      heading: 'Class',
      width: 'minmax(96px, 1fr)',
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
      width: 'minmax(56px, 0.6fr)',
      cell: (event) => orDash(event.status === null ? null : String(event.status)),
    },
    {
      id: 'count',
      heading: 'Count',
      width: 'minmax(64px, 0.7fr)',
      isNumber: true,
      cell: (event) => formatCount(event.count),
    },
    {
      id: 'route',
      heading: 'Route',
      width: 'minmax(160px, 2.6fr)',
      cell: (event) => (
        <span className={classes.long} title={event.route ?? undefined}>
          {orDash(event.route)}
        </span>
      ),
    },
    {
      id: 'app',
      heading: 'App',
      width: 'minmax(96px, 1.2fr)',
      cell: (event) => (
        <span className={classes.long} title={event.app ?? undefined}>
          {orDash(event.app)}
        </span>
      ),
    },
    {
      id: 'used',
      heading: 'Used then',
      width: 'minmax(88px, 0.8fr)',
      isNumber: true,
      cell: (event) => {
        const ratio = usedThen(event.at)
        return ratio === null ? orDash(null) : formatPercent(ratio)
      },
    },
    {
      id: 'source',
      heading: 'Reported by',
      width: 'minmax(136px, 1fr)',
      cell: (event) => REPORTERS[event.source],
    },
    {
      id: 'correlation',
      heading: 'Correlation id',
      width: '320px',
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
}
