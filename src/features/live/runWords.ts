import { formatDuration } from '#domain/format.ts'
import type { Marker, MarkerKind } from '#domain/timeline/marker.ts'
import { iterationsOf } from '#domain/timeline/iterations.ts'
import { type EpochMs, elapsed } from '#domain/units.ts'
import type { IterationSpan } from '#ui/charts/chartData.ts'

type Runs = ReturnType<typeof iterationsOf>

/** What screens say of a load test's runs. */
export type RunsNow = {
  spans: readonly IterationSpan[]
  /** `Run 7, iteration 10, 11 min`; null where no run is known. */
  words: string | null
  /** Whose iterations a window shows: `Run 7, iterations`, `Runs 6 to 7, iterations`. */
  titleIn: (from: EpochMs, to: EpochMs) => string
  /** What the next press of M marks. */
  next: { kind: MarkerKind; label: string }
  isOn: boolean
  /** The iteration in progress at an instant, in words. */
  iterationAt: (at: EpochMs) => string | null
}

/** Reads runs and iterations off the markers. */
export function runsNow(markers: readonly Marker[], now: EpochMs): RunsNow {
  const runs = iterationsOf(markers, now)
  const spans = runs.flatMap(({ iterations }) =>
    iterations.map(({ number, from, to }) => ({ from, to, label: String(number) })),
  )
  const run = runs.at(-1)
  const last = run?.iterations.at(-1)
  const isOn = last !== undefined && last.to === null
  return {
    spans,
    words: run && last ? wordsOf(run, last, now) : null,
    titleIn: (from, to) => titleIn(runs, from, to),
    next: isOn
      ? { kind: 'iteration', label: `Iteration ${last.number + 1}` }
      : { kind: 'run', label: `Run ${(run?.run ?? 0) + 1}` },
    isOn,
    iterationAt: (at) => iterationAt(runs, at),
  }
}

type Run = Runs[number]
type Iteration = Run['iterations'][number]

function wordsOf({ run }: Run, { number, from, to }: Iteration, now: EpochMs): string {
  const name = `Run ${run}, iteration ${number}`
  return to === null
    ? `${name}, ${formatDuration(elapsed(from, now))}`
    : `${name} ended ${formatDuration(elapsed(to, now))} ago`
}

function titleIn(runs: Runs, from: EpochMs, to: EpochMs): string {
  const shown = runs.filter((run) => run.from < to && (run.to === null || run.to > from))
  const [first] = shown
  const last = shown.at(-1)
  if (!first || !last) return 'No runs in this window'
  return first === last
    ? `Run ${first.run}, iterations`
    : `Runs ${first.run} to ${last.run}, iterations`
}

function iterationAt(runs: Runs, at: EpochMs): string | null {
  for (const { iterations } of runs.toReversed()) {
    const found = iterations.findLast(({ from, to }) => at >= from && (to === null || at < to))
    if (found) return String(found.number)
  }
  return null
}
