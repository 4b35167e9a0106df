import { type CsvRecord, createCsvRecords } from '../csv/csvRecords.ts'
import type { FilePass, Hears } from '../filePass.ts'
import { createK6Points, K6_METRICS, K6_TAGS } from './k6Points.ts'

/** Reads what `k6 run --out csv=FILE` writes: a row per point, a column per tag. */
export function openK6CsvPass(name: string, _head: string, hears: Hears): FilePass {
  const points = createK6Points(name, 'k6-csv', hears)
  let header: readonly string[] | null = null

  function take(names: readonly string[], { fields, line, isQuoteOpen, isTooLong }: CsvRecord) {
    if (isQuoteOpen) return points.reject(line, 'a quote opened here is never closed')
    if (isTooLong) return points.reject(line, 'the line is longer than a million bytes')
    if (fields.length !== names.length)
      return points.reject(line, `${fields.length} fields where ${names.length} were expected`)
    const at = (column: string) => fields[names.indexOf(column)] ?? ''
    const metric = at('metric_name')
    if (!K6_METRICS.has(metric)) return
    const value = at('metric_value')
    points.take(
      {
        metric,
        time: at('timestamp'),
        value: value.trim() === '' ? NaN : Number(value),
        tags: Object.fromEntries(K6_TAGS.map((tag) => [tag, at(tag)])),
      },
      line,
    )
  }

  const records = createCsvRecords(',', (record) => {
    if (header) take(header, record)
    else header = record.fields.map((field) => field.trim())
  })
  return {
    push: records.push,
    end() {
      records.end()
      return points.end()
    },
  }
}
