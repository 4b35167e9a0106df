import type { ErrorEvent } from '#domain/errors/errorEvent.ts'
import { type Observation, observation } from '#domain/observation.ts'
import { horizonsAt } from '#domain/retention.ts'
import {
  type DurationMs,
  durationMs,
  elapsed,
  type EpochMs,
  epochMs,
  HOUR_MS,
  later,
  metricId,
  MINUTE_MS,
  type OrgId,
  SECOND_MS,
} from '#domain/units.ts'
import type { AskContext } from '../../polledSource.ts'
import type { SourceError } from '../../sourceError.ts'
import { type KeptSummaries, MOST_ERRORS_READ } from '../history.ts'
import { describedMetric } from './describedMetric.ts'
import { createKeptSteps } from './keptSteps.ts'
import { createProblems, type PrometheusProblem, type Problems } from './problem.ts'
import { readErrors } from './readErrors.ts'
import { readInfos } from './readInfos.ts'
import { readLimits } from './readLimits.ts'
import { type RawSeries, readRaw } from './readRaw.ts'
import type { Asking, Grid } from './readSeries.ts'
import { readSteps } from './readSteps.ts'

export type PrometheusReaderOptions = {
  /**
   * Of any Prometheus-compatible server, or of the path of this page's own server that passes
   * requests on; without a slash at its end.
   */
  baseUrl: string
  fetch: AskContext['fetch']
  now: () => EpochMs
  /** How the recorder names an organisation; as Tidemark does where that is not said. */
  organisation?: (org: OrgId) => string
  /** After so long a request is given up. */
  timeoutMs?: DurationMs
  /** So long a server that could not be reached keeps nobody else waiting; 0 where left out. */
  restMs?: DurationMs
}

/** The reading side of a `History`, of what a recorder had Prometheus keep. */
export type PrometheusReader = {
  /** As that of a history; what is lacking is noted in `problems`, if they are given. */
  read: (
    org: OrgId,
    from: EpochMs,
    to: EpochMs,
    samplesFrom?: EpochMs,
    problems?: Problems,
  ) => Promise<Observation>
  readSummaries: (
    org: OrgId,
    from: EpochMs,
    to: EpochMs,
    stepMs: DurationMs,
    problems?: Problems,
  ) => Promise<KeptSummaries>
  /** What the newest readings of an organisation lack, and why; empty where they are whole. */
  problems: (org: OrgId) => readonly PrometheusProblem[]
  /** Asks at once again, also a server that could not be reached a moment ago. */
  again: () => void
}

/** Windows up to this long are told of in short steps, as they are shown in samples. */
const SHORT_MS = durationMs(50 * HOUR_MS)
const SHORT_STEP_MS = durationMs(10 * SECOND_MS)

/**
 * Reads what `tidemark record` had scraped. Peaks are whole at any resolution; what is missing stays
 * missing. Nothing throws: what cannot be read is left out, and `problems` says why. Prometheus
 * keeps no markers, no single errors, and nothing of the registry of limits.
 */
export function createPrometheusReader(options: PrometheusReaderOptions): PrometheusReader {
  const {
    baseUrl,
    fetch,
    now,
    organisation = (org) => org,
    timeoutMs = 15_000,
    restMs = 0,
  } = options
  const keptSteps = createKeptSteps(now)
  const known = new Map<string, readonly PrometheusProblem[]>()
  let refusal: { reason: SourceError; at: EpochMs } | null = null
  let newestReading = 0
  const newestOf = new Map<string, number>()

  const context = (): AskContext => ({
    signal: AbortSignal.timeout(timeoutMs),
    now,
    // Not as a method: a browser's own `fetch` refuses to be one of another object.
    fetch: (url, init) => fetch(url, init),
  })

  /** Does one reading and keeps its problems, unless a newer one of its kind has begun meanwhile. */
  async function reading<T>(
    key: string,
    problems: Problems,
    read: (asking: Asking) => Promise<T>,
  ): Promise<T> {
    const mine = (newestReading += 1)
    newestOf.set(key, mine)
    const isResting = refusal !== null && elapsed(refusal.at, now()) < restMs
    let givenUp = isResting ? refusal!.reason : null
    const answer = await read({
      baseUrl,
      context,
      problems,
      givenUp: () => givenUp,
      giveUp(reason) {
        givenUp = reason
        refusal = { reason, at: now() }
      },
    })
    if (newestOf.get(key) === mine) known.set(key, problems.all())
    return answer
  }

  return {
    read: (org, from, to, samplesFrom = from, problems = createProblems()) =>
      reading(`read ${org}`, problems, (asking) =>
        readPast(asking, organisation(org), boundedSpan(from, to, now()), samplesFrom, now()),
      ),
    readSummaries: (org, from, to, stepMs, problems = createProblems()) =>
      reading(`steps ${org}`, problems, (asking) =>
        readStepsWithin(asking, keptSteps, organisation(org), boundedSpan(from, to, now()), stepMs),
      ),
    problems: (org) => [`read ${org}`, `steps ${org}`].flatMap((key) => known.get(key) ?? []),
    again: () => {
      refusal = null
    },
  }
}

