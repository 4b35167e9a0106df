import { formatCount } from '#domain/format.ts'
import type { WhatIfPoint } from '#domain/limits/whatIf.ts'
import classes from './WhatIf.module.css'

type Props = {
  /** Ascending limits. */
  curve: readonly WhatIfPoint[]
  /** The one that is asked about. */
  limit: number
  inForce: number | null
}

/** Attempts lost by limit: a line, or a band between two bounds. Null below two limits. */
export function WhatIfCurve({ curve, limit, inForce }: Props) {
  const [first, last] = [curve[0], curve.at(-1)]
  if (!first || !last || first.limit === last.limit) return null
  const x = (value: number) => ((value - first.limit) / (last.limit - first.limit)) * 100
  const most = Math.sqrt(Math.max(1, ...curve.map(({ high }) => high)))
  // Square roots: a few that are lost are what is asked about, and are seen beside thousands.
  const y = (lost: number) => 100 - (Math.sqrt(Math.max(0, lost)) / most) * 100
  const line = (of: (point: WhatIfPoint) => number, points: readonly WhatIfPoint[]) =>
    points.map((point) => `${x(point.limit)},${y(of(point))}`).join(' ')
  const isBand = curve.some(({ low, high }) => high - low > 0.5)
  const text = ({ low, high }: WhatIfPoint) =>
    isBand ? `${formatCount(low)} to ${formatCount(high)}` : formatCount(high)
  const summary = `Lost by limit: ${text(first)} at ${formatCount(first.limit)}, ${text(last)} at ${formatCount(last.limit)}. Square-root scale.`
  const isShown = (value: number | null): value is number =>
    value !== null && value >= first.limit && value <= last.limit
  return (
    <div role="img" aria-label={summary} className={classes.curve}>
      <div className={classes.plot}>
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          {isBand ? (
            <polygon
              points={`${line(({ high }) => high, curve)} ${line(({ low }) => low, curve.toReversed())}`}
              fill="var(--hair)"
            />
          ) : null}
          {isShown(inForce) ? (
            <path d={`M${x(inForce)} 0V100`} className={classes.inForce} />
          ) : null}
          {isShown(limit) ? <path d={`M${x(limit)} 0V100`} className={classes.asked} /> : null}
          <polyline points={line(({ high }) => high, curve)} className={classes.line} />
          {isBand ? (
            <polyline points={line(({ low }) => low, curve)} className={classes.line} />
          ) : null}
        </svg>
      </div>
      <p className={classes.ends}>
        <span>limit {formatCount(first.limit)}</span>
        <span>{formatCount(last.limit)}</span>
      </p>
      <p className={classes.ends}>
        {isBand ? 'Grey band: lost, at least and at most' : 'Line: lost'} · thin rule: asked about
        {isShown(inForce) ? ' · thick dashes: in force' : ''}
      </p>
    </div>
  )
}
