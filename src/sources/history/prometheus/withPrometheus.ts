import { type Observation, observation } from '#domain/observation.ts'
import type { Series } from '#domain/series/series.ts'
import {
  DAY_MS,
  type DurationMs,
  durationMs,
  elapsed,
  type EpochMs,
  epochMs,
  later,
  type MetricId,
  MINUTE_MS,
  type OrgId,
} from '#domain/units.ts'
import { mergedColumns } from '../columns.ts'
import { type History, type KeptSummaries, MOST_ERRORS_READ } from '../history.ts'
import { atOnce } from './atOnce.ts'
import { fullerSteps } from './fullerSteps.ts'
import type { PastBoard } from './pastBoard.ts'
import { createProblems, type PrometheusProblem } from './problem.ts'
import type { PrometheusReader } from './prometheusReader.ts'

type Stretch = { from: EpochMs; to: EpochMs }

/** A shorter hole is a reload, and not worth a question. */
const HOLE_MS = durationMs(5 * MINUTE_MS)
/** Of more holes the longest are filled. */
const MOST_HOLES = 8
const HALF_HOUR_MS = durationMs(30 * MINUTE_MS)

type Options = {
  history: History
  reader: PrometheusReader
  board: PastBoard
  /** Holes are filled up to here: what is younger comes from elsewhere. */
  until?: () => EpochMs
}

/**
 * A history that knows what a recorder had Prometheus keep, besides what was watched here: older time,
 * and the nights in which no tab was open. What was watched here comes first, since it was not
 * rounded to scrapes; only stretches without any sample of an organisation are asked about. Writes, and
 * forgets, here alone. What Prometheus could not say stands on the board.
 */
export function withPrometheus({
  history,
  reader,
  board,
  until = () => FOREVER,
}: Options): History {
  /** The stretches of [from, to] of which nothing is kept here. */
  async function holesWithin(org: OrgId, { from, to }: Stretch) {
    // Of long times the half hours are kept ready.
    const stepMs = elapsed(from, to) <= 2 * DAY_MS ? MINUTE_MS : HALF_HOUR_MS
    const start = epochMs(Math.floor(from / stepMs) * stepMs)
    const end = later(epochMs(Math.floor(to / stepMs) * stepMs), stepMs)
    const holes = holesOf(await history.readSummaries(org, start, end, stepMs), start, end, stepMs)
    return holes
      .map((hole) => ({
        from: epochMs(Math.max(hole.from, from)),
        // The last millisecond of a hole, since readings hold both their ends.
        to: epochMs(Math.min(later(hole.to, -1), to, until())),
      }))
      .filter((hole) => elapsed(hole.from, hole.to) >= HOLE_MS)
      .toSorted((a, b) => elapsed(b.from, b.to) - elapsed(a.from, a.to))
      .slice(0, MOST_HOLES)
  }

  async function fill(org: OrgId, span: Stretch, samplesFrom: EpochMs): Promise<Observation[]> {
    const found = await atOnce(await holesWithin(org, span), async (hole) => {
      const problems = createProblems()
      const since = epochMs(Math.max(samplesFrom, hole.from))
      const past = await reader.read(org, hole.from, hole.to, since, problems)
      return { past, problems: problems.all().map((one) => clipped(one, hole)) }
    })
    const problems = found.flatMap((one) => one.problems)
    board.read(org, 'samples', span, withoutEmpty(problems, found.length))
    return found.map(({ past }) => past)
  }

  return {
    ...history,
    read: async (org, from, to, samplesFrom = from) => {
      const [here, there] = await Promise.all([
        history.read(org, from, to, samplesFrom),
        board.during(org, fill(org, { from, to }, samplesFrom)),
      ])
      return joined([...there, here])
    },
    readSummaries: async (org, from, to, stepMs) => {
      const here = await history.readSummaries(org, from, to, stepMs)
      const end = epochMs(Math.min(to, Math.floor(until() / stepMs) * stepMs))
      const holes = holesOf(here, from, end, stepMs)
      const problems = createProblems()
      if (holes.length === 0) {
        board.read(org, 'steps', { from, to }, [])
        return here
      }
      // One question for all of them, with the steps beside each, which may be filled in part.
      const first = epochMs(Math.max(from, holes[0]!.from - stepMs))
      const last = epochMs(Math.min(to, holes.at(-1)!.to + stepMs))
      const there = await board.during(
        org,
        reader.readSummaries(org, first, last, stepMs, problems),
      )
      const told = problems.all().map((one) => clipped(one, { from: first, to: last }))
      board.read(org, 'steps', { from, to }, withoutEmpty(told, 1))
      return filled(here, there)
    },
    here: () => history,
  }
}

