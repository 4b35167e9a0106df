import type { FileKind } from '#domain/fileKind.ts'
import type { GroupDimension } from '#domain/incident/attemptGroup.ts'
import { DEFAULT_THRESHOLDS, type Metric } from '#domain/metrics/metric.ts'
import type { Marker } from '#domain/timeline/marker.ts'
import { epochMs, metricId } from '#domain/units.ts'

/** A file by its id, and when its run began and ended (ms); `endMs` is null while it may go on. */
export type FileRun = { fileId: string; firstMs: number; endMs: number | null }

/** How a series of a file is named, on the screen and in its id. */
export type SeriesName = { id: string; title: string; note: string }

/** The series of the files of one kind. */
export type SeriesNames = {
  kind: FileKind
  /** What is open at a time: threads, virtual users, sockets. */
  level: SeriesName
  /** What was begun per second. */
  attempts: SeriesName
}

/** The same of files whose samples are single attempts. */
export type FileNames = SeriesNames & {
  /** What `groupOf` names. */
  makers: Extract<GroupDimension, 'threadGroup' | 'host'>
  /** Of whom a failure is told, by who made the sample: the thread group of a thread. */
  groupOf: (thread: string) => string
}

/** What the series of files have in common. */
export const COMMON = {
  unit: 'count',
  scope: 'sampledClients',
  provenance: 'measured',
  intervalMs: null,
  thresholds: DEFAULT_THRESHOLDS,
} as const

export const levelMetric = (
  { kind, level }: SeriesNames,
  fileId: string,
  origin: string,
): Metric => ({
  ...COMMON,
  origin,
  id: metricId(`${kind}.${level.id}:${fileId}`),
  title: level.title,
  kind: 'gauge',
  group: 'connections',
  note: level.note,
})

export const attemptsMetric = (
  { kind, attempts }: SeriesNames,
  fileId: string,
  origin: string,
): Metric => ({
  ...COMMON,
  origin,
  id: metricId(`${kind}.${attempts.id}:${fileId}`),
  title: attempts.title,
  kind: 'count',
  group: 'other',
  note: attempts.note,
})

/** Where the run of a file begins, and where it ends if it is over. */
export function fileMarkers(
  kind: FileKind,
  { fileId, firstMs, endMs }: FileRun,
  origin: string,
): Marker[] {
  const marker = (what: 'run' | 'end', atMs: number, label: string): Marker => ({
    id: `${kind}:${fileId}:${what}`,
    at: epochMs(atMs),
    kind: what,
    label,
    origin: kind,
  })
  const run = marker('run', firstMs, origin)
  return endMs === null ? [run] : [run, marker('end', endMs, `${origin} ends`)]
}
