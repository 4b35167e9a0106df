/**
 * What looking again and again does to the verdict, and what the rule of three equal looks makes of it. Run with
 * `npx tsx bench/evidence/liveLooks.ts [--full]`.
 */
import { LOOK_BINS, settledVerdict } from '#domain/evidence/verdict/settled.ts'
import { type Verdict, verdictOf } from '#domain/evidence/verdict/verdict.ts'
import type { Random } from '#domain/stats/random.ts'
import { epochMs, SECOND_MS } from '#domain/units.ts'
import { atTheLimit, errorsOf, type Happening, UNRELATED } from './causes.ts'
import { runIfStarted, runStudy, type Scale, type Study } from './study.ts'
import { percent, printTable, shareOf } from './table.ts'
import { USAGES } from './usage.ts'
import { questionOf } from './window.ts'

const BINS = 600
const FIRST_LOOK = 120

/** Whether the limit was blamed at any look, at three in a row, and at the last one. */
type Looked = { any: boolean; settled: boolean; last: boolean; lastSettled: boolean }

const SETTINGS: Record<string, (random: Random) => Happening> = {
  'bursts, three pulses': (random) => UNRELATED['1–6 bursts'](USAGES.ep3(BINS, random), random),
  'outage to the end, ramp': (random) =>
    UNRELATED['outage to the end'](USAGES.ramp(BINS, random), random),
  'AR(1) bursts, AR(1) usage': (random) =>
    UNRELATED['AR(1) bursts'](USAGES.ar(BINS, random), random),
  'limit, three pulses': (random) => atTheLimit(0.3, 0.01)(USAGES.ep3(BINS, random), random),
  'limit, ramp': (random) => atTheLimit(0.3, 0.01)(USAGES.ramp(BINS, random), random),
}

function look(happening: Happening, random: Random): Looked {
  const question = questionOf(happening.value, errorsOf(happening, random), happening.attempts)
  const looks: Verdict[] = []
  const settled: boolean[] = []
  for (let bins = FIRST_LOOK; bins <= BINS; bins += LOOK_BINS) {
    looks.push(verdictOf({ ...question, to: epochMs(bins * SECOND_MS) }))
    settled.push(settledVerdict(looks)?.word === 'capacity-bound')
  }
  return {
    any: looks.some(({ word }) => word === 'capacity-bound'),
    settled: settled.includes(true),
    last: looks.at(-1)!.word === 'capacity-bound',
    lastSettled: settled.at(-1)!,
  }
}

export const study: Study<Looked> = {
  seed: 8_069,
  cells: Object.entries(SETTINGS).map(([name, plant]) => ({
    name,
    run: (random) => look(plant(random), random),
  })),
}

export async function benchLiveLooks(scale: Scale) {
  const results = await runStudy(import.meta.url, study, scale)
  printTable(
    `Looking every ${LOOK_BINS} bins from bin ${FIRST_LOOK} to ${BINS}: capacity-bound in %, ${scale.runs} runs per row`,
    ['window', 'any single look', 'three in a row, ever', 'last look', 'last look, settled'],
    [...results].map(([name, runs]) => [
      name,
      percent(shareOf(runs, ({ any }) => any)),
      percent(shareOf(runs, ({ settled }) => settled)),
      percent(shareOf(runs, ({ last }) => last)),
      percent(shareOf(runs, ({ lastSettled }) => lastSettled)),
    ]),
  )
}

await runIfStarted(import.meta.url, benchLiveLooks)
