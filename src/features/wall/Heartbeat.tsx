import type { EpochMs } from '#domain/units.ts'
import classes from './Wall.module.css'

const BLOCKS = 10
const PITCH = 18
const SIZE = 12

/** Ten blocks, one of them raised; it steps with each second. A wall that stands still cannot look alive. */
export function Heartbeat({ now }: { now: EpochMs }) {
  const raised = Math.floor(now / 1_000) % BLOCKS
  return (
    <svg
      className={classes.heartbeat}
      viewBox={`0 0 ${BLOCKS * PITCH - (PITCH - SIZE)} 40`}
      data-beat={raised}
      aria-hidden="true"
    >
      {Array.from({ length: BLOCKS }, (_, i) => (
        <rect
          key={i}
          x={i * PITCH}
          y={i === raised ? 0 : 14}
          width={SIZE}
          height={i === raised ? 40 : SIZE}
          fill={i === raised ? 'var(--ink)' : 'var(--edge)'}
        />
      ))}
    </svg>
  )
}
