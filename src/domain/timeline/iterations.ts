import { isFileKind } from '../fileKind.ts'
import type { EpochMs } from '../units.ts'
import type { Marker } from './marker.ts'

/** One repetition of a load test; `to` is null while it goes on. */
export type Iteration = {
  /** 1, 2, … within its run. */
  number: number
  /** As its marker names it; empty where it was not marked. */
  label: string
  from: EpochMs
  to: EpochMs | null
}

/** A load test and its repetitions. */
export type Run = {
  /** 1, 2, … in the order of their beginnings, among those being watched or those of its file. */
  run: number
  /** Whether it was read from a file that was laid beside what is being watched. */
  isFile: boolean
  /** As its marker names it, a file's by the file; empty where only its iterations were marked. */
  label: string
  from: EpochMs
  /** Null while it goes on. */
  to: EpochMs | null
  /** A run whose repetitions nobody marked is one repetition. */
  iterations: readonly Iteration[]
}

type Stretch = { label: string; from: EpochMs; to: EpochMs | null }
type Marked = { label: string; from: EpochMs; to: EpochMs | null; iterations: Stretch[] }

/**
 * The runs and iterations that markers speak of up to `now`, oldest first. An iteration lasts until
 * the load is marked as off or the next one begins; after a pause the next one still belongs to the
 * same run, until another run begins. An iteration marked before any run begins one without a label.
 * Where the first iteration is marked later than its run, what lies before it (warming up) belongs to
 * no iteration.
 *
 * What is marked on a screen joins the run that a feed speaks of: both watch the same test. A file has
 * runs of its own, which neither end nor count with those. Limit changes and notes are no part of
 * a run. Of markers at one instant, in whatever order they come, a run begins before its first
 * iteration, and an end ends what went on until then, or else what begins there.
 */
export function iterationsOf(markers: readonly Marker[], now: EpochMs): readonly Run[] {
  const past = markers.filter(({ at }) => at <= now).toSorted(inOrder)
  const files = new Set(past.map(fileOf))
  return [...files]
    .flatMap((file) =>
      runsOfOne(past.filter((marker) => fileOf(marker) === file)).map(
        ({ label, from, to, iterations }, i): Run => {
          const shown = iterations.length > 0 ? iterations : [{ label: '', from, to }]
          return {
            run: i + 1,
            isFile: file !== null,
            label,
            from,
            to,
            iterations: shown.map((one, n) => ({ number: n + 1, ...one })),
          }
        },
      ),
    )
    .sort((a, b) => a.from - b.from)
}

/** Markers come in any order, from a history in that of their ids. */
const inOrder = (a: Marker, b: Marker) => a.at - b.at || rankOf(a) - rankOf(b)

const rankOf = ({ kind }: Marker) => (kind === 'run' ? 0 : kind === 'end' ? 2 : 1)

/** What the markers of one file have in common; null for what is being watched. */
const fileOf = ({ origin, id }: Marker) =>
  isFileKind(origin) ? id.slice(0, Math.max(0, id.lastIndexOf(':'))) : null

/** The runs of one file, or of what is being watched; markers come oldest first. */
function runsOfOne(markers: readonly Marker[]): Marked[] {
  const runs: Marked[] = []
  for (const { kind, at, label } of markers) {
    if (kind === 'run') {
      endAt(runs.at(-1), at)
      runs.push({ label, from: at, to: null, iterations: [] })
    } else if (kind === 'iteration') {
      const run = runs.at(-1) ?? { label: '', from: at, to: null, iterations: [] }
      if (runs.length === 0) runs.push(run)
      endAt(run, at)
      run.to = null
      run.iterations.push({ label, from: at, to: null })
    } else if (kind === 'end' && !hasGivenWay(runs, at)) endAt(runs.at(-1), at)
  }
  return runs
}

/** Whether what went on until this instant was ended by what begins at it: an end then says nothing new. */
function hasGivenWay(runs: readonly Marked[], at: EpochMs): boolean {
  const gaveWay = (all: readonly Stretch[]) => all.at(-1)?.from === at && all.at(-2)?.to === at
  return gaveWay(runs) || gaveWay(runs.at(-1)?.iterations ?? [])
}

/** Ends what goes on of a run; what had ended before stays as it was. */
function endAt(run: Marked | undefined, at: EpochMs) {
  if (!run) return
  run.to ??= at
  const iteration = run.iterations.at(-1)
  if (iteration) iteration.to ??= at
}
