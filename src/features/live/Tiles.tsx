import type { CSSProperties } from 'react'
import type { MetricId, SourceId } from '#domain/units.ts'
import { Tile } from '#ui/tile/Tile.tsx'
import type { ListedTile } from './tileList.ts'
import { TILES_SHOWN } from './tileOrder.ts'
import classes from './Tiles.module.css'

type Props = {
  /** Worst headroom first. */
  tiles: readonly ListedTile[]
  onTryNow: (source: SourceId) => void
  /** Whether more than the first row is shown. */
  isOpen: boolean
  /** Puts a metric's series into its chart. */
  onShow: (metric: MetricId) => void
}

/** The metrics, worst headroom first: six, and the rest on demand. */
export function Tiles({ tiles, isOpen, onTryNow, onShow }: Props) {
  const shown = isOpen ? tiles : tiles.slice(0, TILES_SHOWN)
  if (tiles.length === 0) return null
  return (
    <section className={classes.tiles} aria-labelledby="metrics-heading">
      <h2 id="metrics-heading" className="visually-hidden">
        Metrics, worst headroom first
      </h2>
      <ul
        className={classes.list}
        style={{ '--columns': Math.min(TILES_SHOWN, Math.max(4, tiles.length)) } as CSSProperties}
      >
        {shown.map(({ metric, reading, source }) => (
          <li key={metric.id} className={classes.item}>
            <Tile
              reading={reading}
              thresholds={metric.thresholds}
              provenance={metric.provenance}
              scope={metric.scope}
              onTryNow={source ? () => onTryNow(source) : undefined}
              onShow={metric.kind === 'gauge' ? () => onShow(metric.id) : undefined}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}
