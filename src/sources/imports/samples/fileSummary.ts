import type { ErrorClass } from '#domain/errors/errorEvent.ts'
import { type EpochMs, epochMs } from '#domain/units.ts'
import type { Redactor } from '../redaction.ts'
import type { Failure } from './failure.ts'
import type { Sample } from './sample.ts'
import type { SampleTexts } from './sampleTexts.ts'

/** What is in a file, in numbers (design §9). Null is what the file does not tell, or no sample. */
export type FileSummary = {
  samples: number
  /** Samples inside others, where the format nests them. */
  subSamples: number | null
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

/** What the samples of a file tell: a JTL has them by its columns. */
export type Told = {
  codes: boolean
  failures: boolean
  labels: boolean
  subSamples: boolean
  /** Whether who made a sample is one client: a thread is, a scenario of many users is not. */
  clients: boolean
}

/** Counts what is in a file, sample by sample. */
export function createFileSummary(told: Told, texts: SampleTexts, redactor: Redactor) {
  /** By number of the code. */
  const codes: (number | undefined)[] = []
  const hasLabel: (boolean | undefined)[] = []
  let labels = 0
  const cleanCodes: string[] = []
  const classes = new Map<ErrorClass, number>()
  let samples = 0
  let subSamples = 0
  // In a column, since V8 puts a variable that holds a fraction or a time into a new object each time.
  const span = Float64Array.of(Infinity, -Infinity, -Infinity)
  let peak = -1
  let newest: number | null = null

  /** Codes are text of a file: two that differ by a secret become one. */
  function codeCounts(): Record<string, number> {
    const counts = new Map<string, number>()
    for (const [code, count] of codes.entries()) {
      if (count === undefined) continue
      const name = (cleanCodes[code] ??= redactor.clean(texts.code.text(code)))
      counts.set(name, (counts.get(name) ?? 0) + count)
    }
    return Object.fromEntries(counts)
  }

  const instant = (ms: number) => (samples > 0 ? epochMs(ms) : null)

  return {
    add({ code, label, startMs, endMs, allThreads }: Sample, failure: Failure | null) {
      samples += 1
      if (code >= 0) codes[code] = (codes[code] ?? 0) + 1
      if (label >= 0 && hasLabel[label] !== true) {
        hasLabel[label] = true
        labels += 1
      }
      if (failure) classes.set(failure.class, (classes.get(failure.class) ?? 0) + 1)
      if (startMs < span[FIRST]!) span[FIRST] = startMs
      if (startMs > span[LAST]!) span[LAST] = startMs
      if (endMs >= span[END]!) {
        span[END] = endMs
        newest = allThreads
      }
      if (allThreads !== null && allThreads > peak) peak = allThreads
    },
    /** A sample inside another: it is in no other number. */
    addSub() {
      subSamples += 1
    },
    /** An instant of which the file tells something that is no sample. */
    see(atMs: number) {
      if (atMs < span[FIRST]!) span[FIRST] = atMs
      if (atMs > span[LAST]!) span[LAST] = atMs
      if (atMs > span[END]!) span[END] = atMs
    },
    /** A level that was told beside the samples: virtual users, open sockets. */
    addLevel(count: number) {
      if (count > peak) peak = count
    },
    /** Active threads of the sample that was over last. */
    newestThreads: () => newest,
    /** Earliest start and latest end so far. */
    span: () => ({ firstAt: instant(span[FIRST]!), endAt: instant(span[END]!) }),
    result(rejected: number): FileSummary {
      return {
        samples,
        subSamples: told.subSamples ? subSamples : null,
        rejected,
        codes: told.codes ? codeCounts() : null,
        classes: told.failures ? Object.fromEntries(classes) : null,
        firstAt: instant(span[FIRST]!),
        lastAt: instant(span[LAST]!),
        endAt: instant(span[END]!),
        peakThreads: peak < 0 ? null : peak,
        labels: told.labels ? labels : null,
      }
    },
  }
}
