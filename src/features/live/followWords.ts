import { formatClock, formatDate, formatDuration } from '#domain/format.ts'
import { type EpochMs, elapsed, HOUR_MS } from '#domain/units.ts'
import type { DisplayState } from '#ui/glyphs/displayState.ts'
import { type FollowedFile, liveliness } from './followedFile.ts'
import { counted, outcomeWords } from './fileWords.ts'

type Known = {
  now: EpochMs
  zone: string
  /** Threads that are active now; null where the file does not tell. */
  threads: number | null
}

/** How a followed file stands: what is written before and behind its name. */
export type FollowWords = { state: DisplayState; before: string; words: string }

/** From this pace on it is worth saying why a file grows in steps. */
const IN_STEPS_MS = 10_000
/** Measured with JMeter 2.13: without the setting the file grows by 8192 bytes, first from 0. */
const IN_STEPS_WORDS = 'JMeter writes 8 kB at a time unless jmeter.save.saveservice.autoflush=true'

/**
 * `Following run.jtl: 12 482 samples, last at 13:12:40, 130 threads; 8 099 capacity.` Late, replaced, gone
 * and barred files say since when, and what happens next.
 */
export function followWords(file: FollowedFile, known: Known): FollowWords {
  const { troubleSince, state } = file
  if (state.trouble && troubleSince !== null) {
    const words = troubleWords(state.trouble, clockOf(troubleSince, known))
    return { state: 'warn', before: '', words: ` ${words}` }
  }
  const isLate = liveliness(file, known.now) !== 'fresh'
  const begun = state.run > 1 ? `, begun anew at ${clockOf(file.runSince, known)}` : ''
  const words = `${begun}: ${countWords(file, known, isLate)}.`
  const kept = state.run > 1 ? ' What was read before stays.' : ''
  const hasRejected = (state.soFar?.summary.rejected ?? 0) > 0
  return {
    state: isLate ? 'stale' : hasRejected ? 'warn' : 'ok',
    before: 'Following ',
    words: words + kept,
  }
}

function countWords({ state }: FollowedFile, known: Known, isLate: boolean): string {
  const { soFar } = state
  const endAt = soFar?.summary.endAt
  if (!soFar || !endAt) return `no samples yet; ${IN_STEPS_WORDS}`
  const samples = counted(soFar.summary.samples, 'sample')
  const threads = known.threads === null ? [] : [counted(known.threads, 'thread')]
  const clock = clockOf(endAt, known)
  const first = isLate
    ? [`nothing new since ${clock}`, samples]
    : [[samples, `last at ${clock}`, ...threads].join(', ')]
  return [...first, ...outcomeWords(soFar)].join('; ')
}

function troubleWords(
  { why, reason }: NonNullable<FollowedFile['state']['trouble']>,
  clock: string,
): string {
  switch (why) {
    case 'gone':
      return `is gone since ${clock}. It goes on as soon as there is a file of that name again; what was read stays.`
    case 'barred':
      return `may not be read since ${clock}: the browser asks for your permission again. What was read stays.`
    case 'unreadable':
      return `cannot be read since ${clock}: ${reason.replace(/\.$/, '')}. It is tried again twice a second.`
  }
}

/** What of the file's ways a reader should know, one sentence each. */
export function paceWarnings({ state }: FollowedFile): string[] {
  if (state.paceMs < IN_STEPS_MS) return []
  return [`the file grows about every ${formatDuration(state.paceMs)}: ${IN_STEPS_WORDS}`]
}

/** With its date where the day may be another one. */
const clockOf = (at: EpochMs, { now, zone }: Known) =>
  formatClock(at, zone) + (elapsed(at, now) > 12 * HOUR_MS ? ` on ${formatDate(at, zone)}` : '')
