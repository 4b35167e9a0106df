import { formatCount } from '#domain/format.ts'
import { NOTHING_OBSERVED, type Observation } from '#domain/observation.ts'
import { SECOND_MS } from '#domain/units.ts'
import type { FileFormat } from '../fileFormat.ts'
import type { FileCounts, FileImport, Rejection } from '../fileImport.ts'
import type { Hears } from '../filePass.ts'
import { ImportError } from '../importError.ts'
import { createRedactor, type Redactor, removalWords } from '../redaction.ts'
import { createAttemptGroups } from './attemptGroups.ts'
import { createClientAttempts } from './clientAttempts.ts'
import { createErrorCounts, type ErrorCollector } from './errorCounts.ts'
import type { Failure } from './failure.ts'
import { createFailureBook } from './failureBook.ts'
import { fileIdOf } from './fileId.ts'
import { createFileObservation } from './fileObservation.ts'
import type { FileNames, FileRun } from './fileSeries.ts'
import { createFileSummary, type Told } from './fileSummary.ts'
import { NO_COLUMN, type SampleTexts } from './sampleTexts.ts'
import type { Sample } from './sample.ts'

const MAX_REJECTIONS = 20

/** What a format makes of its files. */
export type SampleFormat = FileNames & {
  format: FileFormat
  told: Told
  /** Which end of a sample its instant in the file is: JMeter may be told to write either. */
  stamp?: Hears['stamp']
}

/** What a format knows of a sample beside the sample. */
export type Said = {
  /** Whether it repeats another, by whether it failed. */
  isRepeat?: (isFailed: boolean) => boolean
  /** What went wrong, null for nothing, where its texts do not say it as a JTL's do. */
  failure?: Failure | null
}
const NOTHING_SAID: Said = {}

/** What only some formats say of a file as a whole. */
type Beside = Partial<Pick<FileImport, 'clock' | 'stamps'>>

/** Makes what collects the failures: usually they are counted per second and kind. */
type ErrorsWith = (redactor: Redactor) => ErrorCollector

/**
 * The state of one pass over a file whose samples are single attempts: they are judged, counted and
 * collected. Of `hears`, `onAttempt` hears of every attempt that repeats no other, in the order of the file.
 */
export function createSamplePass(
  name: string,
  { format, told, stamp = 'start', ...names }: SampleFormat,
  texts: SampleTexts,
  { onAttempt, wantsClients = false }: Pick<Hears, 'onAttempt' | 'wantsClients'>,
  errorsWith: ErrorsWith = (redactor) => createErrorCounts(names, texts, redactor),
) {
  const redactor = createRedactor()
  const errors = errorsWith(redactor)
  const failures = createFailureBook(texts)
  const summary = createFileSummary(told, texts, redactor)
  const collected = createFileObservation(name, names, errors, redactor)
  const groups = createAttemptGroups(names, texts, redactor)
  const clients = wantsClients && told.clients ? createClientAttempts() : null
  const rejections: Rejection[] = []
  let rejected = 0
  let assumedUtc = 0
  let fileId: string | null = null
  let isOver = false

  function take(sample: Sample, isSub: boolean, { isRepeat: isRepeatOf, failure: known }: Said) {
    // The first sample stays the first however the file grows; the earliest start may turn up later.
    fileId ??= fileIdOf(name, stamp === 'end' ? sample.endMs : sample.startMs)
    const failure = known === undefined ? failures.failureOf(sample) : known && failures.same(known)
    if (isSub) summary.addSub()
    else summary.add(sample, failure)
    const isRepeat = isRepeatOf?.(failure !== null) ?? false
    collected.add(sample, failure, isRepeat)
    if (sample.assumedUtc) assumedUtc += 1
    if (isRepeat) return
    groups.add(sample, failure)
    if (!onAttempt && !clients) return
    const { startMs, endMs, thread } = sample
    const isClient = told.clients && thread !== NO_COLUMN && texts.thread.text(thread) !== ''
    if (isClient) clients?.add(startMs, endMs, thread, failure !== null)
    const threadName = isClient ? texts.thread.text(thread) : null
    onAttempt?.({ startMs, endMs, thread: threadName, errorClass: failure?.class ?? null })
  }

  function warnings(own: readonly string[]): string[] {
    const said = [...own]
    if (assumedUtc > 0) said.push('times name no zone and were read as UTC')
    if (errors.hasTooManyRoutes()) {
      said.push('the file has more than 2000 labels with errors; errors of further ones carry none')
    }
    const tooMany = clients?.tooMany() ?? 0
    if (tooMany > 0) {
      said.push(
        `attempts of single clients are too many to be kept (${formatCount(tooMany)}); retries are not looked at`,
      )
    }
    const removed = removalWords(redactor.removals())
    if (removed) said.push(removed)
    return said
  }

  function run(): FileRun | null {
    const { firstAt, endAt } = summary.span()
    if (firstAt === null || endAt === null || fileId === null) return null
    return { fileId, firstMs: firstAt, endMs: isOver ? endAt : null }
  }

  /** Seconds since 1970 before which nothing more is expected: rows come in the order of their ends. */
  const settledBefore = () => Math.floor((summary.span().endAt ?? 0) / SECOND_MS)

  function observed(): Observation {
    const known = run()
    return known ? collected.whole(known) : NOTHING_OBSERVED
  }

  /** `own`: what the format has to say, after which comes what is said of every file. */
  function counts(own: readonly string[]): FileCounts {
    return {
      summary: summary.result(rejected),
      rejected: [...rejections],
      warnings: warnings(own),
      removals: redactor.removals(),
    }
  }

  function takeLevel(atMs: number, count: number) {
    summary.addLevel(count)
    collected.addLevel(atMs, count)
  }

  function reject(line: number, reason: string) {
    rejected += 1
    // A reason may quote what stands there.
    if (rejections.length < MAX_REJECTIONS)
      rejections.push({ line, reason: redactor.clean(reason) })
  }

  return {
    /** Takes in one sample; one that repeats others is counted, and not charted. */
    take: (sample: Sample, said = NOTHING_SAID) => take(sample, false, said),
    /** The same for a sample inside another. */
    takeSub: (sample: Sample, said = NOTHING_SAID) => take(sample, true, said),
    /** What was open at an instant, where the file tells it beside its samples. */
    takeLevel,
    /** An instant of the run of which the file tells something beside its samples. */
    see: (atMs: number) => summary.see(atMs),
    reject,
    /** The file is over: its run ends. */
    end() {
      isOver = true
    },
    /** The same for the same file at every import; null before its first sample. */
    fileId: () => fileId,
    newestThreads: summary.newestThreads,
    news(isQuiet: boolean): Observation {
      const known = run()
      const before = isQuiet || isOver ? Number.POSITIVE_INFINITY : settledBefore()
      return known ? collected.news(known, before) : NOTHING_OBSERVED
    },
    counts,
    /**
     * All that was read. Throws ImportError where nothing of it can be used.
     */
    result(own: readonly string[], beside: Beside = {}): FileImport {
      const { samples } = summary.result(rejected)
      const [first] = rejections
      if (samples === 0 && first) {
        throw new ImportError(
          'noUsableColumn',
          `${name}: none of its ${rejected} records can be used; line ${first.line}: ${first.reason}`,
        )
      }
      // Before the counts: what is taken out of its texts is among them.
      const observation = { ...observed(), clients: clients?.events() ?? [] }
      const known = { format, fileId: fileId ?? fileIdOf(name, null), observation }
      const ofGroups = { groups: groups.groups(), clock: null, stamps: null }
      return { ...known, ...ofGroups, ...beside, ...counts(own) }
    },
  }
}
