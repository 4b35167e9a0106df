import { useState } from 'react'
import type { Metric } from '#domain/metrics/metric.ts'
import type { SourceId } from '#domain/units.ts'
import { Tile } from '#ui/tile/Tile.tsx'
import type { TileReading } from '#ui/tile/tileReading.ts'
import classes from './Tiles.module.css'

export type LiveTile = {
  metric: Metric
  reading: TileReading
  /** What "Try now" asks. */
  source: SourceId | null
  /** Puts this metric's series into a chart; null where it is there, or has none. */
  show: (() => void) | null
}

type Props = { tiles: readonly LiveTile[]; onTryNow: (source: SourceId) => void }

const SHOWN = 6

/** The metrics, worst headroom first: six, and the rest on demand. */
export function Tiles({ tiles, onTryNow }: Props) {
  const [isOpen, setIsOpen] = useState(false)
  const rest = tiles.length - SHOWN
  const shown = isOpen ? tiles : tiles.slice(0, SHOWN)
  if (tiles.length === 0) return null
  return (
    <section className={classes.tiles} aria-label="Metrics, worst headroom first">
      <ul
        className={classes.list}
        style={{ '--columns': Math.min(SHOWN, Math.max(4, tiles.length)) } as React.CSSProperties}
      >
        {shown.map(({ metric, reading, source, show }) => (
          <li key={metric.id} className={classes.item}>
            <Tile
              reading={reading}
              thresholds={metric.thresholds}
              provenance={metric.provenance}
              scope={metric.scope}
              onTryNow={source ? () => onTryNow(source) : undefined}
              onShow={show ?? undefined}
            />
          </li>
        ))}
      </ul>
      {rest > 0 ? (
        <button
          type="button"
          className={classes.more}
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        >
          {isOpen ? 'Six worst only' : `${rest} more`}
        </button>
      ) : null}
    </section>
  )
}
