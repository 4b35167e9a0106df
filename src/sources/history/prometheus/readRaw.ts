import type { Metric } from '#domain/metrics/metric.ts'
import type { Series } from '#domain/series/series.ts'
import { durationMs, type EpochMs, epochMs, HOUR_MS, later, MINUTE_MS } from '#domain/units.ts'
import { clippedColumns } from '../columns.ts'
import { atOnce } from './atOnce.ts'
import { withGapsBetween } from './gapsBetween.ts'
import { ATTEMPTS, ofOrganisation, samplesIn, USAGE } from './promql.ts'
import { type Asking, joinedBy, type LabelledSeries, readSelected } from './readSeries.ts'
import { increases, usualDistance } from './stepsOf.ts'

export type RawWanted = { organisation: string; from: EpochMs; to: EpochMs }

/** A metric's samples, and how far apart they usually are; null where there are too few to tell. */
export type RawSeries = {
  id: string
  kind: Metric['kind']
  series: Series
  intervalMs: number | null
}

/** So long a stretch of all series is asked about at once: some 90 000 samples of 20 of them. */
const PIECE_MS = durationMs(12 * HOUR_MS)
/** A count's first amount is counted from the sample before, which is looked for so far back. */
const BEFORE_MS = durationMs(5 * MINUTE_MS)

/** The samples of levels and counts within [from, to] as they were scraped, gaps as gaps. */
export async function readRaw(asking: Asking, wanted: RawWanted): Promise<RawSeries[]> {
  const { organisation, from, to } = wanted
  const usage = ofOrganisation(USAGE, organisation)
  const attempts = ofOrganisation(ATTEMPTS, organisation)
  const [levels, totals] = await Promise.all([
    readPieces(asking, usage, from, to),
    readPieces(asking, attempts, epochMs(from - BEFORE_MS), to),
  ])
  const within = (series: Series) => withGapsBetween(clippedColumns([series], from, to))
  return [
    ...[...joinedBy(['metric'], levels).values()].map(({ labels, series }) => ({
      ...rawSeries('gauge', labels, series),
      series: within(series),
    })),
    // Each counter by itself: the amounts of two recorders add up, their levels do not.
    ...[...joinedBy(['metric', 'instance'], totals).values()].map(({ labels, series }) => ({
      ...rawSeries('count', labels, series),
      series: within(increases(series)),
    })),
  ].filter(({ series }) => series.timeMs.length > 0)
}

const rawSeries = (
  kind: Metric['kind'],
  labels: LabelledSeries['labels'],
  { timeMs }: Series,
): Omit<RawSeries, 'series'> => ({
  id: labels['metric'] ?? '',
  kind,
  intervalMs: usualDistance(timeMs) || null,
})

async function readPieces(asking: Asking, selector: string, from: EpochMs, to: EpochMs) {
  const ends: EpochMs[] = []
  for (let end = later(from, PIECE_MS); end < to; end = later(end, PIECE_MS)) ends.push(end)
  // Whole seconds: fractions are cut off in different ways. What is too much is clipped afterwards.
  const last = epochMs(Math.ceil(to / 1000) * 1000)
  const pieces = [...ends.map((end) => epochMs(Math.ceil(end / 1000) * 1000)), last].map(
    (end, i, all) => ({ start: all[i - 1] ?? from, end }),
  )
  const read = await atOnce(pieces, ({ start, end }) => {
    // A millisecond more, since the left end is not counted in everywhere.
    const lengthMs = durationMs(Math.max(1, end - start) + 1)
    return readSelected(asking, samplesIn(selector, lengthMs), start, end)
  })
  return read.flatMap((piece) => piece ?? [])
}
