import { formatClock, formatCount, formatDate } from '#domain/format.ts'
import type { EpochMs } from '#domain/units.ts'
import type { FileImport } from '#sources/imports/fileImport.ts'
import { secretsIn } from '#sources/imports/redaction.ts'
import type { WhyOnce } from './deskFile.ts'

type Counts = Pick<FileImport, 'summary' | 'removals'>

/** From the first sample's start to the last one's end; null for a file without samples. */
export function spanOf({
  summary,
}: Pick<Counts, 'summary'>): { from: EpochMs; to: EpochMs } | null {
  const { firstAt, endAt, lastAt } = summary
  const to = endAt ?? lastAt
  return firstAt !== null && to !== null ? { from: firstAt, to } : null
}

/** What a file held: `8 214 samples, 13:02:11 to 13:22:40 on Thu 17 Sep 2026; up to 130 threads; 8 099 capacity`. */
export function fileWords(result: Counts, zone: string): string {
  const { samples, peakThreads } = result.summary
  const span = spanOf(result)
  const parts = [
    span
      ? `${counted(samples, 'sample')}, ${formatClock(span.from, zone)} to ${formatClock(span.to, zone)} on ${formatDate(span.from, zone)}`
      : 'no samples',
    peakThreads === null ? null : `up to ${counted(peakThreads, 'thread')}`,
    ...outcomeWords(result),
  ]
  return `${parts.filter((part) => part !== null).join('; ')}.`
}

/** What failed, and what was left out or taken out: `8 099 capacity`, `1 line left out`, `2 secrets removed`. */
export function outcomeWords({ summary, removals }: Counts): string[] {
  const { rejected, classes: errors } = summary
  const secrets = secretsIn(removals)
  const found = Object.entries(errors ?? {}).map(([name, count]) => `${formatCount(count)} ${name}`)
  return [
    errors === null ? 'no column says what failed' : found.join(', ') || 'no errors',
    ...(rejected > 0 ? [`${counted(rejected, 'line')} left out`] : []),
    ...(secrets > 0 ? [`${counted(secrets, 'secret')} removed`] : []),
  ]
}

/** `1 sample`, `12 482 samples` */
export const counted = (count: number, thing: string) =>
  `${formatCount(count)} ${thing}${count === 1 ? '' : 's'}`

/** Said of a file that was read once. */
export const ONCE_WORDS: Readonly<Record<WhyOnce, string>> = {
  browser: 'This browser cannot follow a file: read it again to see what was added.',
  insecurePage:
    'The browser follows no file on a page without https: read it again to see what was added.',
  format: 'Only a JMeter CSV is followed: read it again to see what was added.',
  noHandle: 'The browser gave no way to follow this file: read it again to see what was added.',
}
