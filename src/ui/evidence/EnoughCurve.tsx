import type { Enough } from '#domain/evidence/enough/enough.ts'
import { formatCount } from '#domain/format.ts'
import classes from './Evidence.module.css'
import { percentText } from '#domain/evidence/parts/numberText.ts'

type Props = {
  enough: Extract<Enough, { kind: 'answer' }>
  /** The limit that was in force; null where unknown. */
  limit: number | null
}

/** Refused share by limit, by replay, with the answers of replay and formula. Null below two limits. */
export function EnoughCurve({ enough, limit }: Props) {
  const { curve, target, replay, erlang } = enough
  const first = curve[0]
  const last = curve.at(-1)
  if (!first || !last || first.limit === last.limit) return null
  const ends = [first.limit, last.limit, erlang, ...(limit === null ? [] : [limit])]
  const lowest = Math.min(...ends)
  const highest = Math.max(...ends)
  const x = (value: number) => ((value - lowest) / (highest - lowest)) * 100
  const most = Math.sqrt(Math.max(target * 4, ...curve.map(({ rejected }) => rejected)))
  // Square roots: one in a hundred is what is asked for, and is seen beside one in two.
  const y = (share: number) => 100 - (Math.sqrt(Math.max(0, share)) / most) * 100
  const summary = `Refused share by limit: ${percentText(first.rejected)} at ${formatCount(first.limit)}, ${percentText(last.rejected)} at ${formatCount(last.limit)}; ${percentText(target)} at ${formatCount(replay.value)}. Square-root scale.`
  return (
    <div role="img" aria-label={summary} className={classes.curve}>
      <div className={classes.curvePlot}>
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          <rect
            x={x(replay.low)}
            width={Math.max(0.3, x(replay.high) - x(replay.low))}
            height="100"
            fill="var(--edge)"
          />
          <path d={`M0 ${y(target)}H100`} stroke="var(--ink3)" strokeDasharray="1 3" />
          <path d={`M${x(erlang)} 0V100`} stroke="var(--ink2)" strokeDasharray="4 3" />
          {limit === null ? null : (
            <path
              d={`M${x(limit)} 0V100`}
              stroke="var(--limit)"
              strokeWidth="1.75"
              strokeDasharray="6 3"
            />
          )}
          <polyline
            points={curve.map((point) => `${x(point.limit)},${y(point.rejected)}`).join(' ')}
            fill="none"
            stroke="var(--ink)"
            strokeWidth="1.5"
          />
        </svg>
      </div>
      <p className={classes.ends}>
        <span>limit {formatCount(lowest)}</span>
        <span>{formatCount(highest)}</span>
      </p>
      <p className={classes.small}>
        Grey band: replay · thin dashes: Erlang B
        {limit === null ? '' : ' · thick dashes: the limit'}
      </p>
    </div>
  )
}
