import { formatCount, formatDuration } from '#domain/format.ts'
import type { Marker, MarkerKind } from '#domain/timeline/marker.ts'
import { iterationNumber, iterationSpans } from '#domain/timeline/iterationSpans.ts'
import { type Iteration, iterationsOf, type Run } from '#domain/timeline/iterations.ts'
import { namedNumber } from '#domain/timeline/namedNumber.ts'
import { type EpochMs, elapsed } from '#domain/units.ts'
import type { IterationSpan } from '#ui/charts/chartData.ts'

/** What screens say of a load test's runs. */
export type RunsNow = {
  spans: readonly IterationSpan[]
  /** `Run 7, iteration 10, 11 min`; null where no run is known. */
  words: string | null
  /** Whose iterations a window shows: `Run 7, iterations`, `Runs 6 to 7, iterations`, `ramp.jtl`. */
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
  const files = runs.filter(({ isFile }) => isFile)
  const watched = runs.filter(({ isFile }) => !isFile)
  const run = watched.at(-1)
  const last = run?.iterations.at(-1)
  const isOn = last !== undefined && last.to === null
  return {
    spans: iterationSpans(runs),
    words: run && last ? wordsOf(run, last, now) : null,
    titleIn: (from, to) => titleOf(within(watched, from, to), within(files, from, to)),
    next: isOn
      ? { kind: 'iteration', label: `Iteration ${iterationNumber(last) + 1}` }
      : { kind: 'run', label: `Run ${run ? (namedNumber(run.label) ?? run.run) + 1 : 1}` },
    isOn,
    iterationAt: (at) => iterationAt(watched, at),
  }
}

type Runs = readonly Run[]

/** A run whose beginning nobody saw has no name, and none is made up. */
const titled = (label: string, what: string) =>
  label === '' ? `${what.slice(0, 1).toUpperCase()}${what.slice(1)}` : `${label}, ${what}`

function wordsOf(run: Run, iteration: Iteration, now: EpochMs): string {
  const { from, to } = iteration
  const name = titled(run.label, `iteration ${iterationNumber(iteration)}`)
  return to === null
    ? `${name}, ${formatDuration(elapsed(from, now))}`
    : `${name} ended ${formatDuration(elapsed(to, now))} ago`
}

const within = (runs: Runs, from: EpochMs, to: EpochMs) =>
  runs.filter((run) => run.from < to && (run.to === null || run.to > from))

function titleOf(watched: Runs, files: Runs): string {
  const [first] = watched
  const last = watched.at(-1)
  if (!first || !last) return filesTitle(files)
  if (first === last) return titled(first.label, 'iterations')
  // The beginning of the older one was not seen.
  if (first.label === '' && watched.length === 2) return `Up to ${last.label}, iterations`
  const [one, other] = [first, last].map(({ label }) => /^Run (\d+)$/.exec(label)?.[1])
  return one && other
    ? `Runs ${one} to ${other}, iterations`
    : `${formatCount(watched.length)} runs, iterations`
}

function filesTitle(files: Runs): string {
  const [first, ...others] = files
  if (!first) return 'No runs in this window'
  return others.length === 0 ? first.label : `${formatCount(files.length)} files`
}

function iterationAt(runs: Runs, at: EpochMs): string | null {
  for (const { iterations } of runs.toReversed()) {
    const found = iterations.findLast(({ from, to }) => at >= from && (to === null || at < to))
    if (found) return String(iterationNumber(found))
  }
  return null
}
