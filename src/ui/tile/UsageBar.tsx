import type { Thresholds } from '#domain/metrics/metric.ts'
import classes from './UsageBar.module.css'

type Props = {
  /** Share of the limit; above 1 the bar is full. Null: nothing can be drawn, a dotted rule is. */
  usedRatio: number | null
  state: 'ok' | 'warn' | 'critical' | 'atLimit' | 'none'
  thresholds: Thresholds
}

/** How much of a limit is used, with ticks at warn and critical. A picture of the number beside it. */
export function UsageBar({ usedRatio, state, thresholds }: Props) {
  return (
    <div className={classes.bar} aria-hidden="true">
      <div className={classes.track} />
      {usedRatio === null ? (
        <div className={classes.dotted} />
      ) : (
        <div
          className={classes.fill}
          data-state={state}
          style={{ width: `${Math.min(1, Math.max(0, usedRatio)) * 100}%` }}
        />
      )}
      {[thresholds.warnAt, thresholds.criticalAt].map((share) => (
        <div key={share} className={classes.tick} style={{ left: `${share * 100}%` }} />
      ))}
    </div>
  )
}
