/** Clients that come back fast against clients that are merely busy. Run with `npx tsx bench/evidence/storm.ts [--full]`. */
import { attemptColumns, type AttemptRow } from '#domain/evidence/demand/attempts.ts'
import { stormOf } from '#domain/evidence/storm/storm.ts'
import { median } from '#domain/stats/quantile.ts'
import { exponentialFrom, type Random } from '#domain/stats/random.ts'
import { epochMs, SECOND_MS } from '#domain/units.ts'
import { type Cell, runIfStarted, runStudy, type Scale, type Study } from './study.ts'
import { percent, printTable, shareOf } from './table.ts'
import { between, wholeBetween } from './usage.ts'

const CLIENTS = 60
const WINDOW_SEC = 600
/** Failures happen in here. */
const TROUBLE = { from: 200, to: 400 }
const FAILING = [0.3, 0.7, 0.95] as const
const TOOK_SEC = 0.1
/** Mean pause after a success, in seconds: busy clients and ordinary ones. */
const PAUSES_SEC = [10, 30] as const

/** The pause before a client's next attempt, in seconds, by its failures in a row. */
type Pauses = (failures: number) => number
/** One client's pauses: what it does may depend on what it did before. */
type Habit = (random: Random, pauseSec: number) => Pauses

const poisson: Habit = (random, pauseSec) => () => exponentialFrom(random, pauseSec)

const closedLoop: Habit = (_, pauseSec) => () => pauseSec

/** 3–6 attempts 0.5–1.5 s apart, then a silence of four times the pause or so, whether they failed or not. */
const busy: Habit = (random, pauseSec) => {
  let left = 0
  return () => {
    if (left > 0) {
      left -= 1
      return between(random, 0.5, 1.5)
    }
    left = wholeBetween(random, 2, 5)
    return between(random, 2 * pauseSec, 6 * pauseSec)
  }
}

const retrying =
  (pause: (failures: number, random: Random) => number): Habit =>
  (random, pauseSec) =>
  (failures) =>
    failures === 0 ? exponentialFrom(random, pauseSec) : pause(failures, random)

const doubled = (failures: number) => Math.min(60, 2 ** (failures - 1))

const LEGITIMATE: Record<string, Habit> = {
  'Poisson clients': poisson,
  'closed loop': closedLoop,
  'bursty clients': busy,
}
const RETRYING: Record<string, Habit> = {
  'retry after 1 s': retrying(() => 1),
  'retry at once': retrying(() => 0.05),
  'exponential back-off': retrying(doubled),
  'full jitter': retrying((failures, random) => random() * doubled(failures)),
}
const HABITS = { ...LEGITIMATE, ...RETRYING }

type Found = { isStorm: boolean; amplification: number }

function found(habit: Habit, pauseSec: number, failing: number, random: Random): Found {
  const rows: AttemptRow[] = []
  for (let client = 0; client < CLIENTS; client++) {
    const pause = habit(random, pauseSec)
    let failures = 0
    for (let at = between(random, 0, pauseSec); at < WINDOW_SEC; ) {
      const isTrouble = at >= TROUBLE.from && at < TROUBLE.to
      const failed = isTrouble && random() < failing
      const end = at + TOOK_SEC
      rows.push({ client: `${client}`, startMs: at * SECOND_MS, endMs: end * SECOND_MS, failed })
      failures = failed ? failures + 1 : 0
      at = end + pause(failures)
    }
  }
  const { word, amplification } = stormOf(attemptColumns(rows), {
    from: epochMs(0),
    to: epochMs(WINDOW_SEC * SECOND_MS),
  })
  return { isStorm: word === 'storm', amplification: amplification ?? 1 }
}

const nameOf = (habit: string, pauseSec: number, failing: number) =>
  `${habit} · ${pauseSec} · ${failing}`

export const study: Study<Found> = {
  seed: 9_341,
  cells: PAUSES_SEC.flatMap((pauseSec) =>
    Object.entries(HABITS).flatMap(([name, habit]) =>
      FAILING.map(
        (failing): Cell<Found> => ({
          name: nameOf(name, pauseSec, failing),
          run: (random) => found(habit, pauseSec, failing, random),
        }),
      ),
    ),
  ),
}

export async function benchStorm(scale: Scale) {
  const results = await runStudy(import.meta.url, study, scale)
  printTable(
    `Storm called in % (median amplification), ${CLIENTS} clients, ${scale.runs} runs per cell`,
    ['clients', 'usual pause', ...FAILING.map((failing) => `${100 * failing} % fail`)],
    PAUSES_SEC.flatMap((pauseSec) =>
      Object.keys(HABITS).map((habit) => [
        habit,
        `${pauseSec} s`,
        ...FAILING.map((failing) => {
          const runs = results.get(nameOf(habit, pauseSec, failing))!
          const amplification = median(runs.map((run) => run.amplification)) ?? Number.NaN
          return `${percent(shareOf(runs, ({ isStorm }) => isStorm))} (${amplification.toFixed(1)})`
        }),
      ]),
    ),
  )
}

await runIfStarted(import.meta.url, benchStorm)
