import type { Incident } from '#domain/incident/incident.ts'
import type { MetricId } from '#domain/units.ts'
import { createDrawnSeries, type DrawnSeries } from '../drawnSeries.ts'
import { createErrorLog, type ErrorLog } from '../errorLog.ts'
import { createSeriesStore } from '../seriesStore.ts'
import { createSummaryStore } from '../summaryStore.ts'
import { type SummarisedWindow, stepsBeside } from './summarisedWindow.ts'

/** An incident as charts and tables read it: the stores of a monitor, filled once. */
export type IncidentStores = { drawn: DrawnSeries; errors: ErrorLog }

const atOnce = (flush: () => void) => flush()

/**
 * Puts an incident into stores of its own, and what of its window is known in steps beside its
 * samples. O(samples).
 */
export function createIncidentStores(
  { samples, errors: events }: Incident,
  summarised: SummarisedWindow | null = null,
): IncidentStores {
  const series = createSeriesStore(atOnce)
  for (const { metric, series: own } of samples) series.insert(metric, own)
  const errors = createErrorLog(atOnce)
  errors.add(events)
  const summaries = createSummaryStore(atOnce)
  const firstSampleAt = (metric: MetricId) => series.extent(metric)?.from ?? null
  if (summarised) summaries.replace(summarised.span, stepsBeside(summarised, firstSampleAt))
  return { drawn: createDrawnSeries(series, summaries), errors }
}
