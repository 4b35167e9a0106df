/** One window and all its shifts: what p counts. Run with `npx tsx bench/evidence/nullExample.ts [--full]`. */
import { verdictOf } from '#domain/evidence/verdict/verdict.ts'
import { seededRandom } from '#domain/stats/random.ts'
import { atTheLimit, errorsOf } from './causes.ts'
import { writePlot } from '../plot.ts'
import { runIfStarted, type Scale } from './study.ts'
import { USAGES } from './usage.ts'
import { questionOf } from './window.ts'

const SEED = 4_639
const BINS = 600

/** Prints p of the example; the full form draws it. */
export async function benchNullExample({ isFull }: Scale) {
  const random = seededRandom(SEED)
  const happening = atTheLimit(0.3, 0.01)(USAGES.ep3(BINS, random), random)
  const { shifts, p, word } = verdictOf(
    questionOf(happening.value, errorsOf(happening, random), happening.attempts),
  )
  if (!shifts) throw new Error('The example has no test')
  const { counts, max, observed, asExtreme } = shifts
  console.log(
    `\nExample: ${asExtreme} of ${shifts.shifts} shifts overlap as much, p = ${p?.toFixed(3)}: ${word}`,
  )
  if (!isFull) return
  const width = max / counts.length
  const most = Math.ceil(Math.max(...counts) / 50) * 50
  writePlot('evidence-null', {
    title: 'What p counts: the overlap of errors and limit, for every shift of one window',
    xLabel: `overlap within the lags searched, in bins’ worth of errors (three pulses, ${BINS} bins)`,
    yLabel: 'shifts',
    xTicks: [0, 0.25, 0.5, 0.75, 1].map((part) => ({
      at: part * max,
      text: (part * max).toFixed(0),
    })),
    yTicks: [0, 0.25, 0.5, 0.75, 1].map((part) => part * most),
    yText: (value) => value.toFixed(0),
    x: [0, max * 1.05],
    bars: counts.map((y, i) => ({ from: i * width, to: (i + 1) * width, y })),
    rules: [
      { x: observed, text: `as it was: ${asExtreme} of ${shifts.shifts}, p = ${p?.toFixed(3)}` },
    ],
    lines: [],
  })
}

await runIfStarted(import.meta.url, benchNullExample)
