import type { LimitStep } from '#domain/metrics/limitSteps.ts'
import { epochMs, HOUR_MS, metricId } from '#domain/units.ts'
import type { Observation } from '#domain/observation.ts'
import {
  lastUnlessAlone,
  LIMIT,
  ofOrganisation,
  stirredBeside,
  USAGE,
  whereChanged,
  whereLeftAlone,
} from './promql.ts'
import { type Asking, type Grid, type LabelledSeries, readPieces, readRange } from './readSeries.ts'
import { whereStirred } from './whereStirred.ts'

const KNOWN = 'recorded in Prometheus'
const UNKNOWN = 'the recorder knew no limit then'

/**
 * The limits that hold at some instant of a grid, as steps: what held when it begins, each change, and
 * each time from which none was known though the metric was read. A change stands at the beginning of the step of the
 * grid in which it was first seen; while nothing was recorded at all, nothing is said to have changed.
 */
export async function readLimits(
  asking: Asking,
  organisation: string,
  grid: Grid,
): Promise<Observation['limits']> {
  const limit = ofOrganisation(LIMIT, organisation)
  const usage = ofOrganisation(USAGE, organisation)
  const { first, stepMs } = grid
  const start = epochMs(first - stepMs)
  const [before, pieces] = await Promise.all([
    readRange(asking, lastUnlessAlone(limit, usage, HOUR_MS), {
      first: start,
      last: start,
      stepMs,
    }),
    whereStirred(asking, (lookMs) => stirredBeside(usage, limit, lookMs), grid),
  ])
  const [changed, lost] = await Promise.all([
    readPieces(asking, whereChanged(limit, stepMs), pieces),
    readPieces(asking, whereLeftAlone(usage, limit, stepMs), pieces),
  ])
  const steps = (read: readonly LabelledSeries[], backMs: number, isKnown: boolean) =>
    read.flatMap(({ labels, series }) =>
      Array.from(series.timeMs, (at, i) => ({
        metric: metricId(labels['metric'] ?? ''),
        step: limitStep(at - backMs, isKnown ? series.value[i]! : null),
      })),
    )
  const all = [
    ...steps(before ?? [], 0, true),
    ...steps(lost, stepMs, false),
    ...steps(changed, stepMs, true),
  ]
  return all.toSorted((a, b) => a.step.from - b.step.from)
}

const limitStep = (fromMs: number, value: number | null): LimitStep =>
  value === null || Number.isNaN(value)
    ? { from: epochMs(fromMs), value: null, source: UNKNOWN }
    : { from: epochMs(fromMs), value, source: KNOWN }
