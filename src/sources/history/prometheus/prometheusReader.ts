import { type Observation, observation } from '#domain/observation.ts'
import { horizonsAt } from '#domain/retention.ts'
import {
  type DurationMs,
  durationMs,
  elapsed,
  type EpochMs,
  epochMs,
  HOUR_MS,
  metricId,
  MINUTE_MS,
  type OrgId,
} from '#domain/units.ts'
import type { AskContext } from '../../polledSource.ts'
import { SourceError } from '../../sourceError.ts'
import { type KeptSummaries, MOST_ERRORS_READ } from '../history.ts'
import { askPrometheus } from './askPrometheus.ts'
import { describedMetric } from './describedMetric.ts'
import { joinedSteps } from './joinedSteps.ts'
import { createKeptWindows, type KeptWindows, type Span } from './keptWindows.ts'
import { createProblems, type PrometheusProblem, type Problems } from './problem.ts'
import { type RawSeries, readRaw } from './readRaw.ts'
import type { Asking } from './readSeries.ts'
import { readSteps } from './readSteps.ts'
import { infosOf, joinedTold, readTold, SHORT_STEP_MS, type Told } from './readTold.ts'

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
  /** Whether it answers at all: one small question, whatever failed before. */
  answers: () => Promise<boolean>
}

/** Windows up to this long are told of in short steps, as they are shown in samples. */
const SHORT_MS = durationMs(50 * HOUR_MS)

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
  const keptSteps = createKeptWindows(now, joinedSteps)
  const keptTold = createKeptWindows(now, joinedTold)
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
        readPast(asking, keptTold, {
          organisation: organisation(org),
          span: boundedSpan(from, to, now()),
          samplesFrom,
          now: now(),
        }),
      ),
    readSummaries: (org, from, to, stepMs, problems = createProblems()) =>
      reading(`steps ${org}`, problems, (asking) =>
        readStepsWithin(asking, keptSteps, organisation(org), boundedSpan(from, to, now()), stepMs),
      ),
    problems: (org) => [`read ${org}`, `steps ${org}`].flatMap((key) => known.get(key) ?? []),
    again: () => {
      refusal = null
    },
    async answers() {
      try {
        await askPrometheus(context(), baseUrl, '/api/v1/query', { query: 'vector(1)' })
        return true
      } catch (error) {
        if (error instanceof SourceError) return false
        throw error
      }
    },
  }
}

/** A stretch that can be asked about: what is older than the history keeps, or yet to come, is in none. */
function boundedSpan(from: EpochMs, to: EpochMs, now: EpochMs): Span {
  const oldest = horizonsAt(now).all
  return {
    from: epochMs(Math.max(from, oldest)),
    to: epochMs(Math.min(to, now + HOUR_MS)),
  }
}

/** A stretch with both ends on a grid. */
const onGrid = ({ from, to }: Span, stepMs: DurationMs): Span => ({
  from: epochMs(Math.floor(from / stepMs) * stepMs),
  to: epochMs(Math.ceil(to / stepMs) * stepMs),
})

async function readStepsWithin(
  asking: Asking,
  keptSteps: KeptWindows<KeptSummaries>,
  organisation: string,
  wanted: Span,
  stepMs: DurationMs,
): Promise<KeptSummaries> {
  const span = onGrid(wanted, stepMs)
  if (span.from >= span.to) return { metrics: [], summaries: [] }
  const kept = await keptSteps.read(organisation, span, stepMs, async (part) => ({
    part: await readSteps(asking, { organisation, ...part, stepMs }),
    isWhole: asking.problems.all().length === 0,
  }))
  if (kept.summaries.length === 0) tellEmpty(asking.problems, organisation, wanted)
  return kept
}

type PastWanted = { organisation: string; span: Span; samplesFrom: EpochMs; now: EpochMs }

async function readPast(
  asking: Asking,
  keptTold: KeptWindows<Told>,
  { organisation, span, samplesFrom, now }: PastWanted,
): Promise<Observation> {
  const { from, to } = span
  if (from > to) return observation({})
  const stepMs = elapsed(from, to) <= SHORT_MS ? SHORT_STEP_MS : MINUTE_MS
  const since = epochMs(Math.max(from, samplesFrom, horizonsAt(to).raw))
  const [raw, told] = await Promise.all([
    since > to ? [] : readRaw(asking, { organisation, from: since, to }),
    // The last instant belongs to the window, too.
    keptTold.read(
      organisation,
      onGrid({ from, to: epochMs(to + 1) }, MINUTE_MS),
      stepMs,
      async (part) => ({
        part: await readTold(asking, organisation, part, { stepMs, now }),
        isWhole: asking.problems.all().length === 0,
      }),
    ),
  ])
  const infos = infosOf(told)
  const limits = told.limits.filter(({ step }) => step.from <= to)
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
    limits,
    // Each step belongs to the stretch in which it begins, so that none is told by two that follow each other.
    errors: told.errors.filter(({ at }) => at >= from && at <= to).slice(-MOST_ERRORS_READ),
  })
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
