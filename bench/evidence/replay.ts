/** Whether the replay finds the limit that would have been enough. Run with `npx tsx bench/evidence/replay.ts [--full]`. */
import { attemptColumns } from '#domain/evidence/demand/attempts.ts'
import type { Attempts } from '#domain/evidence/demand/clientEvents.ts'
import { type Enough, enoughOf } from '#domain/evidence/enough/enough.ts'
import { createReplay } from '#domain/evidence/enough/replay.ts'
import { serversFor } from '#domain/stats/erlang.ts'
import { quantile } from '#domain/stats/quantile.ts'
import type { Random } from '#domain/stats/random.ts'
import { epochMs } from '#domain/units.ts'
import { type Played, playLossSystem, unfolded } from './lossSystem.ts'
import { writePlot } from '../plot.ts'
import { type Cell, runIfStarted, runStudy, type Scale, type Study } from './study.ts'
import { meanOf, percent, printTable, shareOf } from './table.ts'
import { watchedSeconds } from './window.ts'

const TARGET = 0.01
const HOUR_SEC = 3_600
const WARM_UP_SEC = 600
const UNFOLDED_SHARE = 0.1
const SYSTEMS = [
  { limit: 100, offered: 90 },
  { limit: 100, offered: 110 },
  { limit: 100, offered: 140 },
  { limit: 20, offered: 25 },
] as const
const RETRY_CHANCES = [0.9, 0.5] as const

type Answer = { value: number; low: number; high: number } | null
type Found = {
  folded: Answer
  erlang: number | null
  /** Slow for its many attempts, so asked in a tenth of the runs. */
  unfolded: Answer
  /** What the accepted attempts alone say; null where the domain refuses to. */
  accepted: Answer
  /** The least limit for this very hour, had every demand and its holding time been known. */
  ofThisHour: number
}

function found(system: (typeof SYSTEMS)[number], retryChance: number, random: Random): Found {
  const played = playLossSystem(
    {
      ...system,
      holdSec: 60,
      retryAfterSec: 5,
      retryChance,
      fromSec: -WARM_UP_SEC,
      toSec: HOUR_SEC,
    },
    random,
  )
  const ask = (attempts: Attempts): Enough =>
    enoughOf({
      attempts,
      from: epochMs(0),
      to: epochMs(HOUR_SEC * 1_000),
      subject: { ...watchedSeconds(new Float64Array(0), system.limit), series: played.count },
      target: TARGET,
    })
  const folded = ask(attemptColumns(played.rows))
  return {
    folded: answerOf(folded),
    erlang: folded.kind === 'answer' ? folded.erlang : null,
    unfolded: random() < UNFOLDED_SHARE ? answerOf(ask(unfolded(played.rows))) : null,
    accepted: answerOf(ask(attemptColumns(played.rows.filter(({ failed }) => !failed)))),
    ofThisHour: enoughForAll(played, serversFor(system.offered, TARGET)),
  }
}

const answerOf = (enough: Enough): Answer => (enough.kind === 'answer' ? enough.replay : null)

/** The demands of the hour with their true holding times; what was there before stays as long as it truly does. */
function enoughForAll({ demands }: Played, near: number): number {
  const hour = demands.filter(({ atMs }) => atMs >= 0)
  const earlier = demands.filter(({ atMs }) => atMs < 0)
  const arrivalMs = Float64Array.from(hour, ({ atMs }) => atMs)
  const others = arrivalMs.map(
    (at) => earlier.filter(({ atMs, holdMs }) => atMs + holdMs > at).length,
  )
  const replay = createReplay(arrivalMs, others)
  hour.forEach(({ holdMs }, demand) => replay.hold(demand, holdMs))
  return replay.smallestLimit(TARGET, near)
}

const nameOf = ({ limit, offered }: (typeof SYSTEMS)[number], retryChance: number) =>
  `limit ${limit}, offered ${offered}, ${100 * retryChance} % retry`

export const study: Study<Found> = {
  seed: 7_159,
  cells: RETRY_CHANCES.flatMap((retryChance) =>
    SYSTEMS.map(
      (system): Cell<Found> => ({
        name: nameOf(system, retryChance),
        run: (random) => found(system, retryChance, random),
      }),
    ),
  ),
}

