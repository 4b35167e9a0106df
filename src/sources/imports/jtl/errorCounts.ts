import { type ErrorEvent, errorEvent } from '#domain/errors/errorEvent.ts'
import { epochMs } from '#domain/units.ts'
import type { Redactor } from '../redaction.ts'
import { createErrorKinds } from './errorKinds.ts'
import type { JtlFailure } from './jtlFailure.ts'
import { type JtlSample, messageOf } from './jtlSample.ts'
import type { JtlTexts } from './jtlTexts.ts'
import { createSecondSlots } from './secondSlots.ts'
import { createSlotNews } from './slotNews.ts'

const MAX_MESSAGE_CHARS = 200

/** An event and what the stores know of it: how many, and the instant they know it by. */
type Counted = { event: ErrorEvent; slot: number; toldCount: number; toldAt: number }

/**
 * Counts failures per second, class, status, code, label and thread group. Memory grows with seconds
 * and kinds of failure, not with rows.
 */
export function createErrorCounts(texts: JtlTexts, redactor: Redactor) {
  const kinds = createErrorKinds(texts, redactor)
  const seconds = createSecondSlots()
  const news = createSlotNews()
  const counted: Counted[] = []
  /** The numbers in `counted` by slot of the second, then by kind. */
  const bySecond: Map<number, number>[] = []
  const toldSeconds = new Set<number>()

  function added(sample: JtlSample, failure: JtlFailure, kind: number, slot: number): number {
    const failureMessage = messageOf(sample, texts, 'failureMessage').trim()
    const message = failureMessage || messageOf(sample, texts, 'message').trim()
    const event = errorEvent({
      ...failure,
      ...kinds.kind(kind),
      at: epochMs(sample.endMs),
      source: 'jtl',
      count: 0,
      message: message === '' ? null : shortened(redactor.clean(message)),
    })
    return counted.push({ event, slot, toldCount: 0, toldAt: 0 }) - 1
  }

  /** Others of the same second that the stores cannot tell from this one, and have already. */
  function toldTwins(one: Counted): number[] {
    return [...bySecond[one.slot]!.values()].filter((number) => {
      const other = counted[number]!
      return other !== one && other.toldCount > 0 && isSameToStores(one, other)
    })
  }

  return {
    add(sample: JtlSample, failure: JtlFailure) {
      const kind = kinds.kindOf(sample, failure)
      const slot = seconds.slotOf(sample.endMs)
      if (slot === bySecond.length) bySecond.push(new Map())
      const ofSecond = bySecond[slot]!
      let number = ofSecond.get(kind)
      if (number === undefined) {
        number = added(sample, failure, kind, slot)
        ofSecond.set(kind, number)
      }
      const { event } = counted[number]!
      event.count += 1
      if (sample.endMs < event.at) event.at = epochMs(sample.endMs)
      news.mark(number)
    },
    hasTooManyRoutes: kinds.hasTooManyRoutes,
    /** Oldest first. */
    events: (): ErrorEvent[] =>
      counted.map(({ event }) => ({ ...event })).sort((a, b) => a.at - b.at),
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
        if (one.toldCount === 0) one.toldAt = one.event.at
        one.toldCount = one.event.count
        toldSeconds.add(one.slot)
      }
      return told
        .map(({ event, toldAt }) => ({ ...event, at: epochMs(toldAt) }))
        .sort((a, b) => a.at - b.at)
    },
  }
}

function isSameToStores(one: Counted, other: Counted): boolean {
  const { event } = one
  return (
    event.class === other.event.class &&
    event.status === other.event.status &&
    event.route === other.event.route &&
    event.app === other.event.app &&
    instantOf(one) === instantOf(other)
  )
}

const instantOf = ({ event, toldCount, toldAt }: Counted) => (toldCount > 0 ? toldAt : event.at)

const shortened = (text: string) =>
  text.length > MAX_MESSAGE_CHARS ? `${text.slice(0, MAX_MESSAGE_CHARS - 1)}…` : text
