import * as z from 'zod/mini'
import type { ErrorClass } from '#domain/errors/errorEvent.ts'
import { ALL_QUEUES, QUEUE_MEDIA, type QueueChoice } from '#domain/metrics/queueChoice.ts'
import { SUMMARIES_KEPT_MS } from '#domain/retention.ts'
import { type DurationMs, durationMs, type EpochMs, HOUR_MS, type MetricId } from '#domain/units.ts'
import { durationOfText, durationText } from './durationText.ts'
import { errors, instant, instantText, linkReader, series, seriesText, zone } from './linkFields.ts'

/** The stretch of time on the screen: the last while, moving with the clock, or a fixed one. */
export type TimeWindow =
  | { kind: 'rolling'; lengthMs: DurationMs }
  | { kind: 'absolute'; from: EpochMs; to: EpochMs }

/** What a colleague sees from a link to Live. Null: nothing chosen, the screen decides. */
export type LiveView = {
  window: TimeWindow
  /** IANA zone of clock times; null: that of the reader's preferences. */
  zone: string | null
  /** The metrics shown; null: the usual ones. */
  series: readonly MetricId[] | null
  /** Whose conversations the queue chart shows. */
  queue: QueueChoice
  /** The instant the crosshair is pinned to. */
  at: EpochMs | null
  /** Error classes in the event table; null: all. */
  errors: readonly ErrorClass[] | null
  /** What lies open beside the charts. */
  panel: LivePanel | null
}

const LIVE_PANELS = ['evidence'] as const
type LivePanel = (typeof LIVE_PANELS)[number]

/** The parameters of the address, all text, as the router hands them over and takes them. */
export type LiveSearch = Partial<
  Record<'w' | 'from' | 'to' | 'zone' | 'series' | 'queue' | 'at' | 'errors' | 'panel', string>
>

export const DEFAULT_WINDOW: TimeWindow = { kind: 'rolling', lengthMs: HOUR_MS }
export const DEFAULT_LIVE_VIEW: LiveView = {
  window: DEFAULT_WINDOW,
  zone: null,
  series: null,
  queue: ALL_QUEUES,
  at: null,
  errors: null,
  panel: null,
}

const MIN_WINDOW_MS = durationMs(10_000)

const length = z.pipe(
  z.string().check(
    z.refine((text) => {
      const parsed = durationOfText(text)
      return parsed !== null && isShowable(parsed)
    }),
  ),
  z.transform((text) => durationOfText(text)!),
)
const panel = z.enum(LIVE_PANELS)

/** `voice`, or `queue:` and the id of one. */
const queue = z.union([
  z.pipe(
    z.enum(QUEUE_MEDIA.map(({ type }) => type)),
    z.transform((media): QueueChoice => ({ kind: 'media', media })),
  ),
  z.pipe(
    z.string().check(z.regex(/^queue:[^]/)),
    z.transform((text): QueueChoice => ({ kind: 'queue', id: text.slice('queue:'.length) })),
  ),
])

function queueText(choice: QueueChoice): string | null {
  if (choice.kind === 'all') return null
  return choice.kind === 'media' ? choice.media : `queue:${choice.id}`
}

const isShowable = (lengthMs: number) => lengthMs >= MIN_WINDOW_MS && lengthMs <= SUMMARIES_KEPT_MS

/**
 * What an address asks to show. A parameter that is not understood falls back to its default and is
 * named in a sentence, so that a bad link never breaks the screen nor silently shows something else.
 */
export function liveViewOf(search: Readonly<Record<string, unknown>>): {
  view: LiveView
  notices: readonly string[]
} {
  const { read, say, notices } = linkReader<keyof LiveSearch>(search)

  const rolling = read('w', length, 'the last hour is shown')
  const from = read('from', instant, 'the last hour is shown')
  const to = read('to', instant, 'the last hour is shown')
  const isAbsolute = from !== null && to !== null
  const isAbsoluteGood = isAbsolute && isShowable(to - from)
  if (isAbsolute ? !isAbsoluteGood : (from ?? to) !== null)
    say('The link names no window between 10 s and 13 months; the last hour is shown.')
  const window: TimeWindow = isAbsoluteGood
    ? { kind: 'absolute', from, to }
    : rolling !== null
      ? { kind: 'rolling', lengthMs: rolling }
      : DEFAULT_WINDOW
  return {
    view: {
      window,
      zone: read('zone', zone, 'your own zone is used'),
      series: read('series', series, 'the usual series are shown'),
      queue: read('queue', queue, 'the queues of all media are shown') ?? ALL_QUEUES,
      at: read('at', instant, 'nothing is selected'),
      errors: read('errors', errors, 'all classes are shown'),
      panel: read('panel', panel, 'nothing lies open beside the charts'),
    },
    notices: notices(),
  }
}

/** The address that asks for a view: what is default is left out. */
export function liveSearchOf(view: LiveView): LiveSearch {
  const { window, zone, series, at, errors, panel: open } = view
  const shownQueue = queueText(view.queue)
  const isDefault = window.kind === 'rolling' && window.lengthMs === HOUR_MS
  return {
    ...(window.kind === 'absolute'
      ? { from: instantText(window.from), to: instantText(window.to) }
      : isDefault
        ? {}
        : { w: durationText(window.lengthMs) }),
    ...(zone ? { zone } : {}),
    ...(series?.length ? { series: seriesText(series) } : {}),
    ...(shownQueue === null ? {} : { queue: shownQueue }),
    ...(at === null ? {} : { at: instantText(at) }),
    ...(errors?.length ? { errors: errors.join(',') } : {}),
    ...(open ? { panel: open } : {}),
  }
}
