import { type ReactNode, useCallback, useState } from 'react'
import { CrosshairDots } from './CrosshairDots.tsx'
import classes from './charts.module.css'
import type { FloorLine, PanelLimit, PanelSeries, TimeWindow } from './chartData.ts'
import { useChartStack } from './chartStackContext.ts'
import { niceScale, type ValueScale } from '#domain/charts/niceScale.ts'
import { limitPieces } from './paintLimit.ts'
import { PanelCanvas } from './PanelCanvas.tsx'
import { createPanelView } from './panelView.ts'
import { Shell } from './Shell.tsx'
import { useElementSize } from './useElementSize.ts'
import { useTurn } from './useTurn.ts'

type Props = {
  /** The first one is the panel's own: its limit, its gaps. Stable, or the panel subscribes anew. */
  series: readonly PanelSeries[]
  /** Null where nothing limits what is shown, e.g. a queue. */
  limit: PanelLimit | null
  /** What iterations left behind of the first series; stable, like the series. */
  floors?: FloorLine | null
  /** One sentence that says what the chart shows. */
  summary: string
  /** Its stretches at the limit are tinted in the other rows too. At most one per stack. */
  isLeading?: boolean
  /** Words instead of a picture: empty or failed, with what the user can do. */
  notice?: ReactNode
}

/** Nothing to label: numbers beside an empty plot would be made up. */
const EMPTY_SCALE: ValueScale = { min: 0, max: 1, ticks: [] }
/** Room above a limit for its label, and above a mere line for air. */
const LABEL_ROOM_PX = 16
const AIR_PX = 5
/** A requested limit further above all that is known than this is said in words. */
const MOST_AHEAD = 2

/**
 * One chart of the stack: series against a limit, on the shared time axis. Fills its parent; the plot
 * begins `AXIS_WIDTH` from the left and ends at the right edge. The canvas is there at once; the
 * shell, which costs more, after the first picture when it is its turn, and whenever scale or size
 * have come to rest.
 */
export function SeriesPanel(props: Props) {
  const { series, limit, floors = null, summary, isLeading = false, notice } = props
  const { turns } = useChartStack()
  const [host, setHost] = useState<HTMLDivElement | null>(null)
  const size = useElementSize(host)
  const [scale, setScale] = useState<ValueScale | null>(null)
  const [view] = useState(createPanelView)
  const isShellIn = useTurn(turns, scale !== null)

  const scaleFor = useCallback(
    (window: TimeWindow, before: ValueScale | null, heightPx: number) => {
      const extremes = extremesOf(series, limit, window)
      if (!extremes) return EMPTY_SCALE
      return niceScale(
        { ...extremes, heightPx, headroomPx: limit ? LABEL_ROOM_PX : AIR_PX },
        before,
      )
    },
    [series, limit],
  )
  const onAhead = useCallback(
    (isAhead: boolean) => void host?.toggleAttribute('data-ahead', isAhead),
    [host],
  )

  return (
    <div ref={setHost} className={classes.panel}>
      {size && (
        <>
          <div className={classes.picture} role="img" aria-label={summary}>
            {scale && isShellIn ? (
              <Shell
                width={size.width}
                height={size.height}
                scale={scale}
                onShown={view.shellShows}
              />
            ) : null}
            <PanelCanvas
              series={series}
              limit={limit}
              floors={floors}
              isLeading={isLeading}
              view={view}
              scaleFor={scaleFor}
              onScale={setScale}
              onAhead={onAhead}
            />
          </div>
          <CrosshairDots series={series} view={view} size={size} />
        </>
      )}
      {notice !== undefined && notice !== null && (
        <div className={classes.notice}>
          <div className={classes.words}>{notice}</div>
        </div>
      )}
    </div>
  )
}

/** Null where there is neither a value nor a limit in the window. */
function extremesOf(
  series: readonly PanelSeries[],
  limit: PanelLimit | null,
  window: TimeWindow,
): { lowest: number; highest: number } | null {
  const ranges = series.flatMap(({ reader }) => reader.range(window.from, window.to) ?? [])
  const limits = limit ? limitPieces(limit.steps, window).flatMap(({ value }) => value ?? []) : []
  if (ranges.length + limits.length === 0) return null
  const highest = Math.max(...ranges.map(({ max }) => max), ...limits)
  const requested = limit?.requested ?? 0
  return {
    lowest: Math.min(...ranges.map(({ min }) => min), ...limits),
    // What was asked for must not flatten what is in use.
    highest: requested <= highest * MOST_AHEAD ? Math.max(highest, requested) : highest,
  }
}
