import { type Ref, useState } from 'react'
import { formatClock, formatZone } from '#domain/format.ts'
import type { IncidentNote } from '#domain/incident/incident.ts'
import type { EpochMs } from '#domain/units.ts'
import { NoteForm } from './NoteForm.tsx'
import classes from './Notes.module.css'
import { SectionHead } from './SectionHead.tsx'

type Props = {
  notes: readonly IncidentNote[]
  zone: string
  /** Where a new note would stand. */
  at: EpochMs
  field: Ref<HTMLTextAreaElement>
  onSelect: (at: EpochMs) => void
  onAdd: (text: string) => void
  onEdit: (id: string, text: string) => void
  onRemove: (id: string) => void
}

/** What people wrote, with its number on the charts. */
export function Notes({ notes, zone, at, field, onSelect, onAdd, onEdit, onRemove }: Props) {
  const [edited, setEdited] = useState<string | null>(null)
  return (
    <section aria-labelledby="notes-heading">
      <SectionHead id="notes-heading" title="Notes">
        kept in the bundle
      </SectionHead>
      <ol className={classes.notes}>
        {notes.map((note, i) => (
          <li key={note.id} className={classes.note}>
            <button
              type="button"
              className={classes.number}
              aria-label={`Note ${i + 1}, show its instant`}
              onClick={() => onSelect(note.at)}
            >
              {i + 1}
            </button>
            <span className={classes.when}>
              {formatClock(note.at, zone, 'minutes')} {formatZone(note.at, zone).split(',')[0]}
              {note.author === '' ? '' : `, ${note.author}`}
            </span>
            <span className={classes.actions}>
              <button type="button" onClick={() => setEdited(edited === note.id ? null : note.id)}>
                Edit
              </button>
              <button type="button" onClick={() => onRemove(note.id)}>
                Remove
              </button>
            </span>
            {edited === note.id ? (
              <NoteForm
                label={`Note ${i + 1}`}
                text={note.text}
                action="Keep"
                onAdd={(text) => {
                  onEdit(note.id, text)
                  setEdited(null)
                }}
                onCancel={() => setEdited(null)}
              />
            ) : (
              <p className={classes.text}>{note.text}</p>
            )}
          </li>
        ))}
      </ol>
      <NoteForm label={`Add a note at ${formatClock(at, zone)}`} field={field} onAdd={onAdd} />
    </section>
  )
}
