import type { Floor } from '#domain/evidence/leak/leak.ts'
import { formatCount } from '#domain/format.ts'
import classes from './Evidence.module.css'

/** The floors of the iterations under each other's end, joined. Null below two of them. */
export function FloorsPicture({ floors }: { floors: readonly Floor[] }) {
  const settled = floors.flatMap(({ iteration, value }) =>
    value === null ? [] : [{ iteration, value }],
  )
  const first = settled[0]
  const last = settled.at(-1)
  if (!first || !last || first === last) return null
  const highest = Math.max(1, ...settled.map(({ value }) => value))
  const x = (iteration: number) =>
    ((iteration - first.iteration) / Math.max(1, last.iteration - first.iteration)) * 100
  const y = (value: number) => 100 - (Math.max(0, value) / highest) * 100
  const words = settled
    .map(({ iteration, value }) => `${formatCount(value)} after iteration ${iteration}`)
    .join(', ')
  return (
    <div role="img" aria-label={`Floors: ${words}.`} className={classes.floors}>
      <div className={classes.floorPlot}>
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          <polyline
            points={settled.map(({ iteration, value }) => `${x(iteration)},${y(value)}`).join(' ')}
            fill="none"
            stroke="var(--ink3)"
            strokeWidth="1"
            strokeDasharray="1 3"
            vectorEffect="non-scaling-stroke"
          />
        </svg>
        {settled.map(({ iteration, value }) => (
          <span
            key={iteration}
            className={classes.floor}
            style={{ left: `${x(iteration)}%`, top: `${y(value)}%` }}
          />
        ))}
      </div>
      <p className={classes.ends}>
        <span>
          {formatCount(first.value)} after iteration {first.iteration}
        </span>
        <span>
          {formatCount(last.value)} after iteration {last.iteration}
        </span>
      </p>
    </div>
  )
}
