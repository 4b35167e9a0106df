import { useEffect, useState } from 'react'
import classes from './CopyButton.module.css'

type Props = {
  /** What is copied; a function where making it takes work. */
  text: string | (() => string)
  /** What it is: `correlation id`. */
  what: string
  /** Written on the button: `Copy as text`. Without it there is a picture. */
  label?: string
}

type Outcome = 'copied' | 'refused' | null

const SAY_MS = 2_000

/** Copies a text, and says whether that worked: browsers refuse it to pages they do not trust. */
export function CopyButton({ text, what, label }: Props) {
  const [outcome, setOutcome] = useState<Outcome>(null)
  useEffect(() => {
    if (outcome === null) return
    const timer = setTimeout(() => setOutcome(null), SAY_MS)
    return () => clearTimeout(timer)
  }, [outcome])
  const copy = () => {
    copied(typeof text === 'string' ? text : text()).then(setOutcome, () => setOutcome('refused'))
  }
  return (
    <button
      type="button"
      className={classes.copy}
      data-labelled={label !== undefined}
      aria-label={label === undefined ? `Copy ${what}` : undefined}
      title={label === undefined ? undefined : `Copy ${what}`}
      onClick={copy}
    >
      <svg width="12" height="12" aria-hidden="true">
        {outcome === 'copied' ? (
          <path d="M2 6.5 5 9.5 10.5 3" fill="none" stroke="currentColor" strokeWidth="1.4" />
        ) : (
          <path
            d="M4.5 3.5v-2h6v7h-2M1.5 3.5h6v7h-6z"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.2"
          />
        )}
      </svg>
      {label}
      <span role="status" className={outcome === 'refused' ? classes.said : 'visually-hidden'}>
        {outcome === 'copied' ? 'Copied' : outcome === 'refused' ? 'Not copied' : ''}
      </span>
    </button>
  )
}

/** The clipboard needs a secure page; loopback is one, a plain http address of another host is not. */
async function copied(text: string): Promise<Outcome> {
  if (!navigator.clipboard) return 'refused'
  await navigator.clipboard.writeText(text)
  return 'copied'
}
