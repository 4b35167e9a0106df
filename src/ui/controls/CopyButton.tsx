import { useEffect, useState } from 'react'
import classes from './CopyButton.module.css'

type Props = {
  text: string
  /** What is copied: `correlation id`. */
  what: string
}

type Outcome = 'copied' | 'refused' | null

const SAY_MS = 2_000

/** Copies a text, and says whether that worked: browsers refuse it to pages they do not trust. */
export function CopyButton({ text, what }: Props) {
  const [outcome, setOutcome] = useState<Outcome>(null)
  useEffect(() => {
    if (outcome === null) return
    const timer = setTimeout(() => setOutcome(null), SAY_MS)
    return () => clearTimeout(timer)
  }, [outcome])
  const copy = () => {
    copied(text).then(setOutcome, () => setOutcome('refused'))
  }
  return (
    <button type="button" className={classes.copy} aria-label={`Copy ${what}`} onClick={copy}>
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
