/** A vertical axis: what it spans and where it is labelled. */
export type ValueScale = { min: number; max: number; ticks: readonly number[] }

/** At most this many labels: more are read by nobody. */
const MAX_LABELS = 4
/** Pixels that one label needs with its air. */
const LABEL_PITCH = 20
const MANTISSAS = [1, 2, 2.5, 5]
/** Less than this is nothing: it is not a span that can be divided. */
const LEAST_SPAN = 1e-9
/** Beyond these the length of an axis is no number any more: what lies there is off the scale. */
const MOST = 1e308
const MOST_BOTH_WAYS = 4e307
/** A scale is kept until one of less than this share of its span would do, so that a passing peak does not shake it. */
const KEEP_ABOVE = 0.5

export type ScaleNeed = {
  /** The lowest value or 0, whichever is lower. */
  lowest: number
  /** The highest value or limit that must be seen. */
  highest: number
  heightPx: number
  /** Pixels to keep free above the highest, e.g. for a limit's label. */
  headroomPx: number
}

/**
 * A scale that starts at 0 (or below, where a value does), holds what is needed with air above it,
 * and is labelled with at most four round numbers. It stays the `previous` one while that still
 * fits, and only whole steps are added, so it does not jump with each sample.
 */
export function niceScale(need: ScaleNeed, previous: ValueScale | null): ValueScale {
  const { heightPx } = need
  const most = need.lowest < 0 ? MOST_BOTH_WAYS : MOST
  const lowest = Math.max(-most, Math.min(0, need.lowest))
  const highest = Math.min(most, Math.max(need.highest, lowest, 0))
  const usable = Math.max(0.5, 1 - need.headroomPx / Math.max(1, heightPx))
  const span = (highest - lowest) / usable
  const top = Math.min(most, lowest + (span > LEAST_SPAN ? span : 1))
  const labels = Math.max(2, Math.min(MAX_LABELS, Math.floor(heightPx / LABEL_PITCH)))
  const fresh = scaleOf(lowest, top, labels)
  const isKept =
    previous !== null &&
    previous.ticks.length <= labels &&
    fresh.max <= previous.max &&
    fresh.min >= previous.min &&
    fresh.max - fresh.min >= KEEP_ABOVE * (previous.max - previous.min)
  return isKept ? previous : fresh
}

function scaleOf(lowest: number, top: number, labels: number): ValueScale {
  for (let wanted = (top - lowest) / labels; ; ) {
    const step = roundStep(wanted, top - lowest >= 1)
    // The axis itself grows by half steps: finer than its labels, coarser than samples.
    const half = step / 2
    const rounded = Math.ceil(top / half - 1e-9) * half
    // What is needed by the last bit of a fraction adds no step, and yet is inside.
    const min = lowest < 0 ? Math.min(lowest, Math.floor(lowest / half) * half) : 0
    const max = Math.max(top, rounded)
    const ticks = ticksOf(min, max, step)
    // The label at the very top has the least room, half of it outside; it is the first to go.
    const isCrowded = ticks.length > Math.min(labels, MAX_LABELS - 1) && ticks.at(-1)! >= rounded
    const shown = isCrowded ? ticks.slice(0, -1) : ticks
    if (shown.length <= labels) return { min, max, ticks: shown }
    wanted = step * 1.001
  }
}

/** The smallest round number of at least `wanted`. What is counted is whole, and so are its steps. */
function roundStep(wanted: number, isWhole: boolean): number {
  for (let power = 10 ** Math.floor(Math.log10(wanted)); ; power *= 10) {
    const mantissa = MANTISSAS.find((candidate) => {
      const step = candidate * power
      return step >= wanted && (!isWhole || Number.isInteger(step))
    })
    if (mantissa !== undefined) return mantissa * power
  }
}

function ticksOf(min: number, max: number, step: number): number[] {
  const first = Math.ceil(min / step - 1e-9)
  const last = Math.floor(max / step + 1e-9)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step)
}
