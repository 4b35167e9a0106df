/**
 * How often the verdict blames the limit for errors that it did not cause (docs/evidence.md). Run with
 * `npx tsx bench/evidence/verdictNulls.ts [--full]`.
 */
import type { VerdictWord } from '#domain/evidence/verdict/verdict.ts'
import type { Random } from '#domain/stats/random.ts'
import { errorsOf, type Happening, OF_LOAD, outageFirst, UNRELATED } from './causes.ts'
import { writePlot } from '../plot.ts'
import { type Cell, runIfStarted, runStudy, type Scale, type Study } from './study.ts'
import { meanOf, percent, pointsOf, printTable, shareOf } from './table.ts'
import { USAGE_NAMES, USAGES, type UsageName } from './usage.ts'
import { questionOf } from './window.ts'
import { wordOf } from './wordOf.ts'

const CAUSES = { ...UNRELATED, ...OF_LOAD }
type CauseName = keyof typeof CAUSES
const CAUSE_NAMES = Object.keys(CAUSES) as CauseName[]
const UNRELATED_NAMES = Object.keys(UNRELATED) as CauseName[]

const SIZES = [600, 200, 1_440, 60] as const
const OUTAGE_FIRST = 'outage first, then the limit'

/** Attempts known, or errors alone. */
type Known = 'attempts' | 'counts only'
const SETTINGS: readonly { n: number; known: Known }[] = [
  { n: 600, known: 'attempts' },
  { n: 600, known: 'counts only' },
  ...SIZES.slice(1).map((n) => ({ n, known: 'attempts' as const })),
]

const nameOf = (cause: string, usage: string, n: number, known: Known) =>
  `${cause} · ${usage} · ${n} · ${known}`

function judged(happening: Happening, known: Known, random: Random): VerdictWord {
  const errors = errorsOf(happening, random)
  const attempts = known === 'attempts' ? happening.attempts : null
  return wordOf(questionOf(happening.value, errors, attempts), random)
}

const cells = SETTINGS.flatMap(({ n, known }): Cell<VerdictWord>[] => {
  const isFullOnly = n !== 600 || known !== 'attempts'
  return [
    ...CAUSE_NAMES.flatMap((cause) =>
      USAGE_NAMES.map((usage) => ({
        name: nameOf(cause, usage, n, known),
        isFullOnly,
        run: (random: Random) =>
          judged(CAUSES[cause](USAGES[usage](n, random), random), known, random),
      })),
    ),
    {
      name: nameOf(OUTAGE_FIRST, '', n, known),
      isFullOnly,
      run: (random) => judged(outageFirst(n, random), known, random),
    },
  ]
})

export const study: Study<VerdictWord> = { seed: 4_117, cells }

export async function benchVerdictNulls(scale: Scale) {
  const results = await runStudy(import.meta.url, study, scale)
  const falseCalls = (name: string) =>
    shareOf(results.get(name)!, (word) => word === 'capacity-bound')
  const settings = scale.isFull ? SETTINGS : SETTINGS.slice(0, 1)
  const title = ({ n, known }: (typeof SETTINGS)[number]) =>
    `n = ${n}${known === 'attempts' ? '' : `, ${known}`}`
  printTable(
    `False capacity-bound in %, worst usage (mean over usages), ${scale.runs} runs per cell; one standard error at 5 %: ${pointsOf(0.05, scale.runs)} points`,
    ['errors are …', ...settings.map(title)],
    [
      ...CAUSE_NAMES.map((cause) => [
        cause,
        ...settings.map(({ n, known }) => {
          const shares = USAGE_NAMES.map((usage) => falseCalls(nameOf(cause, usage, n, known)))
          return `${percent(Math.max(...shares))} (${percent(meanOf(shares))})`
        }),
      ]),
      [
        OUTAGE_FIRST,
        ...settings.map(({ n, known }) => percent(falseCalls(nameOf(OUTAGE_FIRST, '', n, known)))),
      ],
    ],
  )
  for (const { n, known } of settings) {
    printTable(
      `False capacity-bound in % by usage, ${title({ n, known })}`,
      ['errors are …', ...USAGE_NAMES],
      CAUSE_NAMES.map((cause) => [
        cause,
        ...USAGE_NAMES.map((usage) => percent(falseCalls(nameOf(cause, usage, n, known)))),
      ]),
    )
  }
  if (scale.isFull)
    plotFalseCalls((cause, usage) => falseCalls(nameOf(cause, usage, 600, 'attempts')))
}

function plotFalseCalls(falseCalls: (cause: CauseName, usage: UsageName) => number) {
  writePlot('evidence-false-calls', {
    title: 'False “capacity-bound” by usage: errors unrelated to the limit, 600 bins',
    xLabel: 'how the count moved',
    yLabel: '% of windows',
    xTicks: USAGE_NAMES.map((text, at) => ({ at, text })),
    yTicks: [0, 2, 4, 6, 8, 10],
    x: [-0.6, USAGE_NAMES.length - 0.4],
    rules: [{ y: 5, text: 'allowed: 5 %' }],
    lines: UNRELATED_NAMES.map((cause, i) => ({
      name: cause,
      marks: USAGE_NAMES.map((usage, at) => ({
        x: at + (i - (UNRELATED_NAMES.length - 1) / 2) * 0.11,
        y: 100 * falseCalls(cause, usage),
      })),
    })),
  })
}

await runIfStarted(import.meta.url, benchVerdictNulls)
