import type { ErrorClass } from '#domain/errors/errorEvent.ts'
import { type EpochMs, epochMs } from '#domain/units.ts'
import type { Redactor } from '../redaction.ts'
import type { JtlDialect } from './jtlDialect.ts'
import type { JtlFailure } from './jtlFailure.ts'
import type { JtlRecord } from './jtlRecord.ts'

/** What is in a JTL, in numbers (design §9). Null is what the file has no column for, or no sample. */
export type JtlSummary = {
  samples: number
  rejected: number
  /** Samples by status as it stands in the file; `""` is an empty cell. */
  codes: Readonly<Record<string, number>> | null
  /** Our reading of the samples that failed. */
  classes: Readonly<Partial<Record<ErrorClass, number>>> | null
  /** Earliest and latest start. */
  firstAt: EpochMs | null
  lastAt: EpochMs | null
  /** When the last sample was over. */
  endAt: EpochMs | null
  peakThreads: number | null
  /** Number of distinct labels. */
  labels: number | null
}

/** Counts what is in a JTL, record by record. */
export function createJtlSummary({ at }: JtlDialect, redactor: Redactor) {
  const codes = new Map<string, number>()
  const classes = new Map<ErrorClass, number>()
  const labels = new Set<string>()
  let samples = 0
  let first = Infinity
  let last = -Infinity
  let end = -Infinity
  let peak = -1
  return {
    add(record: JtlRecord, failure: JtlFailure | null) {
      samples += 1
      if (record.code !== null) codes.set(record.code, (codes.get(record.code) ?? 0) + 1)
      if (failure) classes.set(failure.class, (classes.get(failure.class) ?? 0) + 1)
      if (record.label !== null) labels.add(record.label)
      first = Math.min(first, record.startMs)
      last = Math.max(last, record.startMs)
      end = Math.max(end, record.endMs)
      if (record.allThreads !== null) peak = Math.max(peak, record.allThreads)
    },
    result(rejected: number): JtlSummary {
      const instant = (ms: number) => (samples > 0 ? epochMs(ms) : null)
      const canFail = at.responseCode >= 0 || at.success >= 0
      return {
        samples,
        rejected,
        codes: at.responseCode < 0 ? null : cleaned(codes, redactor),
        classes: canFail ? Object.fromEntries(classes) : null,
        firstAt: instant(first),
        lastAt: instant(last),
        endAt: instant(end),
        peakThreads: peak < 0 ? null : peak,
        labels: at.label < 0 ? null : labels.size,
      }
    },
  }
}

/** Codes are text of a file: two that differ by a secret become one. */
function cleaned(counts: ReadonlyMap<string, number>, redactor: Redactor) {
  const clean = new Map<string, number>()
  for (const [code, count] of counts) {
    const name = redactor.clean(code)
    clean.set(name, (clean.get(name) ?? 0) + count)
  }
  return Object.fromEntries(clean)
}
