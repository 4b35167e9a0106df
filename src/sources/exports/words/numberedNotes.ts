import type { Incident, IncidentNote } from '#domain/incident/incident.ts'

/** A note with the number that pins and lists give it: 1, 2, … by time. */
export type NumberedNote = { number: number; note: IncidentNote }

/** The notes of an incident; lines that somebody added to the timeline are no notes. */
export const numberedNotes = ({ notes }: Incident): readonly NumberedNote[] =>
  notes
    .filter(({ place }) => place === 'notes')
    .toSorted((a, b) => a.at - b.at)
    .map((note, i) => ({ number: i + 1, note }))
