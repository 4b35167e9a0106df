/**
 * How often the verdict finds a limit that did cause the errors (docs/evidence.md). Run with
 * `npx tsx bench/evidence/verdictPower.ts [--full]`.
 */
import type { VerdictWord } from '#domain/evidence/verdict/verdict.ts'
import type { Random } from '#domain/stats/random.ts'
import { atTheLimit, errorsOf, withBurst } from './causes.ts'
import { writePlot } from '../plot.ts'
import { type Cell, runIfStarted, runStudy, type Scale, type Study } from './study.ts'
import { percent, pointsOf, printTable, shareOf } from './table.ts'
import { USAGE_NAMES, USAGES, type UsageName } from './usage.ts'
import { questionOf } from './window.ts'
import { wordOf } from './wordOf.ts'

const USUAL = '0.30 at the limit, 0.01 below'
const TRUTHS = {
  [USUAL]: { cause: atTheLimit(0.3, 0.01), isCounted: true },
  'the same, 3 bins late': { cause: atTheLimit(0.3, 0.01, 3), isCounted: true },
  '0.90 at the limit, 0 below': { cause: atTheLimit(0.9, 0), isCounted: true },
  '0.30, 0.01, counts only': { cause: atTheLimit(0.3, 0.01), isCounted: false },
  'limit and a small burst': { cause: withBurst(atTheLimit(0.3, 0.01), 'small'), isCounted: true },
  'limit and a large burst': { cause: withBurst(atTheLimit(0.3, 0.01), 'large'), isCounted: true },
} as const
type TruthName = keyof typeof TRUTHS
const TRUTH_NAMES = Object.keys(TRUTHS) as TruthName[]

const SIZES = [600, 1_440, 200, 60] as const

const nameOf = (truth: string, usage: string, n: number) => `${truth} · ${usage} · ${n}`

const cells = SIZES.flatMap((n) =>
  TRUTH_NAMES.flatMap((truth) =>
    USAGE_NAMES.map(
      (usage): Cell<VerdictWord> => ({
        name: nameOf(truth, usage, n),
        isFullOnly: n !== 600,
        run: (random: Random) => {
          const { cause, isCounted } = TRUTHS[truth]
          const happening = cause(USAGES[usage](n, random), random)
          const attempts = isCounted ? happening.attempts : null
          const errors = errorsOf(happening, random)
          return wordOf(questionOf(happening.value, errors, attempts), random)
        },
      }),
    ),
  ),
)

export const study: Study<VerdictWord> = { seed: 6_301, cells }

export async function benchVerdictPower(scale: Scale) {
  const results = await runStudy(import.meta.url, study, scale)
  const share = (word: VerdictWord, truth: TruthName, usage: UsageName, n: number) =>
    shareOf(results.get(nameOf(truth, usage, n))!, (one) => one === word)
  for (const n of scale.isFull ? SIZES : SIZES.slice(0, 1)) {
    printTable(
      `Power: capacity-bound in % (false “not” in %), n = ${n}, ${scale.runs} runs per cell; one standard error at 90 %: ${pointsOf(0.9, scale.runs)} points`,
      ['truth', ...USAGE_NAMES],
      TRUTH_NAMES.map((truth) => [
        truth,
        ...USAGE_NAMES.map(
          (usage) =>
            `${percent(share('capacity-bound', truth, usage, n))} (${percent(share('not-capacity-bound', truth, usage, n))})`,
        ),
      ]),
    )
  }
  if (scale.isFull)
    writePlot('evidence-power', {
      title: 'Found: the limit refuses 30 %, 1 % fail below it',
      xLabel: 'how the count moved',
      yLabel: '% called capacity-bound',
      xTicks: USAGE_NAMES.map((text, at) => ({ at, text })),
      yTicks: [0, 20, 40, 60, 80, 100],
      x: [-0.6, USAGE_NAMES.length - 0.4],
      rules: [{ y: 90, text: 'wanted: 90 %' }],
      lines: SIZES.toSorted((a, b) => b - a).map((n, i) => ({
        name: `${n} bins`,
        marks: USAGE_NAMES.map((usage, at) => ({
          x: at + (i - (SIZES.length - 1) / 2) * 0.14,
          y: 100 * share('capacity-bound', USUAL, usage, n),
        })),
      })),
    })
}

await runIfStarted(import.meta.url, benchVerdictPower)
