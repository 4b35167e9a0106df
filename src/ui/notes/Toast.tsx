import { useEffect } from 'react'
import classes from './Toast.module.css'

type Props = {
  text: string
  undo?: (() => void) | undefined
  onGone: () => void
  /** How long it stays. */
  forMs?: number
}

/** Says that something was done, above everything, for a while; offers the way back. */
export function Toast({ text, undo, onGone, forMs = 8_000 }: Props) {
  useEffect(() => {
    const timer = setTimeout(onGone, forMs)
    return () => clearTimeout(timer)
  }, [onGone, forMs])
  const takeBack = () => {
    undo?.()
    onGone()
  }
  return (
    <div className={classes.toast} role="status">
      <span>{text}</span>
      {undo ? (
        <button type="button" className={classes.undo} onClick={takeBack}>
          Undo
        </button>
      ) : null}
    </div>
  )
}
