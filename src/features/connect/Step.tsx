import { type ReactNode, useEffect, useId, useRef } from 'react'
import { LinkButton } from '#ui/controls/LinkButton.tsx'
import classes from './Step.module.css'

type Props = {
  number: number
  title: string
  /** `now` is the one on the screen; `done` can be gone back to; `later` waits for what comes before. */
  state: 'done' | 'now' | 'later'
  /** What was chosen here, while another step is on the screen. */
  summary: ReactNode
  /** Whether somebody moved to this step: then its title takes the focus. */
  isMovedTo: boolean
  onChange: () => void
  children: ReactNode
}

/** One step of a few on a page: open while it is the present one, a line before and after. */
export function Step({ number, title, state, summary, isMovedTo, onChange, children }: Props) {
  const id = useId()
  const heading = useRef<HTMLHeadingElement>(null)
  const isNow = state === 'now'
  useEffect(() => {
    if (isNow && isMovedTo) heading.current?.focus()
  }, [isNow, isMovedTo])
  return (
    <li className={classes.step} data-state={state} aria-current={isNow ? 'step' : undefined}>
      <h2 id={id} ref={heading} tabIndex={-1} className={classes.title}>
        <span className={classes.number} aria-hidden="true">
          {number}
        </span>
        {title}
      </h2>
      <section className={classes.content} aria-labelledby={id}>
        {isNow ? children : null}
        {state === 'done' ? (
          <p className={classes.summary}>
            <span>{summary}</span>
            <LinkButton onClick={onChange}>
              Change<span className="visually-hidden"> {title.toLowerCase()}</span>
            </LinkButton>
          </p>
        ) : null}
      </section>
    </li>
  )
}
