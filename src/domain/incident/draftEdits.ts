import type { MetricId } from '../units.ts'
import type { Draft } from './draft.ts'
import type { Incident, IncidentNote, SourceClock } from './incident.ts'

/** What an edit changes of a draft. */
type Edit = Partial<Draft>

/** The clock of one file, moved. */
export const clockMoved = ({ files }: Draft, id: string, clock: SourceClock): Edit => ({
  files: files.map((file) =>
    file.source.id === id ? { ...file, source: { ...file.source, clock } } : file,
  ),
})

/** A limit that no source tells; null takes it back. */
export function limitTyped({ typedLimits }: Draft, metric: MetricId, value: number | null): Edit {
  const others = typedLimits.filter((one) => one.metric !== metric)
  return { typedLimits: value === null ? others : [...others, { metric, value }] }
}

/** A new note; the id tells it from others. */
export const noteAdded = ({ notes }: Draft, note: IncidentNote): Edit => ({
  notes: [...notes, note],
})

/** Other words for a note. */
export const noteReworded = ({ notes }: Draft, id: string, text: string): Edit => ({
  notes: notes.map((note) => (note.id === id ? { ...note, text } : note)),
})

/** Without a note; `back` lays it into a later draft again, in its place, and nothing where it is there. */
export function noteRemoved({ notes }: Draft, id: string) {
  const place = notes.findIndex((note) => note.id === id)
  const note = notes[place]
  return {
    edit: { notes: notes.filter((one) => one !== note) } satisfies Edit,
    back: (now: Draft): Edit =>
      note && !now.notes.some((one) => one.id === id)
        ? { notes: now.notes.toSpliced(place, 0, note) }
        : {},
  }
}

/** Without a file; `back` as for notes. */
export function fileRemoved({ files }: Draft, id: string) {
  const place = files.findIndex(({ source }) => source.id === id)
  const file = files[place]
  return {
    edit: { files: files.filter((one) => one !== file) } satisfies Edit,
    back: (now: Draft): Edit =>
      file && !now.files.some(({ source }) => source.id === id)
        ? { files: now.files.toSpliced(place, 0, file) }
        : {},
  }
}

/** An incident with the columns and events of another that was made of the same: who holds those need not look again. */
export function withSameData(incident: Incident | null, same: Incident | null): Incident | null {
  if (!incident || !same) return incident
  const { samples, errors, markers, clients } = same
  return { ...incident, samples, errors, markers, clients }
}
