import { type ReactNode, useId, useState } from 'react'
import classes from './Evidence.module.css'
import type { EvidencePart } from '#domain/evidence/parts/evidencePart.ts'
import { Facts } from './Facts.tsx'

type Props = {
  part: EvidencePart
  isExplained: boolean
  /** The picture stands for what `says` says; it carries the words itself. */
  picture?: ReactNode
}

/** Where a part can be found to be shown and focused. */
export const partElementId = (id: EvidencePart['id']) => `evidence-${id}`

/** Pictures whose sentence is the picture's own name: it is not written twice. */
const SAID_BY_PICTURE: ReadonlySet<EvidencePart['id']> = new Set(['shifts'])

/** What was found beside the verdict: its title is news, and not the name of a number. */
const FOUND: ReadonlySet<EvidencePart['id']> = new Set(['leak', 'notReleased', 'storm', 'raise'])

/** One part of the evidence: heading, picture, sentences, numbers. */
export function PartSection({ part, isExplained, picture }: Props) {
  const { id, title, says, rows, meaning } = part
  const [isOpen, setIsOpen] = useState(false)
  const meaningId = useId()
  const isShown = meaning !== null && (isOpen || isExplained)
  const shown = picture ? rows.filter(({ isPictured }) => !isPictured) : rows
  return (
    <section
      className={classes.part}
      data-found={FOUND.has(id)}
      aria-labelledby={partElementId(id)}
    >
      <div className={classes.partHead}>
        <h3 id={partElementId(id)} className={classes.partTitle} tabIndex={-1}>
          {title}
        </h3>
        {meaning === null ? null : (
          <button
            type="button"
            className={classes.what}
            aria-expanded={isShown}
            aria-controls={meaningId}
            aria-label={`What is this? ${title}`}
            onClick={() => setIsOpen(!isOpen)}
          >
            ?
          </button>
        )}
      </div>
      {isShown ? (
        <p id={meaningId} className={classes.meaning}>
          {meaning}
        </p>
      ) : null}
      {picture}
      {picture && SAID_BY_PICTURE.has(id)
        ? null
        : says.map((sentence) => (
            <p key={sentence} className={classes.says}>
              {sentence}
            </p>
          ))}
      <Facts rows={shown} isExplained={isExplained} />
    </section>
  )
}
