import * as z from 'zod/mini'
import type { ErrorClass } from '#domain/errors/errorEvent.ts'
import type { Comparison, Span } from '#domain/incident/incident.ts'
import { SUMMARIES_KEPT_MS } from '#domain/retention.ts'
import { type EpochMs, type MetricId, type OrgId, orgId } from '#domain/units.ts'
import type { LiveView } from './liveLink.ts'
import {
  errors,
  instant,
  instantText,
  linkReader,
  series,
  seriesText,
  span,
  spanText,
  zone,
} from './linkFields.ts'

/** What a colleague sees from a link to Review. Null: nothing chosen, the screen decides. */
export type ReviewView = {
  /** Whose history; null: files or a bundle alone, which a link cannot carry. */
  org: OrgId | null
  window: Span | null
  zone: string | null
  /** The metric the upper chart is about; null: the usual one. */
  series: readonly MetricId[] | null
  /** The instant the crosshair is pinned to: the selection. */
  at: EpochMs | null
  comparison: Comparison | null
  /** Error classes in the table of errors; null: all. */
  errors: readonly ErrorClass[] | null
  panel: 'evidence' | null
}

/** The parameters of the address, all text. */
export type ReviewSearch = Partial<
  Record<'org' | 'from' | 'to' | 'zone' | 'series' | 'at' | 'a' | 'b' | 'errors' | 'panel', string>
>

export const DEFAULT_REVIEW_VIEW: ReviewView = {
  org: null,
  window: null,
  zone: null,
  series: null,
  at: null,
  comparison: null,
  errors: null,
  panel: null,
}

const MIN_WINDOW_MS = 1_000

const org = z.pipe(
  z.string().check(z.regex(/^[A-Za-z0-9._-]{1,100}$/)),
  z.transform((text) => orgId(text)),
)
const panel = z.enum(['evidence'])

const isShowable = ({ from, to }: Span) =>
  to - from >= MIN_WINDOW_MS && to - from <= SUMMARIES_KEPT_MS

/** What an address asks to show, and what in it was not understood, one sentence each. */
export function reviewViewOf(search: Readonly<Record<string, unknown>>): {
  view: ReviewView
  notices: readonly string[]
} {
  const { read, say, notices } = linkReader<keyof ReviewSearch>(search)
  const from = read('from', instant, 'no window is chosen')
  const to = read('to', instant, 'no window is chosen')
  const isWindow = from !== null && to !== null && isShowable({ from, to })
  if (!isWindow && (from ?? to) !== null)
    say('The link names no window between 1 s and 13 months; choose one.')
  const a = read('a', span, 'nothing is compared')
  const b = read('b', span, 'nothing is compared')
  const isCompared = a !== null && b !== null && isShowable(a) && isShowable(b)
  if (!isCompared && (a ?? b) !== null) say('The link names no two windows to compare.')
  const view: ReviewView = {
    org: read('org', org, 'no organisation is chosen'),
    window: isWindow ? { from, to } : null,
    zone: read('zone', zone, 'your own zone is used'),
    series: read('series', series, 'the usual series are shown'),
    at: read('at', instant, 'nothing is selected'),
    comparison: isCompared ? { a, b } : null,
    errors: read('errors', errors, 'all classes are shown'),
    panel: read('panel', panel, 'nothing lies open beside the charts'),
  }
  return { view, notices: notices() }
}

/** The address that asks for a view: what is default is left out. */
export function reviewSearchOf(view: ReviewView): ReviewSearch {
  const { window, comparison } = view
  return {
    ...(view.org === null ? {} : { org: view.org }),
    ...(window ? { from: instantText(window.from), to: instantText(window.to) } : {}),
    ...(view.zone ? { zone: view.zone } : {}),
    ...(view.series?.length ? { series: seriesText(view.series) } : {}),
    ...(view.at === null ? {} : { at: instantText(view.at) }),
    ...(comparison ? { a: spanText(comparison.a), b: spanText(comparison.b) } : {}),
    ...(view.errors?.length ? { errors: view.errors.join(',') } : {}),
    ...(view.panel ? { panel: view.panel } : {}),
  }
}

/**
 * What Review shows of what is on Live: the same window where that stands still, the same zone, selection
 * and errors. A window that moves with the clock has no end to review.
 */
export function reviewOfLive(org: OrgId, live: LiveView | null): ReviewView {
  if (live?.window.kind !== 'absolute') return { ...DEFAULT_REVIEW_VIEW, org }
  const { window, zone: shownZone, series: shown, at, errors: listed } = live
  const { from, to } = window
  return {
    ...DEFAULT_REVIEW_VIEW,
    org,
    window: { from, to },
    zone: shownZone,
    series: shown,
    at,
    errors: listed,
  }
}
