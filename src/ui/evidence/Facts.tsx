import { useId, useState } from 'react'
import classes from './Evidence.module.css'
import type { EvidenceRow } from '#domain/evidence/parts/evidencePart.ts'

type Props = {
  rows: readonly EvidenceRow[]
  /** Every meaning is shown, without asking. */
  isExplained: boolean
}

/** Numbers with their names. A name is a button that says under it what the number means. */
export function Facts({ rows, isExplained }: Props) {
  if (rows.length === 0) return null
  return (
    <dl className={classes.facts}>
      {rows.map((row) => (
        <Fact key={row.name} row={row} isExplained={isExplained} />
      ))}
    </dl>
  )
}

function Fact({ row, isExplained }: { row: EvidenceRow; isExplained: boolean }) {
  const { name, value, meaning, isQuiet = false } = row
  const [isOpen, setIsOpen] = useState(false)
  const id = useId()
  const isShown = meaning !== '' && (isOpen || isExplained)
  return (
    <div className={classes.fact} data-quiet={isQuiet}>
      <dt className={classes.factName}>
        {meaning === '' ? (
          name
        ) : (
          <button
            type="button"
            className={classes.ask}
            aria-expanded={isShown}
            aria-controls={id}
            title="What is this?"
            onClick={() => setIsOpen(!isOpen)}
          >
            {name}
          </button>
        )}
      </dt>
      <dd className={classes.factValue}>
        <Raised text={value} />
      </dd>
      {isShown ? (
        <dd id={id} className={classes.meaning}>
          {meaning}
        </dd>
      ) : null}
    </div>
  )
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹'
const EXPONENT = /^(.*?)(⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)$/

/** An exponent in raised digits of the same font: fonts draw the superscripts of Unicode unevenly. */
function Raised({ text }: { text: string }) {
  const [, base, exponent] = EXPONENT.exec(text) ?? []
  if (exponent === undefined) return text
  const digits = exponent
    .replace('⁻', '−')
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (digit) => String(SUPERSCRIPTS.indexOf(digit)))
  return (
    <>
      {base}
      <sup className={classes.exponent}>{digits}</sup>
    </>
  )
}
