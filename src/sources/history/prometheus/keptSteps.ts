import { clippedSummaries, joinedSummaries } from '#domain/series/minuteSummaries.ts'
import {
  type DurationMs,
  durationMs,
  elapsed,
  type EpochMs,
  epochMs,
  MINUTE_MS,
} from '#domain/units.ts'
import type { KeptSummaries } from '../history.ts'

/** Steps that begin in [from, to), and whether all of them could be read. */
export type StepsRead = { kept: KeptSummaries; isWhole: boolean }

type Span = { from: EpochMs; to: EpochMs }
type Known = Span & { stepMs: DurationMs; kept: KeptSummaries; readAt: EpochMs }

/** What is younger may still change: scrapes under way, a remote write that is behind. */
const SETTLED_AFTER_MS = durationMs(15 * MINUTE_MS)
/** After so long everything is read anew: somebody may have filled a hole. */
const FRESH_MS = durationMs(10 * MINUTE_MS)

/**
 * Keeps the newest window of each organisation that was read in steps, so that one which overlaps it, as
 * after a pan, asks only for what is new in it. Readings with problems are not kept.
 */
export function createKeptSteps(now: () => EpochMs) {
  const windows = new Map<string, Known>()

  return {
    async read(
      organisation: string,
      span: Span,
      stepMs: DurationMs,
      read: (part: Span) => Promise<StepsRead>,
    ): Promise<KeptSummaries> {
      const readAt = now()
      const known = windows.get(organisation)
      const isOfUse =
        known?.stepMs === stepMs &&
        elapsed(known.readAt, readAt) < FRESH_MS &&
        known.from < span.to &&
        known.to > span.from
      const { before, after } = isOfUse ? besides(known, span) : { before: span, after: null }
      const [first, last] = await Promise.all([before && read(before), after && read(after)])
      const parts = [first?.kept, isOfUse ? known.kept : undefined, last?.kept]
      const kept = joined(
        parts.filter((part) => part !== undefined),
        span,
        stepMs,
      )
      const settled = Math.floor((readAt - SETTLED_AFTER_MS) / stepMs) * stepMs
      const to = epochMs(Math.min(span.to, settled))
      if ((first?.isWhole ?? true) && (last?.isWhole ?? true) && to > span.from)
        windows.set(organisation, {
          from: span.from,
          to,
          stepMs,
          kept: joined([kept], { from: span.from, to }, stepMs),
          readAt: isOfUse ? known.readAt : readAt,
        })
      return kept
    },
  }
}

/** What of a span lies before and what after a known one. */
function besides(known: Span, { from, to }: Span): { before: Span | null; after: Span | null } {
  return {
    before: from < known.from ? { from, to: known.from } : null,
    after: to > known.to ? { from: known.to, to } : null,
  }
}

/** Parts that follow each other, cut to a span; of several descriptions of a metric the last. */
function joined(parts: readonly KeptSummaries[], { from, to }: Span, stepMs: DurationMs) {
  const metrics = new Map(parts.flatMap((part) => part.metrics.map((one) => [one.id, one])))
  const summaries = [...metrics.keys()]
    .map((metric) => ({
      metric,
      steps: joinedSummaries(
        parts
          .flatMap((part) => part.summaries.filter((one) => one.metric === metric))
          .map(({ steps }) => clippedSummaries(steps, from, to)),
        stepMs,
      ),
    }))
    .filter(({ steps }) => steps.startMs.length > 0)
  return { metrics: [...metrics.values()], summaries }
}