const FOREVER = epochMs(Infinity)

/** Questions reach beyond a stretch, for what stood before it. */
const clipped = (problem: PrometheusProblem, { from, to }: Stretch): PrometheusProblem => ({
  ...problem,
  from: epochMs(Math.min(Math.max(problem.from, from), to)),
  to: epochMs(Math.max(Math.min(problem.to, to), from)),
})

/** One hole of several may be older than all recording; nothing in any of them is worth a word. */
const withoutEmpty = (problems: readonly PrometheusProblem[], holes: number) =>
  problems.filter(({ kind }) => kind === 'empty').length < holes
    ? problems.filter(({ kind }) => kind !== 'empty')
    : problems

/** The stretches of [from, to) in which no step of any metric is known, oldest first. */
function holesOf(
  { summaries }: KeptSummaries,
  from: EpochMs,
  to: EpochMs,
  stepMs: DurationMs,
): Stretch[] {
  const known = new Set(summaries.flatMap(({ steps }) => [...steps.startMs]))
  const holes: Stretch[] = []
  let next: number = from
  for (const start of [...known].toSorted((a, b) => a - b)) {
    if (start > next && next < to)
      holes.push({ from: epochMs(next), to: epochMs(Math.min(start, to)) })
    next = start + stepMs
  }
  if (next < to) holes.push({ from: epochMs(next), to })
  return holes
}

/** What both know; the second describes metrics in its words. */
function filled(here: KeptSummaries, there: KeptSummaries): KeptSummaries {
  const byMetric = new Map(here.summaries.map(({ metric, steps }) => [metric, steps]))
  for (const { metric, steps } of there.summaries) {
    const known = byMetric.get(metric)
    byMetric.set(metric, known ? fullerSteps(known, steps) : steps)
  }
  return {
    metrics: [...there.metrics, ...here.metrics],
    summaries: [...byMetric].map(([metric, steps]) => ({ metric, steps })),
  }
}

/** Several readings as one; of metrics that more than one describes, the last one's words count. */
function joined(parts: readonly Observation[]): Observation {
  const metrics = new Map(parts.flatMap((part) => part.metrics.map((one) => [one.id, one])))
  const errors = parts.flatMap((part) => part.errors).toSorted((a, b) => a.at - b.at)
  return observation({
    metrics: [...metrics.values()],
    samples: joinedSamples(parts),
    limits: parts.flatMap((part) => part.limits).toSorted((a, b) => a.step.from - b.step.from),
    errors: errors.slice(-MOST_ERRORS_READ),
    markers: parts.flatMap((part) => part.markers),
    registry: parts.flatMap((part) => part.registry),
  })
}

/** One series for each metric, oldest first. */
function joinedSamples(parts: readonly Observation[]): Observation['samples'] {
  const pieces = new Map<MetricId, Series[]>()
  for (const { metric, series } of parts.flatMap((part) => part.samples))
    pieces.set(metric, [...(pieces.get(metric) ?? []), series])
  return [...pieces].map(([metric, all]) => ({ metric, series: mergedColumns(all) }))
}
