import classes from './Evidence.module.css'

type BarRow = {
  name: string
  /** Length of the bar, 0–1; null: nothing to draw. */
  share: number | null
  /** The number, and what it is a part of. */
  value: string
  beside: string
  /** Drawn in the colour of refusals at the limit; one row at most. */
  isLimit?: boolean
}

/** Bars under each other, each with its name and its number. */
export function BarRows({ rows }: { rows: readonly BarRow[] }) {
  return (
    <ul className={classes.bars}>
      {rows.map(({ name, share, value, beside, isLimit = false }) => (
        <li key={name} className={classes.bar}>
          <span className={classes.barName}>{name}</span>
          <span className={classes.track} aria-hidden="true">
            {share === null ? null : (
              <span
                className={classes.fill}
                data-limit={isLimit}
                // What is not nothing is seen.
                style={{ width: share > 0 ? `max(2px, ${Math.min(1, share) * 100}%)` : 0 }}
              />
            )}
          </span>
          <span className={classes.barValue}>
            <b>{value}</b> {beside}
          </span>
        </li>
      ))}
    </ul>
  )
}
