import { StateGlyph } from '#ui/glyphs/StateGlyph.tsx'
import classes from './ConnectScreen.module.css'
import type { ConnectProblem } from './connectRequest.ts'

/** What is wrong, by name, and what helps. */
export const TroubleBox = ({ trouble: { problem, remedy } }: { trouble: ConnectProblem }) => (
  <div className={classes.trouble}>
    <StateGlyph state="warn" />
    <p>
      <b>{problem}</b>
      <br />
      {remedy}
    </p>
  </div>
)
