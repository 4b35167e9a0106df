import type { ReactNode } from 'react'
import classes from './SectionHead.module.css'

type Props = { id: string; title: string; children?: ReactNode }

/** The heading of a part of the right column, over a hairline. */
export const SectionHead = ({ id, title, children }: Props) => (
  <header className={classes.head}>
    <h2 id={id}>{title}</h2>
    {children ? <span>{children}</span> : null}
  </header>
)
