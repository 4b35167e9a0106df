import { formatClock, formatDuration } from '#domain/format.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { type EpochMs, elapsed, type SourceId } from '#domain/units.ts'
import type { OrgFacts } from '#monitor/orgFacts.ts'
import type { SeriesStore } from '#monitor/seriesStore.ts'
import { Note } from '#ui/notes/Note.tsx'
import { failureNote, sourceOf, sourceTrouble } from './sourceNews.ts'

export type NoticeFacts = {
  facts: OrgFacts
  series: SeriesStore
  window: { from: EpochMs; to: EpochMs }
  now: EpochMs
  zone: string
  onTryNow: (source: SourceId) => void
}

type Words = { title: string; text: string; source: SourceId | null }

/** Words in a chart's place while its window holds no sample: loading, failed and empty differ. */
export function panelNotice(known: NoticeFacts, metrics: readonly [Metric, ...Metric[]]) {
  const { series, window } = known
  // Another line of the same chart, a file's, is not to be written over.
  const [metric, ...beside] = metrics
  if (beside.some(({ id }) => series.range(id, window.from, window.to))) return null
  const words = noticeWords(known, metric)
  if (!words) return null
  const { source } = words
  const action = source ? { label: 'Try now', onAction: () => known.onTryNow(source) } : undefined
  return (
    <Note title={words.title} action={action}>
      {words.text}
    </Note>
  )
}

/**
 * What is wrong with the source of a chart that still shows what it brought before. Null while all is
 * well, and where the chart's place says it already.
 */
export function troubleBeside(known: NoticeFacts, metrics: readonly Metric[]) {
  const { facts, series, window, zone } = known
  if (!metrics.some(({ id }) => series.range(id, window.from, window.to))) return null
  for (const { id } of metrics) {
    const trouble = sourceTrouble(sourceOf(facts.sources, id), zone)
    if (trouble) return trouble
  }
  return null
}

/** Null where there is something to draw. */
export function noticeWords(
  { facts, series, window, now, zone }: NoticeFacts,
  metric: Metric,
): Words | null {
  if (series.range(metric.id, window.from, window.to)) return null
  const source = sourceOf(facts.sources, metric.id)
  const trouble = sourceTrouble(source, zone)
  if (trouble) return { ...failureNote(metric.title, trouble), source: trouble.source }
  if (facts.isLoadingHistory)
    return { title: 'Loading', text: 'Reading back what is kept of the last day.', source: null }
  const extent = series.extent(metric.id)
  if (!extent) {
    const inMs = source?.nextAt ? elapsed(now, source.nextAt) : 0
    const when = inMs >= 500 ? `in ${formatDuration(inMs)}` : 'now'
    return { title: 'No samples yet', text: `First reply expected ${when}.`, source: null }
  }
  const clock = (at: EpochMs) => formatClock(at, zone, 'minutes')
  if (extent.from > window.from)
    return {
      title: `No samples before ${clock(extent.from)}`,
      text: 'Tidemark began to watch then. Add a JTL for earlier times.',
      source: null,
    }
  return {
    title: 'No samples in this window',
    text: `The newest one before it is of ${clock(extent.to)}.`,
    source: null,
  }
}
