import { memo, useId, useMemo } from 'react'
import { timeTicks } from '#domain/charts/timeTicks.ts'
import type { HistoryHours } from '#domain/incident/historyHours.ts'
import { DAY_MS } from '#domain/units.ts'
import classes from './HistoryStrip.module.css'
import { hoursShape, STRIP } from './hoursShape.ts'

type Props = { history: HistoryHours; width: number; zone: string }

/** About the width of `Tue 17 Nov`, with some air. */
const TICK_PX = 74

/** Hours as bars under their limit, what was refused above it: one path for each kind, however many there are. */
export const HoursPicture = memo(function HoursPicture({ history, width, zone }: Props) {
  const hatch = useId()
  const { hours, from, to } = history
  const shape = useMemo(() => hoursShape(hours, width), [hours, width])
  const x = (at: number) => Math.round(((at - from) / (to - from)) * width)
  const days = timeTicks({ from, to }, zone, Math.min((to - from) / DAY_MS, width / TICK_PX))
  return (
    <svg width={width} height={STRIP.height} aria-hidden="true" className={classes.picture}>
      <pattern
        id={hatch}
        width="6"
        height="6"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <path d="M0 0V6" stroke="var(--hatch)" strokeWidth="2.4" />
      </pattern>
      <path
        d={days.map(({ at }) => `M${x(at)}.5 ${STRIP.wall}V${STRIP.floor + 4}`).join('')}
        stroke="var(--hair)"
      />
      <path d={shape.missing} fill={`url(#${hatch})`} data-of="missing" />
      <path d={shape.bars} fill="var(--water)" shapeRendering="crispEdges" data-of="bars" />
      <path
        d={shape.unlimited}
        fill="var(--edge)"
        shapeRendering="crispEdges"
        data-of="unlimited"
      />
      <path d={`M0 ${STRIP.floor}.5H${width}`} stroke="var(--edge)" />
      <path d={shape.wall} stroke="var(--halo)" strokeWidth="4" opacity="0.6" />
      <path d={shape.wall} stroke="var(--limit)" strokeWidth="1.5" strokeDasharray="4 2" />
      <path d={shape.refused} fill="var(--crit)" data-of="refused" />
      {days
        .filter(({ at }) => x(at) + TICK_PX - 8 < width)
        .map(({ at, text }) => (
          <text key={at} x={x(at) + 3} y={STRIP.ticks} className={classes.tick}>
            {text}
          </text>
        ))}
    </svg>
  )
})
