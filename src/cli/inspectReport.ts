import { ERROR_CLASSES } from '#domain/errors/errorEvent.ts'
import { formatCount, formatDuration } from '#domain/format.ts'
import type { FileFormat } from '#sources/imports/fileFormat.ts'
import type { FileImport, Rejection } from '#sources/imports/fileImport.ts'

/** What `inspect --json` prints of one file: an agreed shape (docs/formats.md). */
export type InspectReport = {
  file: string
  format: FileFormat
  bytes: number
  samples: number
  subSamples: number | null
  rejected: number
  rejections: readonly Rejection[]
  codes: Readonly<Record<string, number>> | null
  classes: Readonly<Record<string, number>> | null
  firstAtMs: number | null
  lastAtMs: number | null
  peakThreads: number | null
  labels: number | null
  warnings: readonly string[]
}

export function inspectReport(file: string, bytes: number, read: FileImport): InspectReport {
  const { summary } = read
  return {
    file,
    format: read.format,
    bytes,
    samples: summary.samples,
    subSamples: summary.subSamples,
    rejected: summary.rejected,
    rejections: read.rejected,
    codes: summary.codes,
    classes: summary.classes,
    firstAtMs: summary.firstAt,
    lastAtMs: summary.lastAt,
    peakThreads: summary.peakThreads,
    labels: summary.labels,
    warnings: read.warnings,
  }
}

/** The same for people, a line each. */
export function inspectText(report: InspectReport): string[] {
  const { firstAtMs, lastAtMs, codes, classes } = report
  const lines = [
    `${report.file}: ${report.format}, ${counted(report.bytes, 'byte')}`,
    `  samples   ${formatCount(report.samples)}${report.labels === null ? '' : ` under ${counted(report.labels, 'label')}`}`,
  ]
  if (firstAtMs !== null && lastAtMs !== null) {
    lines.push(
      `  time      ${utc(firstAtMs)} to ${utc(lastAtMs)} (${formatDuration(lastAtMs - firstAtMs)})`,
    )
  }
  if (report.peakThreads !== null) {
    lines.push(`  threads   ${formatCount(report.peakThreads)} at the peak`)
  }
  if (codes) lines.push(`  statuses  ${counts(Object.entries(codes))}`)
  if (classes) {
    const known = ERROR_CLASSES.flatMap((name) =>
      classes[name] ? [[name, classes[name]] as const] : [],
    )
    lines.push(`  errors    ${known.length > 0 ? counts(known) : 'none'}`)
  }
  if (report.rejected > 0) {
    lines.push(`  left out  ${counted(report.rejected, 'record')}`)
    for (const { line, reason } of report.rejections) lines.push(`    line ${line}: ${reason}`)
  }
  for (const warning of report.warnings) lines.push(`  note      ${warning}`)
  return lines
}

const counted = (count: number, noun: string) =>
  `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`

const utc = (ms: number) => new Date(ms).toISOString()

const counts = (entries: readonly (readonly [string, number])[]) =>
  entries
    .map(([name, count]) => `${name === '' ? '(empty)' : name} × ${formatCount(count)}`)
    .join(', ')
