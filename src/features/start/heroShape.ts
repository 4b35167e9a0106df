/** The drawing's own measures; it is stretched to the width of the screen. */
export const HERO = { width: 1440, height: 270, base: 268 } as const

const ITERATION_WIDTH = 146
/** Where the limit is raised, and where it lies before and after: distances from the top. */
const RAISE = { x: 1041, before: 111, after: 33 }
/** What is not known: a stretch without data. */
const GAP = { from: 424, to: 472 }

type Iteration = { from: number; floor: number; plateau: number; isAtLimit: boolean }

/** Ten repetitions of one load: each leaves a little more behind, two of them meet the limit. */
const ITERATIONS: readonly Iteration[] = Array.from({ length: 10 }, (_, i) => {
  const wanted = 152 - 8.6 * i
  const limit = i >= 7 ? RAISE.after : RAISE.before
  const isAtLimit = i === 5 || i === 6
  return {
    from: 40 + ITERATION_WIDTH * i - (i > 2 ? 8 : 0),
    floor: 259 - 8.8 * i,
    plateau: isAtLimit ? limit : Math.max(limit + 6, wanted),
    isAtLimit,
  }
})

/** A little unrest, the same on every drawing. */
const unrest = (x: number) => Math.sin(x * 1.7) * 0.9 + Math.sin(x * 0.61 + 2) * 0.8

/** How full the drawn organisation is at a place: the distance from the top. */
function levelAt(x: number): number {
  const index = ITERATIONS.findLastIndex(({ from }) => from <= x)
  const before = ITERATIONS[Math.max(index, 0)]!
  if (index < 0) return before.floor + unrest(x) / 2
  const next = ITERATIONS[index + 1] ?? { ...before, floor: before.floor - 8.8 }
  const along = x - before.from
  const rise = Math.min(1, along / 26)
  const fall = Math.min(1, Math.max(0, (along - 100) / 12))
  const high = before.floor + (before.plateau - before.floor) * rise
  const level = high + (next.floor - high) * fall
  const isSteady = rise === 1 && fall === 0
  return level + (isSteady && !before.isAtLimit ? unrest(x) : unrest(x) / 4)
}

/** The water line, with a break where nothing is known. */
function linePath(from: number, to: number): string {
  const points: string[] = []
  for (let x = from; x <= to; x += 2) points.push(`${x} ${levelAt(x).toFixed(1)}`)
  return `M${points.join('L')}`
}

const STRETCHES = [
  [0, GAP.from],
  [GAP.to, HERO.width],
] as const

export const heroLines = STRETCHES.map(([from, to]) => linePath(from, to))
export const heroWater = STRETCHES.map(
  ([from, to]) => `${linePath(from, to)}L${to} ${HERO.base}L${from} ${HERO.base}Z`,
)
export const heroLimit = `M0 ${RAISE.before}H${RAISE.x}V${RAISE.after}H${HERO.width}`
export const heroGap = GAP
export const heroLabels = { limitY: RAISE.before, raiseX: RAISE.x }

/** The stretches at the limit. */
export const heroBands = ITERATIONS.filter(({ isAtLimit }) => isAtLimit).map(({ from }) => ({
  from: from + 26,
  to: from + 102,
}))

const refusal = (x: number, height: number) =>
  `M${x - 4} ${HERO.base}L${x} ${(HERO.base - height).toFixed(1)}L${x + 4} ${HERO.base}Z`

/** Refused connections: dense at the limit, and a few anywhere. */
export const heroRefusals = [
  ...[105, 287, 560, 714, 749, 888, 1050, 1190, 1379].map((x) => refusal(x, 10)),
  ...heroBands.flatMap(({ from, to }, band) =>
    Array.from({ length: Math.floor((to - from) / 7) + 1 }, (_, i) =>
      refusal(
        from + 7 * i,
        9 + (8 + 8 * band) * Math.abs(Math.sin(i * 1.9 + band * 0.7)) ** 1.5 + 4 * band,
      ),
    ),
  ),
].join('')
