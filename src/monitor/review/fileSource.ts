import { isFileKind } from '#domain/fileKind.ts'
import type { IncidentSource, SourceClock } from '#domain/incident/incident.ts'
import { FORMAT_TITLES } from '#sources/imports/fileFormat.ts'
import type { FileImport } from '#sources/imports/fileImport.ts'
import type { SampleEnd } from '#sources/imports/jtl/sampleStamps.ts'
import { redact } from '#sources/imports/redaction.ts'

/** A file that was read, as a review lists it. */
export function fileSource(
  { fileId, format, summary, rejected, removals, warnings, groups, stamps }: FileImport,
  name: string,
  clock: SourceClock,
  stamp: SampleEnd = 'start',
): IncidentSource {
  const [fileKind = ''] = format.split('-')
  return {
    id: fileId,
    ...(isFileKind(fileKind) ? { fileKind } : {}),
    name: redact(name).text,
    kind: stamps ? `${FORMAT_TITLES[format]}, ${stamp} times` : FORMAT_TITLES[format],
    samples: summary.samples,
    rejected: summary.rejected,
    rejections: rejected,
    removals,
    warnings,
    clock,
    groups,
  }
}
