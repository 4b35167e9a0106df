import type { Incident } from '#domain/incident/incident.ts'
import { createDrawnSeries, type DrawnSeries } from '../drawnSeries.ts'
import { createErrorLog, type ErrorLog } from '../errorLog.ts'
import { createSeriesStore } from '../seriesStore.ts'
import { createSummaryStore } from '../summaryStore.ts'

/** An incident as charts and tables read it: the stores of a monitor, filled once. */
export type IncidentStores = { drawn: DrawnSeries; errors: ErrorLog }

const atOnce = (flush: () => void) => flush()

/** Puts an incident into stores of its own. O(samples). */
export function createIncidentStores({ samples, errors: events }: Incident): IncidentStores {
  const series = createSeriesStore(atOnce)
  for (const { metric, series: own } of samples) series.insert(metric, own)
  const errors = createErrorLog(atOnce)
  errors.add(events)
  return { drawn: createDrawnSeries(series, createSummaryStore(atOnce)), errors }
}
