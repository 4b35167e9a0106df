import { formatClock, formatCount, formatDate } from '#domain/format.ts'
import type { EpochMs } from '#domain/units.ts'
import type { JtlImport } from '#sources/imports/jtl/readJtl.ts'

/** From the first sample's start to the last one's end; null for a file without samples. */
export function spanOf({ summary }: JtlImport): { from: EpochMs; to: EpochMs } | null {
  const { firstAt, endAt, lastAt } = summary
  const to = endAt ?? lastAt
  return firstAt !== null && to !== null ? { from: firstAt, to } : null
}

/** What a file held: `8 214 samples, 13:02:11 to 13:22:40 on Thu 17 Sep 2026; up to 130 threads; 8 099 capacity`. */
export function jtlWords(result: JtlImport, zone: string): string {
  const { summary, removedSecrets } = result
  const { samples, rejected, classes: errors, peakThreads } = summary
  const span = spanOf(result)
  const found = Object.entries(errors ?? {}).map(([name, count]) => `${formatCount(count)} ${name}`)
  const parts = [
    span
      ? `${counted(samples, 'sample')}, ${formatClock(span.from, zone)} to ${formatClock(span.to, zone)} on ${formatDate(span.from, zone)}`
      : 'no samples',
    peakThreads === null ? null : `up to ${counted(peakThreads, 'thread')}`,
    errors === null ? 'no column says what failed' : found.join(', ') || 'no errors',
    rejected > 0 ? `${counted(rejected, 'line')} left out` : null,
    removedSecrets > 0 ? `${counted(removedSecrets, 'secret')} removed` : null,
  ]
  return `${parts.filter((part) => part !== null).join('; ')}.`
}

const counted = (count: number, thing: string) =>
  `${formatCount(count)} ${thing}${count === 1 ? '' : 's'}`
