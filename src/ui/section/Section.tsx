import { type ReactNode, useId } from 'react'
import classes from './Section.module.css'

type Props = { title: string; intro: string; children: ReactNode }

/** A part of a long screen: its name in the gutter, its content beside it. */
export function Section({ title, intro, children }: Props) {
  const id = useId()
  return (
    <section className={classes.section} aria-labelledby={id}>
      <div>
        <h2 id={id} className={classes.title}>
          {title}
        </h2>
        <p className={classes.intro}>{intro}</p>
      </div>
      <div className={classes.content}>{children}</div>
    </section>
  )
}
