import type { ErrorEvent, ErrorPlace } from '#domain/errors/errorEvent.ts'
import { epochMs } from '#domain/units.ts'
import type { Redactor } from '../redaction.ts'
import { createErrorKinds } from './errorKinds.ts'
import { createErrorMessages } from './errorMessages.ts'
import type { Failure } from './failure.ts'
import type { Sample } from './sample.ts'
import type { SampleTexts } from './sampleTexts.ts'
import { createSecondSlots } from './secondSlots.ts'
import type { FileNames } from './fileSeries.ts'
import { createSlotNews } from './slotNews.ts'

/** An event and what the stores know of it: how many, and the instant they know it by. */
type Counted = {
  kind: number
  place: ErrorPlace
  message: string | null
  slot: number
  atMs: number
  count: number
  toldCount: number
  toldAtMs: number
}

/** Collects the failures of a file while it is read. */
export type ErrorCollector = {
  add: (sample: Sample, failure: Failure) => void
  /** Whether the file has more distinct labels with errors than are held. */
  hasTooManyRoutes: () => boolean
  /** All of them, oldest first. */
  events: () => ErrorEvent[]
  /** What was not told yet, of the seconds since 1970 before `before`. */
  news: (before: number) => ErrorEvent[]
}

/**
 * Counts failures per second, class, status, code, label and thread group. Memory grows with seconds
 * and kinds of failure, not with rows.
 */
export function createErrorCounts(
  names: Pick<FileNames, 'kind' | 'groupOf'>,
  texts: SampleTexts,
  redactor: Redactor,
): ErrorCollector {
  const kinds = createErrorKinds(names, texts, redactor)
  const messages = createErrorMessages(texts, redactor)
  const seconds = createSecondSlots()
  const news = createSlotNews()
  const counted: Counted[] = []
  /** The numbers in `counted` by slot of the second, then by kind. */
  const bySecond: Map<number, number>[] = []
  const toldSeconds = new Set<number>()

  const eventOf = ({ kind, place, message, count }: Counted, atMs: number): ErrorEvent => ({
    ...kinds.kind(kind),
    at: epochMs(atMs),
    place,
    count,
    message,
  })

  /** Others of the same second that the stores cannot tell from this one, and have already. */
  function toldTwins(one: Counted): number[] {
    return [...bySecond[one.slot]!.values()].filter((number) => {
      const other = counted[number]!
      return other !== one && other.toldCount > 0 && isSameToStores(one, other)
    })
  }

  /** The stores do not compare codes. */
  function isSameToStores(one: Counted, other: Counted): boolean {
    const kind = kinds.kind(one.kind)
    const otherKind = kinds.kind(other.kind)
    return (
      kind.class === otherKind.class &&
      kind.status === otherKind.status &&
      kind.route === otherKind.route &&
      kind.app === otherKind.app &&
      instantOf(one) === instantOf(other)
    )
  }

  return {
    add(sample: Sample, failure: Failure) {
      const kind = kinds.kindOf(sample, failure)
      const { endMs } = sample
      const slot = seconds.slotOf(endMs)
      if (slot === bySecond.length) bySecond.push(new Map())
      const known = bySecond[slot]!.get(kind)
      if (known === undefined) {
        bySecond[slot]!.set(kind, counted.length)
        news.mark(counted.length)
        counted.push({
          kind,
          place: failure.place,
          message: messages.messageOf(sample),
          slot,
          atMs: endMs,
          count: 1,
          toldCount: 0,
          toldAtMs: 0,
        })
        return
      }
      const one = counted[known]!
      one.count += 1
      if (endMs < one.atMs) one.atMs = endMs
      news.mark(known)
    },
    hasTooManyRoutes: kinds.hasTooManyRoutes,
    /** Oldest first. */
    events: (): ErrorEvent[] =>
      counted.map((one) => eventOf(one, one.atMs)).sort((a, b) => a.at - b.at),
    /**
     * The events of the seconds before `before` that are new or count more than when they were last
     * told. An event that was told keeps its instant, although an earlier failure came late, since
     * it is known by it. What the stores take for the same event (they do not compare codes) comes
     * together, so that the larger count holds for all of it.
     */
    news(before: number): ErrorEvent[] {
      const fresh = news.take((number) => seconds.second(counted[number]!.slot) < before)
      const twins = fresh.flatMap((number) =>
        toldSeconds.has(counted[number]!.slot) ? toldTwins(counted[number]!) : [],
      )
      const told = [...new Set([...fresh, ...twins])].map((number) => counted[number]!)
      for (const one of told) {
        if (one.toldCount === 0) one.toldAtMs = one.atMs
        one.toldCount = one.count
        toldSeconds.add(one.slot)
      }
      return told.map((one) => eventOf(one, one.toldAtMs)).sort((a, b) => a.at - b.at)
    },
  }
}

const instantOf = ({ atMs, toldCount, toldAtMs }: Counted) => (toldCount > 0 ? toldAtMs : atMs)
