import type { ReactNode } from 'react'
import classes from './Note.module.css'

type Props = {
  /** What is the case, in a few words. */
  title: string
  /** Why, and what happens next. */
  children?: ReactNode
  action?: { label: string; onAction: () => void } | undefined
}

/** Words in the place of a picture that has nothing to show: empty, failed, not yet there. */
export function Note({ title, children, action }: Props) {
  return (
    <div className={classes.note}>
      <p className={classes.title}>{title}</p>
      {children ? <p>{children}</p> : null}
      {action ? (
        <button type="button" className={classes.action} onClick={action.onAction}>
          {action.label}
        </button>
      ) : null}
    </div>
  )
}
