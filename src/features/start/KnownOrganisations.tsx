import type { Organisation } from '#domain/organisation.ts'
import classes from './KnownOrganisations.module.css'

type Props = { known: readonly Organisation[]; onOpen: (organisation: Organisation) => void }

/** The organisations this browser has watched before, to open again. */
export function KnownOrganisations({ known, onOpen }: Props) {
  if (known.length === 0) return null
  return (
    <section className={classes.section} aria-label="Organisations in this browser">
      <h2 className={classes.heading}>Continue with</h2>
      <ul className={classes.list}>
        {known.map((organisation) => (
          <li key={organisation.id}>
            <button type="button" className={classes.open} onClick={() => onOpen(organisation)}>
              <b>{organisation.name}</b>
              <span>{organisation.simulation ?? organisation.domain}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
