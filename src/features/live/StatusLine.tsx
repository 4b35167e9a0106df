import { Button } from '@mantine/core'
import { StateGlyph } from '#ui/glyphs/StateGlyph.tsx'
import classes from './StatusLine.module.css'
import type { StatusSentence } from './statusSentence.ts'

type Props = {
  status: StatusSentence
  /** How many metrics there are, where that is more than one row of tiles. */
  metrics: number | null
  areAllShown: boolean
  onShowAll: () => void
}

/** The facts in one line, and under it, always, what speaks against the limit as the cause. */
export function StatusLine({ status, metrics, areAllShown, onShowAll }: Props) {
  return (
    <section className={classes.status} aria-label="State">
      <p className={classes.word}>
        <StateGlyph state={status.state} sizePx={18} />
        {status.word}
      </p>
      <div>
        <p className={classes.sentence}>{status.sentence}</p>
        {status.counter ? <p className={classes.counter}>{status.counter}</p> : null}
      </div>
      {metrics === null ? null : (
        <Button onClick={onShowAll} aria-expanded={areAllShown}>
          {areAllShown ? 'Six worst metrics' : `All ${metrics} metrics`}
        </Button>
      )}
    </section>
  )
}
