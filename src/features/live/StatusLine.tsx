import { StateGlyph } from '#ui/glyphs/StateGlyph.tsx'
import classes from './StatusLine.module.css'
import type { StatusSentence } from './statusSentence.ts'

/** The facts in one line, and under it, always, what speaks against the limit as the cause. */
export function StatusLine({ status }: { status: StatusSentence }) {
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
    </section>
  )
}
