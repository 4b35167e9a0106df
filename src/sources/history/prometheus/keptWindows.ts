import {
  type DurationMs,
  durationMs,
  elapsed,
  type EpochMs,
  epochMs,
  MINUTE_MS,
} from '#domain/units.ts'

/** The instants in [from, to), both on the grid of the steps that are asked for. */
export type Span = { from: EpochMs; to: EpochMs }

/** What was read of a span, and whether all of it could be. */
export type PartRead<Part> = { part: Part; isWhole: boolean }

type Known<Part> = Span & { stepMs: DurationMs; part: Part; readAt: EpochMs }

/** What is younger may still change: scrapes under way, a remote write that is behind. */
const SETTLED_AFTER_MS = durationMs(15 * MINUTE_MS)
/** After so long everything is read anew: somebody may have filled a hole. */
const FRESH_MS = durationMs(10 * MINUTE_MS)

export type KeptWindows<Part> = ReturnType<typeof createKeptWindows<Part>>

/**
 * Keeps the newest window of each organisation that was read, so that one which overlaps it, as after a pan,
 * asks only for what is new in it. Readings with problems are not kept. `joined` makes parts that
 * follow each other into one, cut to a span.
 */
export function createKeptWindows<Part>(
  now: () => EpochMs,
  joined: (parts: readonly Part[], span: Span, stepMs: DurationMs) => Part,
) {
  const windows = new Map<string, Known<Part>>()

  return {
    async read(
      organisation: string,
      span: Span,
      stepMs: DurationMs,
      read: (part: Span) => Promise<PartRead<Part>>,
    ): Promise<Part> {
      const readAt = now()
      const known = windows.get(organisation)
      const isOfUse =
        known?.stepMs === stepMs &&
        elapsed(known.readAt, readAt) < FRESH_MS &&
        known.from < span.to &&
        known.to > span.from
      const { before, after } = isOfUse ? besides(known, span) : { before: span, after: null }
      const [first, last] = await Promise.all([before && read(before), after && read(after)])
      const parts = [first?.part, isOfUse ? known.part : undefined, last?.part]
      const whole = joined(
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
          part: joined([whole], { from: span.from, to }, stepMs),
          readAt: isOfUse ? known.readAt : readAt,
        })
      return whole
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
