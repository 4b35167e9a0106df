import type { ReactNode } from 'react'
import type { DisplayState } from '../glyphs/displayState.ts'
import { StateGlyph } from '../glyphs/StateGlyph.tsx'
import classes from './Banner.module.css'

type Props = {
  state: DisplayState
  children: ReactNode
  /** Buttons, at the right. */
  actions?: ReactNode
}

/** A line across the screen that says what is wrong, or what was done, and what can be done. */
export function Banner({ state, children, actions }: Props) {
  return (
    <div className={classes.banner} role="status">
      <StateGlyph state={state} />
      <p className={classes.words}>{children}</p>
      {actions}
    </div>
  )
}
