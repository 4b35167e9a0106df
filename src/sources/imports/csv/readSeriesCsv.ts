import type { LimitSteps } from '#domain/metrics/limitSteps.ts'
import type { Series } from '#domain/series/series.ts'
import { bytePieces, type ByteSource } from '../byteSource.ts'
import type { Rejection } from '../fileImport.ts'
import { ImportError } from '../importError.ts'
import { createTextIntake } from '../textIntake.ts'
import { parseFileTime } from '../fileTime.ts'
import { firstRecord } from './tableChoice.ts'
import { createTableReading, limitsIn, seriesIn } from './tableReading.ts'

/** A series that somebody exported: `time,value[,limit]`. */
export type SeriesCsv = {
  /** Oldest first; an empty value is a gap. */
  series: Series
  /** From the limit column; null where the file has none. */
  limits: LimitSteps | null
  /** The column's name, where there is a header. */
  title: string | null
  rows: number
  rejected: number
  /** The first 20 rows that were left out. */
  rejections: readonly Rejection[]
  warnings: readonly string[]
}

/**
 * Reads a series from a table of two or three columns: time (ISO, or epoch seconds or
 * milliseconds), value, and where there is one the limit. Header names are free; a first line whose
 * time is none is the header. Throws ImportError where the file is no such table; rows that cannot
 * be read are left out and told.
 */
export async function readSeriesCsv(
  file: ByteSource,
  { name, signal }: { name: string; signal?: AbortSignal | undefined },
): Promise<SeriesCsv> {
  const intake = createTextIntake(name, (head) => createReading(name, head))
  for await (const piece of bytePieces(file, name, signal)) intake.push(piece)
  return intake.end().end()
}

function createReading(name: string, head: string) {
  const { delimiter, fields, line } = firstRecord(head)
  const width = fields.length
  if (width < 2 || width > 3)
    throw new ImportError(
      'noUsableColumn',
      `${name}, line ${line}: expected two or three columns (time, value, and a limit where there is one); found ${width}`,
    )
  const hasHeader = parseFileTime(fields[0]!.trim()) === null
  const hasLimit = width === 3
  const reading = createTableReading(
    { delimiter, width, hasHeader },
    { time: 0, values: [1], limit: hasLimit ? 2 : null },
  )
  return {
    push: reading.push,
    end(): SeriesCsv {
      const table = reading.end()
      const { timeMs, rejected, rejections, warnings } = table
      const [first] = rejections
      if (timeMs.length === 0) {
        const why = first ? `line ${first.line}: ${first.reason}` : 'it holds a header and no rows'
        throw new ImportError('noUsableColumn', `${name}: no row can be used; ${why}`)
      }
      return {
        series: seriesIn(table, 0),
        limits: hasLimit ? limitsIn(table) : null,
        title: hasHeader ? fields[1]!.trim() || null : null,
        rows: timeMs.length,
        rejected,
        rejections,
        warnings,
      }
    },
  }
}