type Span = { from: EpochMs; to: EpochMs }

/** A stretch that can be asked about: what is older than the history keeps, or yet to come, is in none. */
function boundedSpan(from: EpochMs, to: EpochMs, now: EpochMs): Span {
  const oldest = horizonsAt(now).all
  return {
    from: epochMs(Math.max(from, oldest)),
    to: epochMs(Math.min(to, now + HOUR_MS)),
  }
}

async function readStepsWithin(
  asking: Asking,
  keptSteps: ReturnType<typeof createKeptSteps>,
  organisation: string,
  span: Span,
  stepMs: DurationMs,
): Promise<KeptSummaries> {
  const from = epochMs(Math.floor(span.from / stepMs) * stepMs)
  const to = epochMs(Math.ceil(span.to / stepMs) * stepMs)
  if (from >= to) return { metrics: [], summaries: [] }
  const kept = await keptSteps.read(organisation, { from, to }, stepMs, async (part) => ({
    kept: await readSteps(asking, { organisation, ...part, stepMs }),
    isWhole: asking.problems.all().length === 0,
  }))
  if (kept.summaries.length === 0) tellEmpty(asking.problems, organisation, span)
  return kept
}

async function readPast(
  asking: Asking,
  organisation: string,
  span: Span,
  samplesFrom: EpochMs,
  now: EpochMs,
): Promise<Observation> {
  const { from, to } = span
  if (from > to) return observation({})
  const grid = gridOver(span, elapsed(from, to) <= SHORT_MS ? SHORT_STEP_MS : MINUTE_MS)
  const since = epochMs(Math.max(from, samplesFrom, horizonsAt(to).raw))
  const [raw, infos, limits, errors] = await Promise.all([
    since > to ? [] : readRaw(asking, { organisation, from: since, to }),
    readInfos(asking, { organisation, from, to }),
    readLimits(asking, organisation, grid),
    readErrorsWithin(asking, organisation, span, now),
  ])
  const spokenOf = new Map<string, RawSeries | null>([
    ...limits.map(({ metric }): [string, null] => [metric, null]),
    ...raw.map((series): [string, RawSeries] => [series.id, series]),
  ])
  if (spokenOf.size === 0 && infos.size === 0) tellEmpty(asking.problems, organisation, span)
  return observation({
    metrics: [...spokenOf].map(([id, series]) =>
      describedMetric(id, series?.kind ?? 'gauge', infos.get(id), series?.intervalMs ?? null),
    ),
    samples: raw.map(({ id, series }) => ({ metric: metricId(id), series })),
    limits: limits.filter(({ step }) => step.from <= to),
    // Each step belongs to the stretch in which it begins, so that none is told by two that follow each other.
    errors: errors.filter(({ at }) => at >= from && at <= to).slice(-MOST_ERRORS_READ),
  })
}

/**
 * Errors stand at the beginning of a step: by how old they are and never by how long the window is,
 * since one that stood elsewhere the next time would be counted twice. As in the history here, old
 * ones are told by the minute.
 */
async function readErrorsWithin(
  asking: Asking,
  organisation: string,
  { from, to }: Span,
  now: EpochMs,
): Promise<ErrorEvent[]> {
  const youngFrom = Math.ceil(horizonsAt(now).raw / MINUTE_MS) * MINUTE_MS
  const read = (start: number, end: number, stepMs: DurationMs) =>
    start > end
      ? []
      : readErrors(
          asking,
          organisation,
          gridOver({ from: epochMs(start), to: epochMs(end) }, stepMs),
        )
  const [old, young] = await Promise.all([
    read(from, Math.min(to, youngFrom - 1), MINUTE_MS),
    read(Math.max(from, youngFrom), to, SHORT_STEP_MS),
  ])
  return [...old, ...young]
}

/** Steps that a stretch is cut into to find changes in it; each is asked about where it ends. */
function gridOver({ from, to }: Span, stepMs: DurationMs): Grid {
  const first = later(epochMs(Math.floor(from / stepMs) * stepMs), stepMs)
  return { first, last: later(epochMs(Math.floor(to / stepMs) * stepMs), stepMs), stepMs }
}

function tellEmpty(problems: Problems, organisation: string, { from, to }: Span) {
  // Where something failed, that is the reason.
  if (problems.all().length > 0) return
  problems.add({
    kind: 'empty',
    message: `Prometheus answers, and has nothing of organisation “${organisation}” in this time: it may not have recorded yet, keep data for a shorter time, or know the organisation by another id.`,
    from,
    to,
  })
}
