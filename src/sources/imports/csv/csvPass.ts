import type { Metric } from '#domain/metrics/metric.ts'
import { observation } from '#domain/observation.ts'
import { epochMs, metricId } from '#domain/units.ts'
import type { FileImport } from '../fileImport.ts'
import type { FilePass } from '../filePass.ts'
import { ImportError } from '../importError.ts'
import { createRedactor } from '../redaction.ts'
import { fileIdOf } from '../samples/fileId.ts'
import { COMMON } from '../samples/fileSeries.ts'
import { type TableChoice, type TableLayout, tableLayout } from './tableChoice.ts'
import { createTableReading, limitsIn, type ReadTable, seriesIn } from './tableReading.ts'

/**
 * Reads any table with a time column: a series per column of numbers, and the limit where a column
 * holds it. `wanted` is somebody's choice of columns; without one the table's own beginning decides.
 */
export function openCsvPass(name: string, head: string, wanted?: TableChoice): FilePass {
  const layout = tableLayout(head)
  if (!layout)
    throw new ImportError(
      'noUsableColumn',
      `${name}, line 1: expected a table with a column of times (ISO, or epoch seconds or milliseconds)`,
    )
  const choice = wanted ?? layout.choice
  if (choice.values.length === 0)
    throw new ImportError(
      'noUsableColumn',
      `${name}, line 1: expected a column of numbers beside the times`,
    )
  const reading = createTableReading({ ...layout, hasHeader: layout.header !== null }, choice)
  return {
    push: reading.push,
    end: () => importOf(name, layout, choice, reading.end()),
  }
}

function importOf(
  name: string,
  layout: TableLayout,
  choice: TableChoice,
  table: ReadTable,
): FileImport {
  const { timeMs, rejected, rejections, warnings } = table
  const [first] = rejections
  if (timeMs.length === 0) {
    const why = first ? `line ${first.line}: ${first.reason}` : 'it holds a header and no rows'
    throw new ImportError('noUsableColumn', `${name}: no row can be used; ${why}`)
  }
  const redactor = createRedactor()
  const origin = redactor.clean(name)
  const firstAt = epochMs(timeMs[0]!)
  const lastAt = epochMs(timeMs.at(-1)!)
  const fileId = fileIdOf(name, firstAt)
  const titleOf = (column: number) =>
    redactor.clean(layout.header?.[column] ?? '') || `Column ${column + 1}`
  const columns = choice.values.map((column, i) => {
    const metric: Metric = {
      ...COMMON,
      id: metricId(`csv.${column + 1}:${fileId}`),
      origin,
      title: titleOf(column),
      kind: 'gauge',
      group: 'connections',
    }
    return { metric, series: seriesIn(table, i) }
  })
  const limits = limitsIn(table)
  const observed = observation({
    metrics: columns.map(({ metric }) => metric),
    samples: columns.map(({ metric, series }) => ({ metric: metric.id, series })),
    limits: columns.flatMap(({ metric }) => limits.map((step) => ({ metric: metric.id, step }))),
  })
  return {
    format: 'csv',
    fileId,
    observation: observed,
    summary: {
      samples: timeMs.length,
      subSamples: null,
      rejected,
      codes: null,
      classes: null,
      firstAt,
      lastAt,
      endAt: lastAt,
      peakThreads: null,
      labels: null,
    },
    rejected: rejections,
    warnings: [
      `read as time from ${JSON.stringify(titleOf(choice.time))}, values from ${choice.values.map((column) => JSON.stringify(titleOf(column))).join(', ')}${choice.limit === null ? '' : `, the limit from ${JSON.stringify(titleOf(choice.limit))}`}`,
      ...warnings,
    ],
    removals: redactor.removals(),
    groups: [],
    clock: null,
    stamps: null,
  }
}
