import type { ErrorClass } from '#domain/errors/errorEvent.ts'
import { type LimitSteps, limitAt } from '#domain/metrics/limitSteps.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { type EpochMs, elapsed, epochMs, type MetricId } from '#domain/units.ts'
import { countsByClass } from '#monitor/countsByClass.ts'
import type { DrawnSeries } from '#monitor/drawnSeries.ts'
import type { ErrorLog } from '#monitor/errorLog.ts'

export type WindowTableRow = {
  from: EpochMs
  /** Of each metric; null where nothing was measured. */
  values: readonly (TableValue | null)[]
  /** The limit of each metric in force at the end of the row; null where unknown. */
  limits: readonly (number | null)[]
  errors: Readonly<Record<ErrorClass, number>>
}

/** `mean` is known only where the row was kept in steps: samples come at their own pace. */
export type TableValue = { lowest: number; highest: number; mean: number | null }

export type WindowTable = {
  stepMs: number
  rows: readonly WindowTableRow[]
  /** Whether any of it was kept in steps. */
  isStepped: boolean
}

/** Lengths of a row that a reader can add up. */
const STEPS_MS = [
  1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000,
  1_800_000, 3_600_000, 7_200_000, 21_600_000, 43_200_000, 86_400_000, 172_800_000, 604_800_000,
] as const
const MAX_ROWS = 64

/** A window as numbers: extremes per row, limit, and failures by class. The last row ends with the window. */
export function windowTable(
  drawn: DrawnSeries,
  errors: ErrorLog,
  metrics: readonly Metric[],
  limits: ReadonlyMap<MetricId, LimitSteps>,
  from: EpochMs,
  to: EpochMs,
): WindowTable {
  const stepMs = STEPS_MS.find((step) => elapsed(from, to) / step <= MAX_ROWS) ?? STEPS_MS.at(-1)!
  const rows: WindowTableRow[] = []
  for (let start = Math.floor(from / stepMs) * stepMs; start < to; start += stepMs) {
    const rowFrom = epochMs(Math.max(from, start))
    const rowTo = epochMs(Math.min(to, start + stepMs))
    // A range includes its ends; a row does not include the beginning of the next one.
    const last = rowTo === to ? to : epochMs(rowTo - 1)
    rows.push({
      from: rowFrom,
      values: metrics.map(({ id }) => valueIn(drawn, id, rowFrom, last)),
      limits: metrics.map(({ id }) => limitAt(limits.get(id) ?? [], last)),
      errors: countsByClass(errors, rowFrom, rowTo),
    })
  }
  return { stepMs, rows, isStepped: drawn.tier(from, to) !== null }
}

function valueIn(drawn: DrawnSeries, id: MetricId, from: EpochMs, to: EpochMs): TableValue | null {
  const range = drawn.range(id, from, to)
  if (!range) return null
  const steps = drawn.steps(id, from, to)
  const count = steps.reduce((all, step) => all + step.count, 0)
  const sum = steps.reduce((all, step) => all + step.sum, 0)
  return { lowest: range.min, highest: range.max, mean: count > 0 ? sum / count : null }
}
