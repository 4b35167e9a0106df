import { formatClock, formatCount, formatDuration, THIN_SPACE } from '../../format.ts'
import { type DurationMs, type EpochMs, MINUTE_MS } from '../../units.ts'
import type { Storm } from './storm.ts'

/** What is said of a storm: a heading, what was found, and what speaks against it. */
export type StormWords = { title: string; sentence: string; against: string }

/**
 * A storm, or clients of which it cannot be told, in words; null where there is nothing to say. The
 * word storm is used only where it is one. Times are of `zone` (IANA).
 */
export function stormWords(storm: Storm, zone: string): StormWords | null {
  if (storm.word === 'no' || storm.reason === 'no-clients') return null
  const attempts = `${formatCount(storm.attempts)} attempts for ${formatCount(storm.demands)} demands (${times(storm.amplification ?? 1)}) ${fromTo(storm.from, storm.to, zone)}`
  const pause = storm.medianAfterFailureMs ?? 0
  if (storm.word === 'cannot-tell')
    return {
      title: 'Many attempts',
      sentence: `${attempts}. Whether refused clients came back faster than usual cannot be told: ${formatCount(storm.gapsAfterSuccess)} pauses after a success are known, 20 are needed.`,
      against: `Against it: clients that pause ${length(pause)} whatever happens look the same.`,
    }
  return {
    title: 'Retry storm',
    sentence: `Storm: ${attempts}; refused clients came back after ${length(pause)}.${withBackoff(storm)}`,
    against: `Against it: the same clients also came back by themselves, ${length(storm.medianAfterSuccessMs ?? 0)} after a success, and the back-off is simulated.`,
  }
}

function withBackoff({ backoff }: Storm): string {
  const study = backoff.find(({ policy }) => policy === 'fullJitter')
  return study
    ? ` With exponential back-off and jitter the same demand would have made ${formatCount(study.attempts)} attempts.`
    : ''
}

const times = (factor: number) =>
  `×${THIN_SPACE}${factor < 9.95 ? factor.toFixed(1).replace(/\.0$/, '') : formatCount(factor)}`

/** To the minute, and to the second where it lasted less than two. */
function fromTo(from: EpochMs, to: EpochMs, zone: string): string {
  const precision = to - from < 2 * MINUTE_MS ? 'seconds' : 'minutes'
  return `from ${formatClock(from, zone, precision)} to ${formatClock(to, zone, precision)}`
}

/** A pause: tenths of a second below ten seconds, milliseconds below one. */
function length(pause: DurationMs | number): string {
  if (pause < 1_000) return `${formatCount(Math.max(0, pause))}${THIN_SPACE}ms`
  if (pause >= 9_950) return formatDuration(pause)
  return `${(pause / 1_000).toFixed(1).replace(/\.0$/, '')}${THIN_SPACE}s`
}
