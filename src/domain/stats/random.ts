/**
 * A source of uniform numbers in [0, 1). Domain code never makes one by itself: it is handed one,
 * so that a seed repeats everything.
 */
export type Random = () => number

const TWO_32 = 0x1_0000_0000

/** SplitMix32: spreads one small seed over words that share no pattern. */
function splitMix(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x9e3779b9) | 0
    let word = state ^ (state >>> 16)
    word = Math.imul(word, 0x21f0aaad)
    word ^= word >>> 15
    word = Math.imul(word, 0x735a2d97)
    return word ^ (word >>> 15)
  }
}

/**
 * A repeatable source: the same seed gives the same numbers on every machine.
 *
 * sfc32 (Doty-Humphrey, PractRand), 128 bits of state seeded by SplitMix32, with 53-bit results
 * made of two words. Seeds are whole numbers; the part beyond 32 bits counts too (an instant in
 * milliseconds may serve), and what is not finite is seed 0.
 */
export function seededRandom(seed: number): Random {
  const whole = Number.isFinite(seed) ? Math.floor(seed) : 0
  const word = splitMix(whole ^ Math.imul(Math.floor(whole / TWO_32), 0x9e3779b1))
  let a = word()
  let b = word()
  let c = word()
  let counter = 1
  const next = () => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return sum >>> 0
  }
  // sfc32's own advice: the first words still resemble the seed.
  for (let i = 0; i < 12; i++) next()
  return () => ((next() >>> 6) * 0x800_0000 + (next() >>> 5)) / 2 ** 53
}

/**
 * One standard normal number (Box–Muller, the second of the pair is dropped so that nothing is kept
 * between calls).
 */
export function normalFrom(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()))
  return radius * Math.cos(2 * Math.PI * random())
}

/** One exponential number of the given mean, in its unit; 0 where the mean is not above 0. */
export function exponentialFrom(random: Random, mean: number): number {
  return mean > 0 ? -mean * Math.log(1 - random()) : 0
}

/** The largest mean whose e^−mean is still comfortably a double. */
const POISSON_PART = 500

/**
 * One Poisson count of the given mean (Knuth's product of uniforms, exact); 0 where the mean is not
 * above 0 or not finite. Cost grows with the mean: meant for counts per bin, not for millions.
 */
export function poissonFrom(random: Random, mean: number): number {
  if (!(mean > 0) || !Number.isFinite(mean)) return 0
  let count = 0
  for (let rest = mean; rest > 0; rest -= POISSON_PART) {
    const stop = Math.exp(-Math.min(rest, POISSON_PART))
    for (let product = random(); product > stop; product *= random()) count += 1
  }
  return count
}
