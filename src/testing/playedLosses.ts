import { attemptColumns, type AttemptRow } from '#domain/evidence/demand/attempts.ts'
import { exponentialFrom, type Random } from '#domain/stats/random.ts'

type House = { limit: number; offered: number; holdSec: number; hourSec: number }

const RETRY_SEC = 5
const RETRY_CHANCE = 0.8
const SAMPLE_MS = 5_000

/**
 * A house with a limit, whose guests come by chance and stay by chance; who meets it full tries again
 * every 5 s until they give up. What a record of it holds, and what truly would have happened under
 * another limit.
 */
export function playedLosses(house: House, random: Random) {
  const wanted: { at: number; holdMs: number; tries: number }[] = []
  const gap = () => exponentialFrom(random, (house.holdSec / house.offered) * 1_000)
  for (let at = gap(); at < house.hourSec * 1_000; at += gap()) {
    let tries = 1
    while (random() < RETRY_CHANCE) tries += 1
    wanted.push({ at, holdMs: exponentialFrom(random, house.holdSec * 1_000), tries })
  }
  const endMs = house.hourSec * 1_000

  /** Plays all of it under a limit; those who meet a full house come back, or not. */
  function play(limit: number, doComeBack: boolean) {
    const due = wanted.map(({ at }, id) => ({ at, id, tried: 0 }))
    const ends: number[] = []
    const rows: AttemptRow[] = []
    for (let next = due.shift(); next && next.at < endMs; next = due.shift()) {
      const { at, id } = next
      while (ends.length > 0 && ends[0]! <= at) ends.shift()
      const { holdMs, tries } = wanted[id]!
      const failed = ends.length >= limit
      const releasedMs = at + holdMs
      rows.push({
        client: `${id}`,
        startMs: at,
        endMs: at,
        failed,
        ...(!failed && releasedMs < endMs ? { releasedMs } : {}),
      })
      if (!failed) insert(ends, releasedMs, (end) => end)
      else if (doComeBack && next.tried + 1 < tries)
        insert(due, { at: at + RETRY_SEC * 1_000, id, tried: next.tried + 1 }, (one) => one.at)
    }
    return rows
  }

  const rows = play(house.limit, true)
  const samples = Array.from({ length: endMs / SAMPLE_MS }, (_, i) => (i + 1) * SAMPLE_MS)
  const timeMs = Float64Array.from(samples)
  const between = (of: readonly AttemptRow[], at: number) =>
    of.filter(({ startMs }) => startMs >= at - SAMPLE_MS && startMs < at).length
  const openAt = (at: number) =>
    rows.filter(
      ({ startMs, failed, releasedMs = Infinity }) => !failed && startMs <= at && releasedMs > at,
    ).length
  const failed = rows.filter((row) => row.failed)
  return {
    clients: attemptColumns(rows),
    count: { timeMs, value: timeMs.map(openAt) },
    attempts: { timeMs, value: timeMs.map((at) => between(rows, at)) },
    refusals: {
      timeMs: Float64Array.from(failed, ({ startMs }) => startMs),
      count: new Float64Array(failed.length).fill(1),
    },
    /** Who would have met a full house under a limit and gone away, of all who came from an instant on. */
    truth: (limit: number, fromMs: number) => {
      const played = play(limit, false).filter(({ startMs }) => startMs >= fromMs)
      return { lost: played.filter((row) => row.failed).length, of: played.length }
    },
  }
}

/** Puts one where it belongs into what is in order. */
function insert<T>(into: T[], one: T, at: (one: T) => number) {
  let place = into.length
  while (place > 0 && at(into[place - 1]!) > at(one)) place -= 1
  into.splice(place, 0, one)
}