export async function benchReplay(scale: Scale) {
  const results = await runStudy(import.meta.url, study, scale)
  const rows = RETRY_CHANCES.flatMap((retryChance) =>
    SYSTEMS.map((system) => {
      const name = nameOf(system, retryChance)
      const runs = results.get(name)!
      const truth = serversFor(system.offered, TARGET)
      return { name, runs, truth, folded: runs.map(({ folded }) => folded?.value ?? Number.NaN) }
    }),
  )
  printTable(
    `Limit that refuses at most 1 %: median (5–95 %) of one hour, ${scale.runs} runs per row. Truth: Erlang B of the true load`,
    [
      'system',
      'truth',
      'retries folded',
      'median off by',
      'within 3 % in',
      'Erlang B',
      'not folded (a tenth of the runs)',
      'accepted only',
    ],
    rows.map(({ name, runs, truth, folded }) => [
      name,
      `${truth}`,
      spread(folded),
      signed((quantile(folded, 0.5) ?? Number.NaN) / truth - 1),
      percent(shareOf(folded, (value) => Math.abs(value / truth - 1) <= 0.03)),
      spread(runs.map(({ erlang }) => erlang ?? Number.NaN)),
      spread(unfoldedOf(runs)),
      refusedOr(runs.map(({ accepted }) => accepted)),
    ]),
  )
  printTable(
    'The same against the least limit of that very hour, every holding time known to the judge only',
    [
      'system',
      'least of the hour',
      'folded off by, mean',
      '5–95 %',
      'within 3 % in',
      'its own 5–95 % holds it in',
    ],
    rows.map(({ name, runs }) => {
      const errors = runs.map((run) => (run.folded?.value ?? Number.NaN) / run.ofThisHour - 1)
      const isHeld = ({ folded, ofThisHour }: Found) =>
        folded !== null && folded.low <= ofThisHour && ofThisHour <= folded.high
      return [
        name,
        spread(runs.map(({ ofThisHour }) => ofThisHour)),
        signed(meanOf(errors)),
        `${signed(quantile(errors, 0.05)!)} to ${signed(quantile(errors, 0.95)!)}`,
        percent(shareOf(errors, (error) => Math.abs(error) <= 0.03)),
        percent(shareOf(runs, isHeld)),
      ]
    }),
  )
  if (scale.isFull) plotErrors(rows.slice(0, SYSTEMS.length))
}

const unfoldedOf = (runs: readonly Found[]) => runs.flatMap((run) => run.unfolded?.value ?? [])

const spread = (values: readonly number[]) =>
  `${quantile(values, 0.5)} (${quantile(values, 0.05)?.toFixed(0)}–${quantile(values, 0.95)?.toFixed(0)})`

/** `+0.8 %`; nothing is 0.0, never −0.0. */
const signed = (share: number) => {
  const tenths = Math.round(1_000 * share) || 0
  return `${tenths > 0 ? '+' : ''}${(tenths / 10).toFixed(1)} %`
}

function refusedOr(answers: readonly Answer[]): string {
  const given = answers.flatMap((answer) => answer?.value ?? [])
  const refused = percent(1 - given.length / answers.length)
  return given.length === 0
    ? `refused in ${refused} %`
    : `${spread(given)}, refused in ${refused} %`
}

function plotErrors(rows: readonly { name: string; runs: readonly Found[]; truth: number }[]) {
  const markOf = (x: number, values: readonly (number | undefined | null)[], truth: number) => {
    const errors = values.map((value) => 100 * ((value ?? Number.NaN) / truth - 1))
    const at = (q: number) => quantile(errors, q) ?? Number.NaN
    return { x, y: at(0.5), low: at(0.05), high: at(0.95) }
  }
  writePlot('evidence-replay', {
    title: 'Which limit is enough: error of one hour, median and 5 to 95 % of hours',
    xLabel: 'what was simulated; 90 % of the refused come back after 5 s',
    yLabel: 'error against the truth in %',
    xTicks: rows.map(({ name }, at) => ({ at, text: name.replace(/, \d+ % retry/, '') })),
    yTicks: [-12, -9, -6, -3, 0, 3, 6, 9, 12],
    yText: (value) => `${value > 0 ? '+' : ''}${value}`,
    x: [-0.5, rows.length - 0.5],
    bands: [{ from: -3, to: 3, text: 'wanted' }],
    lines: [
      {
        name: 'replay, retries folded',
        marks: rows.map(({ runs, truth }, i) =>
          markOf(
            i - 0.18,
            runs.map(({ folded }) => folded?.value),
            truth,
          ),
        ),
      },
      {
        name: 'Erlang B, retries folded',
        marks: rows.map(({ runs, truth }, i) =>
          markOf(
            i,
            runs.map(({ erlang }) => erlang),
            truth,
          ),
        ),
      },
      {
        name: 'the least limit of that very hour',
        marks: rows.map(({ runs, truth }, i) =>
          markOf(
            i + 0.18,
            runs.map(({ ofThisHour }) => ofThisHour),
            truth,
          ),
        ),
      },
    ],
  })
}

await runIfStarted(import.meta.url, benchReplay)
