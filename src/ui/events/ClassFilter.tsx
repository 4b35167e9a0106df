import { ERROR_CLASSES, type ErrorClass } from '#domain/errors/errorEvent.ts'
import { formatCount } from '#domain/format.ts'
import { ErrorGlyph } from '../glyphs/ErrorGlyph.tsx'
import classes from './ClassFilter.module.css'

type Props = {
  /** Failures in the window by class. */
  counts: Readonly<Record<ErrorClass, number>>
  /** Classes shown; null: all. */
  chosen: readonly ErrorClass[] | null
  onChoose: (classes: readonly ErrorClass[] | null) => void
}

/** A button per class that occurs: pressed ones are shown; none pressed shows all. */
export function ClassFilter({ counts, chosen, onChoose }: Props) {
  const present = ERROR_CLASSES.filter((name) => counts[name] > 0 || chosen?.includes(name))
  const toggle = (name: ErrorClass) => {
    const next = chosen?.includes(name)
      ? chosen.filter((other) => other !== name)
      : [...(chosen ?? []), name]
    onChoose(next.length > 0 ? next : null)
  }
  return (
    <div className={classes.filter} role="group" aria-label="Classes">
      {present.map((name) => (
        <button
          key={name}
          type="button"
          className={classes.chip}
          aria-pressed={chosen?.includes(name) ?? false}
          onClick={() => toggle(name)}
        >
          <ErrorGlyph errorClass={name} />
          {name} <b>{formatCount(counts[name])}</b>
        </button>
      ))}
    </div>
  )
}
