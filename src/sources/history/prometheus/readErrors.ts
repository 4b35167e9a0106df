import { classOfStatus } from '#domain/errors/classOfStatus.ts'
import { ERROR_CLASSES, type ErrorEvent, errorEvent } from '#domain/errors/errorEvent.ts'
import { DAY_MS, type DurationMs, durationMs, epochMs } from '#domain/units.ts'
import {
  begunAgainWithin,
  ERRORS,
  lastWithin,
  ofOrganisation,
  ORGANISATION_INFO,
  stirredWithin,
  whereBegun,
  whereChanged,
} from './promql.ts'
import { type Asking, type Grid, joinedBy, readPieces, readRange } from './readSeries.ts'
import { increases } from './stepsOf.ts'
import { whereStirred } from './whereStirred.ts'

/** What a counter stood at before a stretch of time is looked for so far back. */
const BASE_WITHIN_MS = durationMs(2 * DAY_MS)

/**
 * The errors that were counted during a grid, one event for each of its steps, class and status, at the
 * beginning of the step. Not by `increase()`, which extrapolates and loses what is counted between
 * two windows: a counter's values are compared, so every error is there once, also after a restart.
 * Errors of a time in which nothing was recorded stand where they were seen.
 */
export async function readErrors(
  asking: Asking,
  organisation: string,
  grid: Grid,
): Promise<ErrorEvent[]> {
  const errors = ofOrganisation(ERRORS, organisation)
  const recorded = ofOrganisation(ORGANISATION_INFO, organisation)
  const start = epochMs(grid.first - grid.stepMs)
  const atStart = { first: start, last: start, stepMs: grid.stepMs }
  const [before, changed] = await Promise.all([
    readRange(asking, lastWithin(errors, BASE_WITHIN_MS), atStart),
    readWhere(asking, grid, {
      stirred: (lookMs) => stirredWithin(errors, lookMs),
      query: whereChanged(errors, grid.stepMs),
    }),
  ])
  // Without what they stood at before, counters cannot be told from errors of this time.
  if (!before || changed.length === 0) return []
  const bases = joinedBy(SERIES_LABELS, before)
  const counters = joinedBy(SERIES_LABELS, changed)
  const isAnyNew = [...counters.keys()].some((key) => !bases.has(key))
  const recordedFrom = isAnyNew ? await recordingBegan(asking, recorded, grid) : -Infinity
  if (recordedFrom === null) return []
  const counts = new Map<string, ErrorEvent>()
  for (const [key, { labels, series }] of counters) {
    const first = series.timeMs[0] ?? Infinity
    // One that appears while others are recorded begins at 0. One that was there when recording
    // began counted before, nobody knows when.
    const base = bases.get(key)?.series.value.at(-1) ?? (first > recordedFrom ? 0 : null)
    const grown = increases(series, base)
    for (let i = 0; i < grown.timeMs.length; i += 1) {
      const count = Math.round(grown.value[i]!)
      if (!(count >= 1)) continue
      const event = eventOf(labels, grown.timeMs[i]! - grid.stepMs, count)
      const identity = `${event.at} ${event.class} ${event.status}`
      const known = counts.get(identity)
      counts.set(identity, known ? { ...known, count: known.count + count } : event)
    }
  }
  return [...counts.values()].toSorted((a, b) => a.at - b.at)
}

/** When the first sample of a grid was recorded: −Infinity, where something was before; Infinity without any; null where nobody could say. */
async function recordingBegan(
  asking: Asking,
  recorded: string,
  grid: Grid,
): Promise<number | null> {
  const start = epochMs(grid.first - grid.stepMs)
  const atStart = { first: start, last: start, stepMs: grid.stepMs }
  const before = await readRange(asking, lastWithin(recorded, BASE_WITHIN_MS), atStart)
  if (!before) return null
  if (before.length > 0) return -Infinity
  const begun = await readWhere(asking, grid, {
    stirred: (lookMs) => begunAgainWithin(recorded, lookMs),
    query: whereBegun(recorded, grid.stepMs),
  })
  return Math.min(...begun.map(({ series }) => series.timeMs[0] ?? Infinity))
}

/** The values of a query where something stirred. */
const readWhere = async (
  asking: Asking,
  grid: Grid,
  { stirred, query }: { stirred: (lookMs: DurationMs) => string; query: string },
) => readPieces(asking, query, await whereStirred(asking, stirred, grid))

/** What tells one counter from another. */
const SERIES_LABELS = ['class', 'status', 'job', 'instance']

function eventOf(
  labels: Readonly<Record<string, string>>,
  atMs: number,
  count: number,
): ErrorEvent {
  const number = Number(labels['status'] || 'none')
  const status = Number.isInteger(number) ? number : null
  const named = ERROR_CLASSES.find((name) => name === labels['class'])
  return errorEvent({
    at: epochMs(atMs),
    class: named ?? (status === null ? 'other' : classOfStatus(status)),
    source: 'feed',
    status,
    count,
  })
}
