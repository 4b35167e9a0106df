import type { ErrorClass } from '#domain/errors/errorEvent.ts'
import { type EpochMs, epochMs } from '#domain/units.ts'
import type { Redactor } from '../redaction.ts'
import type { JtlDialect } from './jtlDialect.ts'
import type { JtlFailure } from './jtlFailure.ts'
import type { JtlSample } from './jtlSample.ts'
import type { JtlTexts } from './jtlTexts.ts'

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

/** Earliest and latest start, latest end. */
const FIRST = 0
const LAST = 1
const END = 2

/** Counts what is in a JTL, sample by sample. */
export function createJtlSummary({ at }: JtlDialect, texts: JtlTexts, redactor: Redactor) {
  /** By number of the code. */
  const codes: number[] = []
  const cleanCodes: string[] = []
  const classes = new Map<ErrorClass, number>()
  let samples = 0
  // In a column, since V8 puts a variable that holds a fraction or a time into a new object each time.
  const span = Float64Array.of(Infinity, -Infinity, -Infinity)
  let peak = -1
  let newest: number | null = null

  /** Codes are text of a file: two that differ by a secret become one. */
  function codeCounts(): Record<string, number> {
    const counts = new Map<string, number>()
    for (const [code, count] of codes.entries()) {
      const name = (cleanCodes[code] ??= redactor.clean(texts.code.text(code)))
      counts.set(name, (counts.get(name) ?? 0) + count)
    }
    return Object.fromEntries(counts)
  }

  const instant = (ms: number) => (samples > 0 ? epochMs(ms) : null)

  return {
    add({ code, startMs, endMs, allThreads }: JtlSample, failure: JtlFailure | null) {
      samples += 1
      if (code === codes.length) codes.push(1)
      else if (code >= 0) codes[code]! += 1
      if (failure) classes.set(failure.class, (classes.get(failure.class) ?? 0) + 1)
      if (startMs < span[FIRST]!) span[FIRST] = startMs
      if (startMs > span[LAST]!) span[LAST] = startMs
      if (endMs >= span[END]!) {
        span[END] = endMs
        newest = allThreads
      }
      if (allThreads !== null && allThreads > peak) peak = allThreads
    },
    /** Active threads of the sample that was over last. */
    newestThreads: () => newest,
    /** Earliest start and latest end so far. */
    span: () => ({ firstAt: instant(span[FIRST]!), endAt: instant(span[END]!) }),
    result(rejected: number): JtlSummary {
      const canFail = at.responseCode >= 0 || at.success >= 0
      return {
        samples,
        rejected,
        codes: at.responseCode < 0 ? null : codeCounts(),
        classes: canFail ? Object.fromEntries(classes) : null,
        firstAt: instant(span[FIRST]!),
        lastAt: instant(span[LAST]!),
        endAt: instant(span[END]!),
        peakThreads: peak < 0 ? null : peak,
        labels: at.label < 0 ? null : texts.label.size(),
      }
    },
  }
}
