/** Whether the right one of several limits is named. Run with `npx tsx bench/evidence/which.ts [--full]`. */
import { whichLimitOf } from '#domain/evidence/rivals/whichLimit.ts'
import type { Random } from '#domain/stats/random.ts'
import { epochMs, SECOND_MS } from '#domain/units.ts'
import { atTheLimit, errorsOf, type Happening, UNRELATED } from './causes.ts'
import { type Cell, runIfStarted, runStudy, type Scale, type Study } from './study.ts'
import { percent, pointsOf, printTable, shareOf } from './table.ts'
import { fullBins, LIMIT, type Usage, usageOf, wander } from './usage.ts'
import { attemptsSeries, failuresOf, watchedSeconds } from './window.ts'

const BINS = 1_440
const CORRELATIONS = [0, 0.5, 0.9, 0.98, 1] as const
const LIMITS = [2, 3, 5] as const

type Found = 'the cause' | 'another' | 'cannot separate' | 'none'

/** Counts that wander alike: the first by itself, each other one correlated with it; drawn again until the first is full in 5–50 % of the bins. */
function usagesAlike(count: number, correlation: number, random: Random): Usage[] {
  for (;;) {
    const states = Array.from({ length: count }, () => wander(BINS, BINS / 24, random, 0, 1))
    const usages = states.map((own) =>
      usageOf(
        own.map((state, i) => {
          const mixed =
            own === states[0]
              ? state
              : correlation * states[0]![i]! + Math.sqrt(1 - correlation ** 2) * state
          return 0.85 + 0.15 * mixed
        }),
        random,
      ),
    )
    const full = fullBins(usages[0]!).reduce((sum, one) => sum + one, 0) / BINS
    if (full >= 0.05 && full <= 0.5) return usages
  }
}

/** The first usage is the cause, if any is. */
function found(usages: readonly Usage[], happening: Happening, random: Random): Found {
  const which = whichLimitOf({
    from: epochMs(0),
    to: epochMs(BINS * SECOND_MS),
    subjects: usages.map(({ value }, i) => watchedSeconds(value, LIMIT, `limit ${i}`)),
    capacity: failuresOf(errorsOf(happening, random)),
    attempts: attemptsSeries(happening.attempts),
  })
  if (!which || which.word === 'none') return 'none'
  if (which.word === 'cannot-separate') return 'cannot separate'
  return which.metrics[0] === 'limit 0' ? 'the cause' : 'another'
}

const pairName = (correlation: number) =>
  `two limits, the first is the cause, usages correlated ${correlation}`
const nullName = (count: number) => `${count} limits, none is the cause (bursts)`

export const study: Study<Found> = {
  seed: 6_947,
  cells: [
    ...CORRELATIONS.map(
      (correlation): Cell<Found> => ({
        name: pairName(correlation),
        run: (random) => {
          const usages = usagesAlike(2, correlation, random)
          return found(usages, atTheLimit(0.3, 0.01)(usages[0]!, random), random)
        },
      }),
    ),
    ...LIMITS.map(
      (count): Cell<Found> => ({
        name: nullName(count),
        run: (random) => {
          const usages = usagesAlike(count, 0.5, random)
          return found(usages, UNRELATED['1–6 bursts'](usages[0]!, random), random)
        },
      }),
    ),
  ],
}

const ANSWERS = ['the cause', 'another', 'cannot separate', 'none'] as const

export async function benchWhich(scale: Scale) {
  const results = await runStudy(import.meta.url, study, scale)
  printTable(
    `Which limit, in %, n = ${BINS}, ${scale.runs} runs per row; one standard error at 5 %: ${pointsOf(0.05, scale.runs)} points`,
    ['truth', 'the first named', 'another named', 'cannot separate', 'none'],
    [...results].map(([name, answers]) => [
      name,
      ...ANSWERS.map((answer) => percent(shareOf(answers, (one) => one === answer))),
    ]),
  )
}

await runIfStarted(import.meta.url, benchWhich)
