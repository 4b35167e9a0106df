import { Button } from '@mantine/core'
import type { Span } from '#domain/incident/incident.ts'
import type { Organisation } from '#domain/organisation.ts'
import { HOUR_MS, type OrgId } from '#domain/units.ts'
import { OpenFile } from './FileBar.tsx'
import classes from './EmptyReview.module.css'

type Props = {
  isLoading: boolean
  organisation: Organisation | null
  organisations: readonly Organisation[]
  window: Span | null
  onOrganisation: (id: OrgId) => void
  onLast: (lengthMs: number) => void
  onFiles: (files: readonly File[]) => void
}

const HOURS = [1, 3, 12, 24]

/** Nothing is reviewed yet: what can be, and how to begin. */
export function EmptyReview(props: Props) {
  const { isLoading, organisation, organisations, window } = props
  if (isLoading) return <p className={classes.empty}>Loading …</p>
  return (
    <section className={classes.empty} aria-labelledby="empty-heading">
      <h2 id="empty-heading">
        {organisation && window
          ? 'Nothing was recorded in this window'
          : 'What hit what first, and how sure is that?'}
      </h2>
      <div className={classes.ways}>
        <section className={classes.way}>
          <h3>Files you have</h3>
          <p>
            JMeter CSV and XML, HAR, k6, Artillery, autocannon, Gatling, any CSV with a column of
            times, or a Tidemark bundle. Drop them anywhere; several lie on one axis. They stay in
            this browser, and secrets are removed before anything is kept.
          </p>
          <OpenFile onFiles={props.onFiles} isPrimary />
        </section>
        <section className={classes.way}>
          <h3>{organisation ? `History of ${organisation.name}` : 'Recorded history'}</h3>
          {organisation ? (
            <>
              <p>The last</p>
              <div className={classes.buttons}>
                {HOURS.map((hours) => (
                  <Button key={hours} onClick={() => props.onLast(hours * HOUR_MS)}>
                    {hours} h
                  </Button>
                ))}
              </div>
            </>
          ) : organisations.length > 0 ? (
            <>
              <p>What this browser has recorded of</p>
              <div className={classes.buttons}>
                {organisations.map(({ id, name }) => (
                  <Button key={id} onClick={() => props.onOrganisation(id)}>
                    {name}
                  </Button>
                ))}
              </div>
            </>
          ) : (
            <p>No organisation is known in this browser yet.</p>
          )}
        </section>
      </div>
    </section>
  )
}
