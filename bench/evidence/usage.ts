import { normalFrom, type Random } from '#domain/stats/random.ts'

/** How a count moves within a window, bin by bin, and how many attempts there are. */
export type Usage = { value: Float64Array; attempts: Float64Array }

export const LIMIT = 600
/** Attempts per bin. */
const ATTEMPTS = 2
/** Standard deviation of the count around its course, as a share of the limit. */
const JITTER = 0.003
/** Bins in which a pulse rises. */
const EDGE = 5

/**
 * The courses of evidence-methods §1.6 with our own parameters. A course gives shares of the limit; what goes beyond 1 is cut off at the
 * limit, where the count stands or is one short of it, as places that are given back are taken at once.
 */
export const USAGES = {
  /** AR(1) around 85 % with a standard deviation of 15 % and a correlation time of n/6; drawn again until 5–50 % of the bins are full. */
  ar: (n, random) => drawnUntilFull(n, random, () => wander(n, n / 6, random, 0.85, 0.15)),
  ep1: (n, random) => usageOf(pulses(n, 1, random), random),
  ep2: (n, random) => usageOf(pulses(n, 2, random), random),
  ep3: (n, random) => usageOf(pulses(n, 3, random), random),
  ep10: (n, random) => usageOf(pulses(n, 10, random), random),
  /** Up from 5 % within 50–75 % of the window, then at the limit. */
  ramp: (n, random) => usageOf(ramp(n, random), random),
  /** As `ramp`, but clients give up: from the limit on attempts fall to 1 % within a tenth of the window. */
  taper: (n, random) => tapered(usageOf(ramp(n, random), random), random),
  /** Up within 30–45 % of the window, 15–30 % at the limit, and down again. */
  updown: (n, random) => usageOf(upAndDown(n, random), random),
  /** 5–11 equal steps, the last one at the limit. */
  stair: (n, random) => usageOf(stairs(n, random), random),
  /** A ramp, then stretches of 5–20 bins at the limit between dips of 3–10 bins to 92–97 %. */
  flick: (n, random) => usageOf(flickering(n, random), random),
  /** One sine from 45 % to 105 %, begun at a random hour. */
  daily: (n, random) => usageOf(sine(n, random), random),
} as const satisfies Record<string, (n: number, random: Random) => Usage>

export type UsageName = keyof typeof USAGES
export const USAGE_NAMES = Object.keys(USAGES) as UsageName[]

/** Bins in which the limit is truly reached: nothing more fits in. */
export const fullBins = ({ value }: Usage) =>
  Uint8Array.from(value, (count) => (count >= LIMIT - 1 ? 1 : 0))

/** A number from `low` to `high`. */
export const between = (random: Random, low: number, high: number) => low + (high - low) * random()

export const wholeBetween = (random: Random, low: number, high: number) =>
  low + Math.floor((high - low + 1) * random())

/** An AR(1) series with a mean, a standard deviation and a correlation time in bins. */
export function wander(n: number, time: number, random: Random, mean: number, sd: number) {
  const rho = Math.exp(-1 / time)
  let state = normalFrom(random)
  return Float64Array.from({ length: n }, () => {
    const now = state
    state = rho * state + Math.sqrt(1 - rho * rho) * normalFrom(random)
    return mean + sd * now
  })
}

/** The count that follows a course given as shares of the limit. */
export function usageOf(course: ArrayLike<number>, random: Random): Usage {
  const value = Float64Array.from(course, (share) => {
    if (share >= 1) return LIMIT - (random() < 0.3 ? 1 : 0)
    return Math.max(0, Math.min(LIMIT, Math.round(LIMIT * (share + JITTER * normalFrom(random)))))
  })
  return { value, attempts: new Float64Array(value.length).fill(ATTEMPTS) }
}

function drawnUntilFull(n: number, random: Random, course: () => Float64Array): Usage {
  for (;;) {
    const usage = usageOf(course(), random)
    const full = fullBins(usage).reduce((sum, one) => sum + one, 0) / n
    if (full >= 0.05 && full <= 0.5) return usage
  }
}

/** K pulses over 15–35 % of the window, each somewhere in its own K-th of it, on a floor of 40–60 %. */
function pulses(n: number, count: number, random: Random): Float64Array {
  const floor = between(random, 0.4, 0.6)
  const length = Math.max(2, Math.round((n * between(random, 0.15, 0.35)) / count))
  const course = new Float64Array(n).fill(floor)
  for (let pulse = 0; pulse < count; pulse++) {
    const from = Math.round((n * pulse) / count) + EDGE
    const last = Math.round((n * (pulse + 1)) / count) - EDGE - length
    const start = Math.round(between(random, from, Math.max(from, last)))
    for (let i = start - EDGE; i < start + length + EDGE; i++) {
      if (i < 0 || i >= n) continue
      const outside = Math.max(0, start - i, i - (start + length - 1))
      course[i] = Math.max(course[i]!, 1 - ((1 - floor) * outside) / (EDGE + 1))
    }
  }
  return course
}

function ramp(n: number, random: Random): Float64Array {
  const top = n * between(random, 0.5, 0.75)
  return Float64Array.from({ length: n }, (_, i) => 0.05 + (0.95 * i) / top)
}

function upAndDown(n: number, random: Random): Float64Array {
  const up = n * between(random, 0.3, 0.45)
  const hold = n * between(random, 0.15, 0.3)
  return Float64Array.from(
    { length: n },
    (_, i) => 0.05 + 0.95 * Math.min(i / up, 1 + (up + hold - i) / (n - up - hold)),
  )
}

function stairs(n: number, random: Random): Float64Array {
  const steps = wholeBetween(random, 5, 11)
  return Float64Array.from({ length: n }, (_, i) => (Math.floor((i * steps) / n) + 1) / steps)
}

function flickering(n: number, random: Random): Float64Array {
  const course = ramp(n, random)
  let i = course.findIndex((share) => share >= 1)
  while (i < n) {
    i += wholeBetween(random, 5, 20)
    const dip = between(random, 0.92, 0.97)
    const end = Math.min(n, i + wholeBetween(random, 3, 10))
    for (; i < end; i++) course[i] = dip
  }
  return course
}

function sine(n: number, random: Random): Float64Array {
  const phase = random()
  return Float64Array.from(
    { length: n },
    (_, i) => 0.75 + 0.3 * Math.sin(2 * Math.PI * (i / n + phase)),
  )
}

function tapered(usage: Usage, random: Random): Usage {
  const n = usage.value.length
  const top = fullBins(usage).indexOf(1)
  const attempts = usage.attempts.map((count, i) => {
    const left = i < top ? 1 : Math.max(0.01, 1 - (i - top) / (n / 10))
    return Math.floor(count * left + random())
  })
  return { ...usage, attempts }
}
