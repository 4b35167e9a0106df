import type { CSSProperties } from 'react'
import type { MetricId, SourceId } from '#domain/units.ts'
import { Tile } from '#ui/tile/Tile.tsx'
import { RestOfTiles } from './RestOfTiles.tsx'
import type { ListedTile } from './tileList.ts'
import { TILES_BESIDE, TILES_SHOWN } from './tileOrder.ts'
import classes from './Tiles.module.css'

type Props = {
  /** Worst headroom first. */
  tiles: readonly ListedTile[]
  onTryNow: (source: SourceId) => void
  /** Whether more than the first row is shown. */
  isOpen: boolean
  /** Whether something lies open beside them: there is room for three and a list of the rest. */
  isNarrow: boolean
  onShowAll: () => void
  /** Puts a metric's series into its chart. */
  onShow: (metric: MetricId) => void
}

/** The metrics, worst headroom first: six, and the rest on demand. */
export function Tiles({ tiles, isOpen, isNarrow, onTryNow, onShowAll, onShow }: Props) {
  if (tiles.length === 0) return null
  const hasList = isNarrow && !isOpen && tiles.length > TILES_BESIDE + 1
  const shown = isOpen ? tiles : tiles.slice(0, hasList ? TILES_BESIDE : TILES_SHOWN)
  const columns = isNarrow ? TILES_BESIDE + 1 : Math.min(TILES_SHOWN, Math.max(4, tiles.length))
  return (
    <section className={classes.tiles} aria-labelledby="metrics-heading">
      <h2 id="metrics-heading" className="visually-hidden">
        Metrics, worst headroom first
      </h2>
      <ul
        className={classes.list}
        data-columns={columns}
        style={{ '--columns': columns } as CSSProperties}
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
        {hasList ? (
          <li className={classes.item}>
            <RestOfTiles tiles={tiles.slice(TILES_BESIDE)} onShowAll={onShowAll} />
          </li>
        ) : null}
      </ul>
    </section>
  )
}
