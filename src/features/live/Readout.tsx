import { STATE_WORDS } from '#ui/glyphs/displayState.ts'
import { StateGlyph } from '#ui/glyphs/StateGlyph.tsx'
import classes from './Readout.module.css'
import type { LevelReadout, ReadoutRow } from './readoutRows.ts'

type RowsProps = { rows: readonly ReadoutRow[] }

/** Names at the left, numbers at the right, level with the chart they belong to. */
export function ReadoutRows({ rows }: RowsProps) {
  return (
    <dl className={classes.rows}>
      {rows.map(({ name, value }, i) => (
        // Two files may tell the same of one instant.
        <div key={`${i} ${name}`} className={classes.row}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** The connections at the crosshair: the number large, its state, and what it is measured against. */
export function ReadoutLevel({ level }: { level: LevelReadout }) {
  return (
    <>
      <p className={classes.level}>
        <span className={classes.value}>{level.value}</span>
        {level.state ? (
          <span className={classes.state}>
            <StateGlyph state={level.state} sizePx={11} />
            <b>{STATE_WORDS[level.state]}</b>
          </span>
        ) : null}
      </p>
      <ReadoutRows rows={level.rows} />
    </>
  )
}
