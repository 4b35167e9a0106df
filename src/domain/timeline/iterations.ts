import type { EpochMs } from '../units.ts'
import type { Marker } from './marker.ts'

/** One repetition of a load test; `to` is null while it goes on. */
export type Iteration = { number: number; from: EpochMs; to: EpochMs | null }

/** A load test and its repetitions. */
export type Run = {
  /** 1, 2, … in the order of their beginnings. */
  run: number
  label: string
  from: EpochMs
  /** Null while it goes on. */
  to: EpochMs | null
  /** A run whose repetitions nobody marked is one repetition. */
  iterations: readonly Iteration[]
}

type Stretch = { from: EpochMs; to: EpochMs | null }
type Marked = { label: string; from: EpochMs; to: EpochMs | null; iterations: Stretch[] }

/**
 * The runs and iterations that markers speak of up to `now`, oldest first. An iteration lasts until
 * the load is marked as off or the next one begins; after a pause the next one still belongs to the
 * same run, until another run begins. An iteration marked before any run begins one without a label.
 * Where the first iteration is marked later than its run, what lies before it (warming up) belongs to
 * no iteration.
 *
 * Marks of different origins do not end each other: a file that is laid beside a live test has runs
 * of its own. Limit changes and notes are no part of a run.
 */
export function iterationsOf(markers: readonly Marker[], now: EpochMs): readonly Run[] {
  const past = markers.filter(({ at }) => at <= now).toSorted((a, b) => a.at - b.at)
  const origins = [...new Set(past.map(({ origin }) => origin))]
  return origins
    .flatMap((origin) => runsOfOne(past.filter((marker) => marker.origin === origin)))
    .sort((a, b) => a.from - b.from)
    .map(({ label, from, to, iterations }, i) => ({
      run: i + 1,
      label,
      from,
      to,
      iterations: (iterations.length > 0 ? iterations : [{ from, to }]).map((one, n) => ({
        number: n + 1,
        ...one,
      })),
    }))
}

/** The runs of one origin, whose markers come oldest first. */
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
      run.iterations.push({ from: at, to: null })
    } else if (kind === 'end') endAt(runs.at(-1), at)
  }
  return runs
}

/** Ends what goes on of a run; what had ended before stays as it was. */
function endAt(run: Marked | undefined, at: EpochMs) {
  if (!run) return
  run.to ??= at
  const iteration = run.iterations.at(-1)
  if (iteration) iteration.to ??= at
}
