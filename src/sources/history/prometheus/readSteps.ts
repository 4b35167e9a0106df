import { joinedSummaries, type Summaries } from '#domain/series/minuteSummaries.ts'
import { mergedSummaries } from '#domain/series/minuteMerge.ts'
import { EMPTY_SERIES, type Series } from '#domain/series/series.ts'
import { type DurationMs, type EpochMs, epochMs, later, metricId } from '#domain/units.ts'
import type { KeptSummaries } from '../history.ts'
import { atOnce } from './atOnce.ts'
import { describedMetric } from './describedMetric.ts'
import { ATTEMPTS, atEnd, ofOrganisation, overStep, USAGE } from './promql.ts'
import { readInfos } from './readInfos.ts'
import { answerable, type Asking, type Grid, type LabelledSeries, readRange } from './readSeries.ts'
import { countSteps, levelSteps, usualInterval } from './stepsOf.ts'

export type StepsWanted = {
  /** As the label `organisation` says it. */
  organisation: string
  from: EpochMs
  to: EpochMs
  stepMs: DurationMs
}

/** One question about a piece of the time, and what was read of it. */
type Column = { name: string; query: string; grid: Grid }
type ReadColumn = { name: string; read: readonly LabelledSeries[] | null }

type Steps = Map<string, Summaries>

/**
 * The steps that begin in [from, to), of levels and counts, in few requests: one for each column and
 * 11 000 steps, all metrics together. A piece of the time that could not be read whole is left out.
 */
export async function readSteps(asking: Asking, wanted: StepsWanted): Promise<KeptSummaries> {
  const { from, to, stepMs, organisation } = wanted
  // A step is asked about where it ends.
  const pieces = answerable({ first: later(from, stepMs), last: to, stepMs })
  const usage = ofOrganisation(USAGE, organisation)
  const attempts = ofOrganisation(ATTEMPTS, organisation)
  const columns = pieces.flatMap((grid): Column[] => {
    // A count is counted from what stood at the end of the step before.
    const before = { ...grid, first: epochMs(grid.first - stepMs) }
    return [
      { name: 'min', query: overStep('min', usage, stepMs), grid },
      { name: 'max', query: overStep('max', usage, stepMs), grid },
      { name: 'sum', query: overStep('sum', usage, stepMs), grid },
      { name: 'count', query: overStep('count', usage, stepMs), grid },
      { name: 'last', query: atEnd(usage), grid },
      { name: 'total', query: overStep('last', attempts, stepMs), grid: before },
      { name: 'counted', query: overStep('count', attempts, stepMs), grid },
    ]
  })
  const [read, infos] = await Promise.all([
    atOnce(columns, async ({ name, query, grid }) => ({
      name,
      read: await readRange(asking, query, grid),
    })),
    readInfos(asking, wanted),
  ])
  const perPiece = columns.length / pieces.length
  const ofPieces = pieces.map((_, i) =>
    stepsOfPiece(read.slice(i * perPiece, (i + 1) * perPiece), stepMs),
  )
  const levels = inOrder(
    ofPieces.map((piece) => piece.levels),
    stepMs,
  )
  const counts = inOrder(
    ofPieces.map((piece) => piece.counts),
    stepMs,
  )
  return {
    metrics: [
      ...[...levels].map(([id, steps]) =>
        describedMetric(id, 'gauge', infos.get(id), usualInterval(steps)),
      ),
      ...[...counts].map(([id, steps]) =>
        describedMetric(id, 'count', infos.get(id), usualInterval(steps)),
      ),
    ],
    summaries: [...levels, ...counts].map(([id, steps]) => ({ metric: metricId(id), steps })),
  }
}

function stepsOfPiece(columns: readonly ReadColumn[], stepMs: DurationMs) {
  const named = new Map(columns.map(({ name, read }) => [name, read && bySeries(read)]))
  const column = (name: string, key: string): Series =>
    named.get(name)?.get(key)?.series ?? EMPTY_SERIES
  const isWhole = (...names: readonly string[]) => names.every((name) => named.get(name))
  const levels: Steps = new Map()
  const counts: Steps = new Map()
  if (isWhole('min', 'max', 'sum', 'count', 'last'))
    for (const [key, { labels }] of named.get('count')!) {
      const of = (name: string) => column(name, key)
      const steps = levelSteps(
        { min: of('min'), max: of('max'), sum: of('sum'), count: of('count'), last: of('last') },
        stepMs,
      )
      add(levels, labels['metric'] ?? '', steps)
    }
  if (isWhole('total', 'counted'))
    for (const [key, { labels, series }] of named.get('total')!)
      add(counts, labels['metric'] ?? '', countSteps(series, column('counted', key), stepMs))
  return { levels, counts }
}

/** Series by all their labels but the name, which some functions drop. */
const bySeries = (read: readonly LabelledSeries[]) =>
  new Map(
    read.map((one) => {
      const { __name__: _, ...labels } = one.labels
      return [JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1))), one]
    }),
  )

/** A recorder that moved to another address left two series of one metric. */
function add(steps: Steps, metric: string, more: Summaries) {
  const known = steps.get(metric)
  if (more.startMs.length > 0) steps.set(metric, known ? mergedSummaries(known, more) : more)
}

function inOrder(pieces: readonly Steps[], stepMs: DurationMs): Steps {
  const metrics = new Set(pieces.flatMap((piece) => [...piece.keys()]))
  return new Map(
    [...metrics].map((metric) => [
      metric,
      joinedSummaries(
        pieces.flatMap((piece) => piece.get(metric) ?? []),
        stepMs,
      ),
    ]),
  )
}
