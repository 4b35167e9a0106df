/** How often the interval of the lag holds the true one. Run with `npx tsx bench/evidence/lag.ts [--full]`. */
import { activeBins } from '#domain/evidence/verdict/activeBins.ts'
import { evidenceBins } from '#domain/evidence/verdict/evidenceBins.ts'
import { lagOf } from '#domain/evidence/verdict/lag.ts'
import { median } from '#domain/stats/quantile.ts'
import type { Random } from '#domain/stats/random.ts'
import { errorsOf, type Happening } from './causes.ts'
import { type Cell, runIfStarted, runStudy, type Scale, type Study } from './study.ts'
import { percent, pointsOf, printTable, shareOf } from './table.ts'
import { fullBins, USAGES } from './usage.ts'
import { questionOf } from './window.ts'

const BINS = 600
const COURSES = ['ep1', 'ep3', 'ep10', 'ramp', 'updown'] as const
const LAGS = [0, 3, 10] as const
const ERRORS = [
  { title: 'independent, 0.30', chance: () => 0.3, clusterBins: 1 },
  { title: 'independent, 0.90', chance: () => 0.9, clusterBins: 1 },
  {
    title: 'clusters of 5 bins, each 0 to 0.60',
    chance: (random: Random) => 0.6 * random(),
    clusterBins: 5,
  },
  // The same mean with far fewer independent observations: in a cluster nearly all fail or hardly any.
  {
    title: 'clusters of 5 bins, 0.95 or 0.01',
    chance: (random: Random) => (random() < 0.3 ? 0.95 : 0.01),
    clusterBins: 5,
  },
]

/** Null: no interval was given. */
type Found = { isHeld: boolean; bins: number } | null

const nameOf = (course: string, errors: string, lag: number) => `${course} · ${errors} · ${lag}`

function found(happening: Happening, lag: number, random: Random): Found {
  const { subject, ...question } = questionOf(
    happening.value,
    errorsOf(happening, random),
    happening.attempts,
  )
  const answer = lagOf(activeBins(evidenceBins({ ...question, watched: subject! })))
  return (
    answer && { isHeld: answer.low <= lag && lag <= answer.high, bins: answer.high - answer.low }
  )
}

function planted(
  course: (typeof COURSES)[number],
  { chance, clusterBins }: (typeof ERRORS)[number],
  lag: number,
  random: Random,
): Happening {
  const usage = USAGES[course](BINS, random)
  const full = fullBins(usage)
  const chances = Float64Array.from({ length: BINS / clusterBins }, () => chance(random))
  return {
    ...usage,
    chance: usage.value.map((_, i) =>
      full[i - lag] ? chances[Math.floor(i / clusterBins)]! : 0.01,
    ),
  }
}

export const study: Study<Found> = {
  seed: 2_777,
  cells: COURSES.flatMap((course) =>
    ERRORS.flatMap((errors) =>
      LAGS.map(
        (lag): Cell<Found> => ({
          name: nameOf(course, errors.title, lag),
          run: (random) => found(planted(course, errors, lag, random), lag, random),
        }),
      ),
    ),
  ),
}

export async function benchLag(scale: Scale) {
  const results = await runStudy(import.meta.url, study, scale)
  const cellText = (course: string, errors: string, lag: number) => {
    const runs = results.get(nameOf(course, errors, lag))!
    const given = runs.filter((run) => run !== null)
    const width = median(given.map(({ bins }) => bins))
    const held = percent(shareOf(given, ({ isHeld }) => isHeld))
    const none =
      given.length < runs.length ? `, none in ${percent(1 - given.length / runs.length)}` : ''
    return `${held} (${width ?? '–'}${none})`
  }
  printTable(
    `Lag: the interval holds the true one in % of those given (median width in bins), n = ${BINS}, ${scale.runs} runs per cell; one standard error at 95 %: ${pointsOf(0.95, scale.runs)} points`,
    ['errors at the limit', 'true lag', ...COURSES],
    ERRORS.flatMap(({ title }) =>
      LAGS.map((lag) => [
        title,
        `${lag}`,
        ...COURSES.map((course) => cellText(course, title, lag)),
      ]),
    ),
  )
}

await runIfStarted(import.meta.url, benchLag)
