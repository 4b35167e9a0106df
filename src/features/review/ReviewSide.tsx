import type { Ref } from 'react'
import type { Incident, Span } from '#domain/incident/incident.ts'
import type { EpochMs } from '#domain/units.ts'
import type { ReviewDesk } from '#monitor/review/reviewDesk.ts'
import type { ReviewState } from '#monitor/review/reviewState.ts'
import { spanOfFile } from './filesOutside.ts'
import { HandOver } from './HandOver.tsx'
import { LimitField } from './LimitField.tsx'
import { Notes } from './Notes.tsx'
import classes from './ReviewScreen.module.css'
import { Sources } from './Sources.tsx'
import { VerdictSummary } from './VerdictSummary.tsx'

/** Something that was done, and the way back. */
export type Undoable = { text: string; undo: () => void }

type Props = {
  desk: ReviewDesk
  state: ReviewState
  incident: Incident
  zone: string
  /** Where a new note would stand. */
  newAt: EpochMs
  noteField: Ref<HTMLTextAreaElement>
  viewerCode: () => Promise<string>
  onSelect: (at: EpochMs) => void
  onEvidence: () => void
  onWindow: (window: Span) => void
  /** The columns of a table are to be chosen. */
  onColumns: (sourceId: string) => void
  onUndoable: (done: Undoable) => void
}

/** The right column: what the cause was, what people wrote, where all of it came from, and the way out. */
export function ReviewSide(props: Props) {
  const { desk, state, incident, zone, newAt, onSelect, onUndoable } = props
  const { draft, findings, summarised, unjudged } = state
  const fileOf = (id: string) => draft.files.find(({ source }) => source.id === id)
  return (
    <div className={classes.right}>
      <VerdictSummary
        view={findings}
        unjudged={unjudged}
        zone={zone}
        onEvidence={props.onEvidence}
      />
      <LimitField incident={incident} typed={draft.typedLimits} onLimit={desk.typeLimit} />
      <Notes
        notes={incident.notes.filter(({ place }) => place === 'notes')}
        zone={zone}
        at={newAt}
        field={props.noteField}
        onSelect={onSelect}
        onAdd={(text) => desk.addNote({ at: newAt, text, author: '', place: 'notes' })}
        onEdit={desk.editNote}
        onRemove={(id) => onUndoable({ text: 'Note removed.', undo: desk.removeNote(id) })}
      />
      <Sources
        sources={incident.sources}
        removable={new Set(draft.files.map(({ source }) => source.id))}
        onColumns={(id) => (desk.importOf(id)?.format === 'csv' ? () => props.onColumns(id) : null)}
        onRemove={(id) => {
          const name = fileOf(id)?.source.name
          onUndoable({ text: `${name} taken off.`, undo: desk.removeFile(id) })
        }}
        onWindow={(id) => {
          const file = fileOf(id)
          const span = file && spanOfFile(file)
          return span ? () => props.onWindow(span) : null
        }}
      />
      <HandOver
        incident={incident}
        findings={findings.kind === 'ready' ? findings.findings : null}
        hasSteps={summarised !== null}
        onBundle={async () => desk.bundle(await props.viewerCode())}
      />
    </div>
  )
}
