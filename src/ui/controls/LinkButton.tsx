import type { ReactNode } from 'react'
import classes from './LinkButton.module.css'

type Props = { onClick: () => void; children: ReactNode }

/** A button within a sentence or a cell, looking like a link; what can be hit is 24 px high. */
export const LinkButton = ({ onClick, children }: Props) => (
  <button type="button" className={classes.link} onClick={onClick}>
    {children}
  </button>
)
