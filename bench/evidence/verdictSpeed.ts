/**
 * What a verdict costs in a worker: a day of seconds with 20 000 errors, and whether cost grows with the data. Times belong to the machine; the
 * ratio of two sizes within one run is what counts, of the fastest calls, which other programs disturb least. Run with `npx tsx bench/evidence/verdictSpeed.ts`.
 */
import { verdictOf } from '#domain/evidence/verdict/verdict.ts'
import type { Random } from '#domain/stats/random.ts'
import { atTheLimit, errorsOf } from './causes.ts'
import { type Cell, runIfStarted, runStudy, type Scale, type Study } from './study.ts'
import { printTable } from './table.ts'
import { USAGES } from './usage.ts'
import { questionOf } from './window.ts'

const DAY = 86_400
const ERRORS = 20_000
const CALLS = 15
/** Below 14 400 bins twice the data is twice the bins; above, bins grow instead. */
const SIZES = [
  { title: '2 h at 1 s', n: 7_200 },
  { title: '4 h at 1 s', n: 14_400 },
  { title: '12 h at 1 s', n: DAY / 2 },
  { title: '24 h at 1 s', n: DAY },
] as const
const COURSES = ['ep10', 'flick'] as const

type Cost = { fastestMs: number; medianMs: number; errors: number; bins: number }

function cost(n: number, course: (typeof COURSES)[number], random: Random): Cost {
  const usage = USAGES[course](n, random)
  const happening = atTheLimit(0.9, 0.01)(usage, random)
  const all = errorsOf(happening, random)
  const wanted = (ERRORS * n) / DAY
  const thinned = wanted / all.reduce((sum, count) => sum + count, 0)
  const errors = all.map(
    (count) => Array.from({ length: count }, () => random() < thinned).filter(Boolean).length,
  )
  const question = questionOf(happening.value, errors, happening.attempts)
  const verdict = verdictOf(question)
  const times = Array.from({ length: CALLS }, () => {
    const start = performance.now()
    verdictOf(question)
    return performance.now() - start
  }).toSorted((a, b) => a - b)
  return {
    fastestMs: times[0]!,
    medianMs: times[CALLS >> 1]!,
    errors: verdict.errors,
    bins: verdict.bins,
  }
}

const nameOf = (title: string, course: string) => `${title}, ${course}`

export const study: Study<Cost> = {
  seed: 3_037,
  cells: SIZES.flatMap(({ title, n }) =>
    COURSES.map(
      (course): Cell<Cost> => ({
        name: nameOf(title, course),
        run: (random) => cost(n, course, random),
      }),
    ),
  ),
}

/** One run of each size, one after the other on one thread: two at once would measure each other. */
export async function benchVerdictSpeed({ isFull }: Scale) {
  const results = await runStudy(import.meta.url, study, { isFull, runs: 1 }, 1)
  printTable(
    `Verdict in a worker thread of Node ${process.version}: ${CALLS} calls after one to warm up`,
    ['window', 'errors', 'bins', 'fastest', 'median'],
    [...results].map(([name, [one]]) => [
      name,
      `${one!.errors}`,
      `${one!.bins}`,
      `${one!.fastestMs.toFixed(0)} ms`,
      `${one!.medianMs.toFixed(0)} ms`,
    ]),
  )
  for (const [less, more] of [
    [0, 1],
    [2, 3],
  ] as const) {
    const ratios = COURSES.map((course) => {
      const [small, large] = [less, more].map(
        (i) => results.get(nameOf(SIZES[i]!.title, course))![0]!,
      )
      return (large!.fastestMs / small!.fastestMs).toFixed(1)
    })
    console.log(
      `\n${SIZES[more].title} against ${SIZES[less].title}: ${ratios.join(' and ')} times the time (at most 3).`,
    )
  }
}

await runIfStarted(import.meta.url, benchVerdictSpeed)
