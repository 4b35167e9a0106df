import { useId } from 'react'
import classes from './SegmentedChoice.module.css'

type Props<T extends string> = {
  /** What is chosen, for assistive technology: `Window`. */
  label: string
  options: readonly { value: T; label: string }[]
  /** Null: something that is none of the options holds. */
  value: T | null
  onChange: (value: T) => void
}

/** One of a few, all visible. Native radio buttons: arrow keys move, Tab leaves. */
export function SegmentedChoice<T extends string>({ label, options, value, onChange }: Props<T>) {
  const name = useId()
  return (
    <fieldset className={classes.segments}>
      <legend className="visually-hidden">{label}</legend>
      {options.map((option) => (
        <label key={option.value} className={classes.segment}>
          <input
            type="radio"
            name={name}
            className={classes.input}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  )
}
