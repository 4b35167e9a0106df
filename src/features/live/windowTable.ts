import { ERROR_CLASSES, type ErrorClass } from '#domain/errors/errorEvent.ts'
import { type LimitSteps, limitAt } from '#domain/metrics/limitSteps.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { type EpochMs, elapsed, epochMs, type MetricId } from '#domain/units.ts'
import type { ErrorLog } from '#monitor/errorLog.ts'
import type { SeriesStore } from '#monitor/seriesStore.ts'

export type WindowTableRow = {
  from: EpochMs
  /** Highest value of each metric; null where nothing was measured. */
  values: readonly (number | null)[]
  /** The limit of each metric in force at the end of the row; null where unknown. */
  limits: readonly (number | null)[]
  errors: Readonly<Record<ErrorClass, number>>
}

export type WindowTable = { stepMs: number; rows: readonly WindowTableRow[] }

/** Lengths of a row that a reader can add up. */
const STEPS_MS = [
  1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000,
  1_800_000, 3_600_000, 7_200_000, 21_600_000,
] as const
const MAX_ROWS = 64

/** A window as numbers: highest value per step, limit, and failures by class. The last row ends with the window. */
export function windowTable(
  series: SeriesStore,
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
      values: metrics.map(({ id }) => series.range(id, rowFrom, last)?.max ?? null),
      limits: metrics.map(({ id }) => limitAt(limits.get(id) ?? [], last)),
      errors: countsByClass(errors, rowFrom, rowTo),
    })
  }
  return { stepMs, rows }
}

/** Failures in [from, to) by class. */
export const countsByClass = (errors: ErrorLog, from: EpochMs, to: EpochMs) =>
  Object.fromEntries(ERROR_CLASSES.map((name) => [name, errors.count(name, from, to)])) as Record<
    ErrorClass,
    number
  >
