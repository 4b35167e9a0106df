import { formatClock, formatDuration } from '#domain/format.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { DAY_MS, type EpochMs, elapsed, type SourceId } from '#domain/units.ts'
import type { DrawnSeries } from '#monitor/drawnSeries.ts'
import type { OrgFacts, SourceStatus } from '#monitor/orgFacts.ts'
import { Note } from '#ui/notes/Note.tsx'
import { dayAndClock } from '#domain/timeline/dayAndClock.ts'
import { failureNote, sourceOf, sourceTrouble } from '#state/sourceNews.ts'

export type NoticeFacts = {
  facts: OrgFacts
  drawn: DrawnSeries
  window: { from: EpochMs; to: EpochMs }
  now: EpochMs
  zone: string
  onTryNow: (source: SourceId) => void
}

type Words = { title: string; text: string; source: SourceId | null }

/** What a chart writes in its place or beside it, and of which of its metrics it speaks. */
export type Panel = {
  /** As its gutter calls it: `Queue activity`. */
  title: string
  metrics: readonly [Metric, ...Metric[]]
}

/** Words in a chart's place while its window holds no sample: loading, failed and empty differ. */
export function panelNotice(known: NoticeFacts, panel: Panel) {
  const words = hasLineBeside(known, panel) ? null : noticeWords(known, panel)
  if (!words) return null
  const { source } = words
  const action = source ? { label: 'Try now', onAction: () => known.onTryNow(source) } : undefined
  return (
    <Note title={words.title} action={action}>
      {words.text}
    </Note>
  )
}

/** Another line of the same chart, a file's, is not to be written over. */
const hasLineBeside = ({ drawn, window }: NoticeFacts, { metrics: [, ...beside] }: Panel) =>
  beside.some(({ id }) => drawn.range(id, window.from, window.to))

/** What is wrong with the source of a chart, unless the chart's place says it already. */
export function troubleBeside(known: NoticeFacts, panel: Panel) {
  const { facts, zone } = known
  const [first] = panel.metrics
  const isInPlace = !hasLineBeside(known, panel) && isPlaceFor(known, first)
  for (const { id } of panel.metrics) {
    const source = sourceOf(facts.sources, id)
    const trouble = sourceTrouble(source, zone)
    if (trouble) return isInPlace && explains(source, known) ? null : trouble
  }
  return null
}

const isPlaceFor = ({ drawn, window }: NoticeFacts, { id }: Metric) =>
  drawn.range(id, window.from, window.to) === null

/** Why a window is empty: a source that began to fail after its end has nothing to do with it. */
const explains = (source: SourceStatus | null, { window }: NoticeFacts) =>
  !source?.failingSince || source.failingSince < window.to

/** Null where there is something to draw. */
export function noticeWords(known: NoticeFacts, { title, metrics: [metric] }: Panel): Words | null {
  const { facts, drawn, window, now, zone } = known
  if (!isPlaceFor(known, metric)) return null
  const source = sourceOf(facts.sources, metric.id)
  const trouble = explains(source, known) ? sourceTrouble(source, zone) : null
  if (trouble) return { ...failureNote(title, trouble), source: trouble.source }
  if (facts.isLoadingHistory)
    return { title: 'Loading', text: 'Reading back what is kept of this time.', source: null }
  const extent = drawn.extent(metric.id)
  if (!extent) {
    const inMs = source?.nextAt ? elapsed(now, source.nextAt) : 0
    const when = inMs >= 500 ? `in ${formatDuration(inMs)}` : 'now'
    return { title: 'No samples yet', text: `First reply expected ${when}.`, source: null }
  }
  const isToday = elapsed(window.from, now) <= DAY_MS
  const clock = (at: EpochMs) =>
    isToday ? formatClock(at, zone, 'minutes') : dayAndClock(at, zone, window.from)
  if (extent.from > window.from)
    return {
      title: `No samples before ${clock(extent.from)}`,
      text: 'Tidemark began to watch then. Add a file for earlier times.',
      source: null,
    }
  return {
    title: 'No samples in this window',
    text: `The newest one before it is of ${clock(extent.to)}.`,
    source: null,
  }
}
