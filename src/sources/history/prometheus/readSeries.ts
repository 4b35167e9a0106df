import type { Series } from '#domain/series/series.ts'
import { type DurationMs, type EpochMs, epochMs, later } from '#domain/units.ts'
import type { AskContext } from '../../polledSource.ts'
import { SourceError } from '../../sourceError.ts'
import { parseShape } from '../../shape.ts'
import { mergedColumns } from '../columns.ts'
import { atOnce } from './atOnce.ts'
import { type Answer, askPrometheus, type PrometheusPath } from './askPrometheus.ts'
import type { Problems } from './problem.ts'
import { seriesShape } from './prometheusShape.ts'
import { samplesOf } from './samplesOf.ts'
import { unreachableWords } from './unreachable.ts'

/** One series of an answer. */
export type LabelledSeries = { labels: Readonly<Record<string, string>>; series: Series }

/** What one reading asks with: every request ends with it, and what goes wrong is noted. */
export type Asking = {
  baseUrl: string
  /** A context for one request, with its time-out. */
  context: () => AskContext
  problems: Problems
  /** Why nothing more is asked; null while the server can be reached. */
  givenUp: () => SourceError | null
  giveUp: (reason: SourceError) => void
}

/** Instants on a grid: the first, the last, and how far apart. */
export type Grid = { first: EpochMs; last: EpochMs; stepMs: DurationMs }

/** Prometheus refuses more than 11 000 points of a series in one answer. */
const MOST_POINTS = 11_000

/** A grid cut into pieces that are answered. */
export function answerable({ first, last, stepMs }: Grid): Grid[] {
  const pieces: Grid[] = []
  const lengthMs = (MOST_POINTS - 1) * stepMs
  for (let start = first; start <= last; start = later(start, lengthMs + stepMs))
    pieces.push({ first: start, last: epochMs(Math.min(last, start + lengthMs)), stepMs })
  return pieces
}

/**
 * The values of a query at the instants of a grid, in one request: it must be answerable in one. Null
 * where nothing could be read: the reason is noted.
 */
export const readRange = (asking: Asking, query: string, { first, last, stepMs }: Grid) =>
  readSeries(
    asking,
    '/api/v1/query_range',
    { query, start: String(first / 1000), end: String(last / 1000), step: String(stepMs / 1000) },
    { from: first, to: last },
  )

/** The same for several grids, each answerable; those that could not be read are missing. */
export async function readPieces(asking: Asking, query: string, pieces: readonly Grid[]) {
  const read = await atOnce(pieces, (piece) => readRange(asking, query, piece))
  return read.flatMap((piece) => piece ?? [])
}

/** The samples of a range selector up to an instant, in one request. Null as above. */
export const readSelected = (asking: Asking, query: string, from: EpochMs, to: EpochMs) =>
  readSeries(asking, '/api/v1/query', { query, time: String(to / 1000) }, { from, to })

async function readSeries(
  asking: Asking,
  path: PrometheusPath,
  query: Readonly<Record<string, string>>,
  span: { from: EpochMs; to: EpochMs },
): Promise<LabelledSeries[] | null> {
  const { baseUrl, context, problems } = asking
  const tell = ({ kind, message }: SourceError) =>
    problems.add({
      kind,
      message: kind === 'network' ? unreachableWords(baseUrl) : message,
      ...span,
    })
  const reason = asking.givenUp()
  if (reason) {
    tell(reason)
    return null
  }
  try {
    const answer = await askPrometheus(context(), baseUrl, path, query)
    tellWhatLacks(answer, problems, span)
    return seriesIn(answer, (message) =>
      problems.add({ kind: 'unexpectedShape', message, ...span }),
    )
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    tell(error)
    if (isOfServer(error)) asking.giveUp(error)
    return null
  }
}

/** Whether it would be the same with any other question: unreachable, silent, or not to be asked by us. */
const isOfServer = ({ kind, details }: SourceError) =>
  kind === 'forbidden' || ((kind === 'network' || kind === 'timeout') && details.status === null)

function tellWhatLacks(
  { warnings, isPartial }: Answer,
  problems: Problems,
  span: { from: EpochMs; to: EpochMs },
) {
  const partial = 'A part of its storage did not answer Prometheus: numbers may be missing.'
  if (isPartial) problems.add({ kind: 'partial', message: partial, ...span })
  for (const warning of warnings)
    problems.add({ kind: 'warning', message: `Prometheus warns: ${warning}.`, ...span })
}

/** The series of an answer; what is not as agreed is left out, one by one, and told once. */
function seriesIn(answer: Answer, tell: (problem: string) => void): LabelledSeries[] {
  const kind = answer.resultType
  if (kind !== 'matrix') {
    tell(`Prometheus answered with a ${kind} where series were asked for; it was left out.`)
    return []
  }
  let rejected = 0
  let isInOrder = true
  const read = answer.result.flatMap((entry) => {
    const parsed = parseShape(seriesShape, entry)
    if (!parsed.ok) {
      tell(`A series of Prometheus was left out: ${parsed.problem}.`)
      return []
    }
    const samples = samplesOf(parsed.value.values)
    rejected += samples.rejected
    isInOrder &&= samples.isInOrder
    return [{ labels: parsed.value.metric, series: samples.series }]
  })
  if (rejected > 0) tell(`${rejected} samples of Prometheus are none and were left out.`)
  if (!isInOrder) tell('Prometheus sent samples out of order; they were sorted.')
  return read
}

/** Series with equal values of these labels as one: a recorder that moved to another address goes on. */
export function joinedBy(
  labels: readonly string[],
  read: readonly LabelledSeries[],
): Map<string, LabelledSeries> {
  const groups = new Map<string, LabelledSeries[]>()
  for (const one of read) {
    const key = JSON.stringify(labels.map((label) => one.labels[label] ?? ''))
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  return new Map(
    [...groups].map(([key, group]) => [
      key,
      { labels: group[0]!.labels, series: mergedColumns(group.map(({ series }) => series)) },
    ]),
  )
}
