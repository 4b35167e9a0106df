import { type KeyboardEvent, useState } from 'react'
import classes from './PercentField.module.css'

type Props = {
  label: string
  ratio: number
  /** Called when the field is left with another value; false: not taken, the old one comes back. */
  onChange: (ratio: number) => boolean
}

/** A share in whole percent, taken over with Enter or on leaving the field. Escape gives up. */
export function PercentField({ label, ratio, onChange }: Props) {
  const shown = String(Math.round(ratio * 100))
  const [typed, setTyped] = useState<string | null>(null)
  const take = () => {
    setTyped(null)
    const percent = Number(typed)
    if (typed === null || typed.trim() === '' || typed === shown) return
    if (Number.isInteger(percent) && percent >= 1 && percent <= 100) onChange(percent / 100)
  }
  const key = (event: KeyboardEvent) => {
    if (event.key === 'Enter') take()
    if (event.key === 'Escape') setTyped(null)
  }
  return (
    <span className={classes.field}>
      <input
        type="text"
        inputMode="numeric"
        aria-label={`${label}, percent`}
        className={classes.input}
        value={typed ?? shown}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={take}
        onKeyDown={key}
      />
      %
    </span>
  )
}
