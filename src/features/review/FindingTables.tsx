import type { IncidentFindings } from '#domain/incident/findingsOf.ts'
import type { Incident } from '#domain/incident/incident.ts'
import type { EpochMs } from '#domain/units.ts'
import { differingTable } from '#sources/exports/words/differingTable.ts'
import { episodeTable, nearMissTable } from '#sources/exports/words/episodeTable.ts'
import classes from './CompareWindows.module.css'
import { TextTableView } from './TextTableView.tsx'

type Props = {
  incident: Incident
  findings: IncidentFindings
  onSelect: (at: EpochMs) => void
}

/** What differs inside, stretches at a limit, and peaks that came close without refusals. */
export function FindingTables({ incident, findings, onSelect }: Props) {
  const { differing, episodes, nearMisses } = findings
  return (
    <>
      <section className={classes.part} aria-labelledby="differs-heading">
        <header className={classes.head}>
          <h2 id="differs-heading">What differs inside</h2>
        </header>
        <TextTableView table={differingTable(differing)} />
      </section>
      <section className={classes.part} aria-labelledby="episodes-heading">
        <header className={classes.head}>
          <h2 id="episodes-heading">Episodes</h2>
        </header>
        <TextTableView
          table={episodeTable(incident, episodes)}
          onRow={(row) => onSelect(episodes[row]!.from)}
        />
      </section>
      <section className={classes.part} aria-labelledby="misses-heading">
        <header className={classes.head}>
          <h2 id="misses-heading">Near misses</h2>
        </header>
        <TextTableView
          table={nearMissTable(incident, nearMisses)}
          onRow={(row) => onSelect(nearMisses[row]!.peakAt)}
        />
      </section>
    </>
  )
}
