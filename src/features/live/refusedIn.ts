import { isFileKind } from '#domain/fileKind.ts'
import type { ErrorClass } from '#domain/errors/errorEvent.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import type { EpochMs } from '#domain/units.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'
import { isOfFile } from '#domain/metrics/ofFile.ts'

/** Capacity errors of a window by who reported them. */
export type Refused = {
  /** By a feed, or by Tidemark's own requests. */
  watched: number
  /** In files laid beside it. */
  inFiles: number
  /** Those files. */
  files: readonly string[]
}

const CAPACITY: ReadonlySet<ErrorClass> = new Set(['capacity'])

/**
 * The capacity errors of a window, `total` in all, by who reported them. Events do not name their
 * file; the files are those that hold samples of the window. Without files it costs nothing.
 */
export function refusedIn(
  { series, errors }: Pick<OrgMonitor, 'series' | 'errors'>,
  metrics: readonly Metric[],
  total: number,
  { from, to }: { from: EpochMs; to: EpochMs },
): Refused {
  const ofFiles = metrics.filter((metric) => isOfFile(metric) && series.range(metric.id, from, to))
  const files = [...new Set(ofFiles.map(({ origin }) => origin))]
  if (files.length === 0 || total === 0) return { watched: total, inFiles: 0, files }
  const inFiles = errors
    .between(from, to, CAPACITY)
    .reduce((sum, { source, count }) => sum + (isFileKind(source) ? count : 0), 0)
  return { watched: total - inFiles, inFiles, files }
}

/** Up to two names; more would fill the line. */
export const filesWords = (files: readonly string[]) =>
  files.length === 0 || files.length > 2 ? 'files' : files.join(' and ')
