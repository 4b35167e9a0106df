import { beginsAsBundle } from './bundle/beginsAsBundle.ts'
import type { FileFormat } from './fileFormat.ts'
import { jtlDialect } from './jtl/jtlDialect.ts'

/**
 * What a file is, by its first characters (64 kB suffice), never by its name. Null where it is none
 * of the formats known here.
 */
export function recogniseFormat(head: string): FileFormat | null {
  const text = head.trimStart()
  if (beginsAsBundle(text)) return 'bundle'
  if (text.startsWith('<')) return /<testResults\b/.test(text) ? 'jtl-xml' : null
  if (text.startsWith('{')) return recogniseJson(text)
  const firstLine = /^[^\r\n]*/.exec(text)![0]
  if (/^(RUN|ASSERTION)\t/.test(firstLine)) return 'gatling-log'
  if (/^metric_name,timestamp,metric_value\b/.test(firstLine)) return 'k6-csv'
  if (jtlDialect(text).kind === 'jtl') return 'jtl-csv'
  return isTable(text) ? 'csv' : null
}

/** By the keys that only this format has; a file of many megabytes is cut, so it is not parsed. */
function recogniseJson(text: string): FileFormat | null {
  if (/^\{\s*"log"\s*:\s*\{/.test(text)) return 'har'
  const firstLine = /^[^\r\n]*/.exec(text)![0]
  if (/"type"\s*:\s*"(Metric|Point)"/.test(firstLine) && /"metric"\s*:/.test(firstLine)) {
    return 'k6-json'
  }
  if (/^\{\s*"(aggregate|intermediate)"\s*:/.test(text)) return 'artillery-json'
  if (/"requests"\s*:\s*\{/.test(text) && /"throughput"\s*:\s*\{/.test(text)) {
    return 'autocannon-json'
  }
  return null
}

/** At least two lines with the same delimiter, the same number of times. */
function isTable(text: string): boolean {
  const [first = '', second = ''] = text.split(/\r?\n/, 2)
  return [',', '\t', ';', '|'].some((delimiter) => {
    const count = first.split(delimiter).length
    return count > 1 && second.split(delimiter).length === count
  })
}
