import { formatClock, formatCount } from '../../format.ts'
import type { Interval } from '../../stats/interval.ts'
import { roughDuration } from '../roughDuration.ts'
import type { Leak } from './leak.ts'

/**
 * A peak this close to the limit, as a share, has reached it: the highest moment falls between two
 * samples.
 */
const REACHED_SHARE = 0.99

/** What is said of a leak: a heading, what was found, and what speaks against it. */
export type LeakWords = { title: string; sentence: string; against: string }

/**
 * What the floors say, in words; null where they say nothing. `limit` is the one in force at the
 * last look, in the unit of the screen: Tidemark's own connections count. Clock times are those of
 * an IANA zone.
 */
export function leakWords(leak: Leak, limit: number | null, zone: string): LeakWords | null {
  const { word, perIteration, count } = leak
  if (word === 'none' || !perIteration) return null
  const found = `The floor rises ${riseText(perIteration)}, ${formatCount(count)} floors`
  if (word === 'suspected')
    return {
      title: 'Leak suspected',
      sentence: `${found}. A fifth floor decides.`,
      against: againstIt(chanceText(leak), wanderText(leak)),
    }
  if (word === 'cannot-separate')
    return {
      title: 'Leak or growing load',
      sentence: `${found}, but the load grows too, and ${undrainedText(leak)}. Equal iterations with longer pauses would tell the two apart.`,
      against: againstIt(chanceText(leak), wanderText(leak)),
    }
  return {
    title: 'Leak',
    sentence: `${found}. ${reachText(leak, limit, zone)}`,
    against: againstIt(chanceText(leak), rangeText(leak), wanderText(leak)),
  }
}

const againstIt = (...parts: readonly string[]) =>
  `Against it: ${parts.filter((part) => part !== '').join('; ')}.`

/** `+56 per iteration (54 to 58)`; the interval is the 90 % one. */
const riseText = ({ value, low, high }: Interval) =>
  `${value > 0 ? '+' : ''}${stepText(value)} per iteration (${stepText(low)} to ${stepText(high)})`

/** A rise per iteration: whole, or with one decimal where that matters. */
function stepText(value: number): string {
  const tenths = Math.round(value * 10)
  if (Math.abs(value) >= 10 || tenths % 10 === 0) return formatCount(value)
  return `${tenths < 0 ? '\u2212' : ''}${(Math.abs(tenths) / 10).toFixed(1)}`
}

function reachText({ reaches, floors, own }: Leak, limit: number | null, zone: string): string {
  if (limit === null) return 'The limit is unknown, so nothing can be said of when it is reached.'
  const first = floors.find(({ peak }) => peak !== null && peak + own >= REACHED_SHARE * limit)
  if (first)
    return `${formatCount(limit)} was first reached at iteration ${formatCount(first.iteration)}.`
  if (!reaches || !Number.isFinite(reaches.value)) return ''
  const { value, at, inMs = null } = reaches
  const iteration = `At this pace ${formatCount(limit)} is reached at iteration ${formatCount(value)}`
  if (at === null) return `${iteration}.`
  const clock = formatClock(at, zone, 'minutes')
  if (inMs === null) return `${iteration}, ≈ ${clock}.`
  return inMs > 0
    ? `${iteration}, in ${roughDuration(inMs)} (${clock}).`
    : `${iteration}, this one.`
}

/** How sure the iteration is; empty where the slope leaves no choice. */
function rangeText({ reaches }: Leak): string {
  if (!reaches || (reaches.low === reaches.value && reaches.high === reaches.value)) return ''
  const low = formatCount(reaches.low)
  if (!Number.isFinite(reaches.high))
    return `the limit may be reached from iteration ${low} on, or never`
  return `the limit may be reached at iteration ${low} to ${formatCount(reaches.high)}`
}

/** How often chance does the same: 1/p. */
function chanceText({ p }: Leak): string {
  if (p === null || p <= 0) return 'chance alone would not do this'
  const times = Math.floor(1 / p)
  const often = times < 1_000_000 ? `once in ${formatCount(times)}` : 'less than once in a million'
  return `floors in random order rise like this ${often}`
}

const wanderText = ({ doesWander }: Leak) =>
  doesWander
    ? 'the floors wander by themselves, as other users of the organisation make them do: what the tested clients count as open would tell'
    : ''

function undrainedText({ floors }: Leak): string {
  const undrained = floors.filter(({ state }) => state === 'undrained').length
  return `${formatCount(undrained)} of ${formatCount(floors.length)} drains ${undrained === 1 ? 'was' : 'were'} still falling when the next iteration began`
}
