import fc from 'fast-check'
import { expect, test } from 'vitest'
import { durationMs, elapsed, type EpochMs, sourceId, type SourceId } from '#domain/units.ts'
import { SourceError, type SourceErrorKind } from '#sources/sourceError.ts'
import { createSteeredClock, STEERED_START } from '#testing/steeredClock.ts'
import { createScheduler, type ScheduledSource, type TurnResult } from './scheduler.ts'

const MINUTE = 60_000
const calls: ScheduledSource = {
  id: sourceId('calls'),
  everyMs: durationMs(10_000),
  usesToken: true,
}
const feed: ScheduledSource = { id: sourceId('feed'), everyMs: durationMs(2_000), usesToken: false }
const limits: ScheduledSource = {
  id: sourceId('limits'),
  everyMs: durationMs(15 * MINUTE),
  usesToken: true,
}

const replied: TurnResult = { kind: 'replied' }
const failed = (
  kind: SourceErrorKind,
  status: number | null,
  retryAfterMs?: number,
): TurnResult => ({
  kind: 'failed',
  error: new SourceError(kind, kind, {
    status,
    retryAfterMs: retryAfterMs === undefined ? null : durationMs(retryAfterMs),
  }),
})

type Answer = (
  source: SourceId,
  turn: number,
) => TurnResult | { afterMs: number; result: TurnResult }

function setup(sources: readonly ScheduledSource[], answer: Answer = () => replied, random = 0.5) {
  const steered = createSteeredClock()
  const turns: { source: SourceId; at: EpochMs; dueAt: EpochMs }[] = []
  let jumps = 0
  let budgetWaitMs = 0
  const scheduler = createScheduler({
    ...steered,
    random: () => random,
    sources,
    hasToken: true,
    turn(source, dueAt) {
      turns.push({ source, at: steered.now(), dueAt })
      const given = answer(source, turns.filter((one) => one.source === source).length)
      if ('kind' in given) return Promise.resolve(given)
      return new Promise((resolve) =>
        steered.timer.after(given.afterMs, () => resolve(given.result)),
      )
    },
    budgetWaitMs: () => budgetWaitMs,
    reacted: () => undefined,
    changed: () => undefined,
    clockJumped: () => {
      jumps += 1
    },
  })
  const secondsOf = (source: ScheduledSource) =>
    turns
      .filter((turn) => turn.source === source.id)
      .map(({ at }) => elapsed(STEERED_START, at) / 1000)
  return {
    ...steered,
    scheduler,
    turns,
    secondsOf,
    jumps: () => jumps,
    setBudgetWait: (ms: number) => {
      budgetWaitMs = ms
    },
  }
}

test('asks at the start and then at every interval', async () => {
  const { advance, secondsOf } = setup([calls])
  await advance(30_000)
  expect(secondsOf(calls)).toEqual([0, 10, 20, 30])
})

test('slow replies and their jitter do not add up to a drift: a day later ticks are where they began', async () => {
  const { advance, turns } = setup([calls], (_, turn) => ({
    afterMs: (turn * 7919) % 9_000,
    result: replied,
  }))
  await advance(24 * 60 * MINUTE)
  expect(turns).toHaveLength(8641)
  expect(turns.every(({ at }) => elapsed(STEERED_START, at) % 10_000 === 0)).toBe(true)
})

test('sources begin one after the other, not as a burst', async () => {
  const { advance, secondsOf } = setup([calls, feed])
  await advance(1_000)
  expect(secondsOf(calls)).toEqual([0])
  expect(secondsOf(feed)).toEqual([0.15])
})

test('a tick that meets its own running turn is left out and counted', async () => {
  const { advance, secondsOf, scheduler } = setup([feed, calls], (source, turn) =>
    source === feed.id && turn === 2 ? { afterMs: 7_000, result: replied } : replied,
  )
  await advance(12_000)
  expect(secondsOf(feed)).toEqual([0, 2, 10, 12])
  expect(scheduler.plan(feed.id).skippedTicks).toBe(3)
  expect(secondsOf(calls)).toEqual([0.15, 10.15])
})

test('a late timer means fewer turns, never a burst of those that were missed', async () => {
  const { advance, secondsOf, throttle } = setup([feed])
  throttle(60_000)
  await advance(30 * MINUTE)
  expect(secondsOf(feed).length).toBeGreaterThanOrEqual(30)
  expect(secondsOf(feed).length).toBeLessThanOrEqual(31)
  throttle(0)
  await advance(4_000)
  const last = secondsOf(feed).slice(-2)
  expect(last[1]! - last[0]!).toBe(2)
})

test('429 with Retry-After pauses every source of the token, and no other', async () => {
  const { advance, secondsOf } = setup(
    [calls, { ...limits, everyMs: durationMs(12_000) }, feed],
    (source, turn) =>
      source === calls.id && turn === 2 ? failed('rateLimited', 429, 30_000) : replied,
    0,
  )
  await advance(60_000)
  expect(secondsOf(calls)).toEqual([0, 10, 40, 50, 60])
  expect(secondsOf(limits)).toEqual([0.15, 40, 48.15])
  expect(secondsOf(feed)).toHaveLength(30)
})

test('429 without a word on how long waits a minute and up to a fifth more', async () => {
  const { advance, secondsOf } = setup(
    [calls],
    (_, turn) => (turn === 1 ? failed('rateLimited', 429) : replied),
    0.5,
  )
  await advance(80_000)
  expect(secondsOf(calls)).toEqual([0, 66, 70, 80])
})

test("a feed's 429 pauses that feed alone", async () => {
  const { advance, secondsOf } = setup(
    [calls, feed],
    (source) => (source === feed.id ? failed('rateLimited', 429, 60_000) : replied),
    0,
  )
  await advance(50_000)
  expect(secondsOf(feed)).toEqual([0.15])
  expect(secondsOf(calls)).toHaveLength(6)
})

test('401 stops every source of the token until a new one arrives; a feed goes on', async () => {
  const { advance, secondsOf, scheduler } = setup([calls, limits, feed], (source, turn) =>
    source === calls.id && turn === 3 ? failed('unauthorised', 401) : replied,
  )
  await advance(5 * MINUTE)
  expect(secondsOf(calls)).toEqual([0, 10, 20])
  expect(scheduler.plan(limits.id).nextAt).toBeNull()
  expect(secondsOf(feed)).toHaveLength(150)
  scheduler.signIn()
  await advance(10_000)
  expect(secondsOf(calls).slice(3)).toEqual([300, 310])
  expect(secondsOf(limits).slice(1)).toEqual([300.15])
})

test.each([
  ['forbidden', 403, [0, 900]],
  ['absent', 404, [0]],
  ['badRequest', 400, [0]],
] as const)('%s takes the source off', async (kind, status, turns) => {
  const { advance, secondsOf } = setup([calls], () => failed(kind, status))
  await advance(20 * MINUTE)
  expect(secondsOf(calls)).toEqual(turns)
})

test('a source that is off is asked again when somebody asks for it', async () => {
  const { advance, secondsOf, scheduler } = setup([calls], (_, turn) =>
    turn === 1 ? failed('absent', 404) : replied,
  )
  await advance(MINUTE)
  scheduler.tryNow(calls.id)
  await advance(10_000)
  expect(secondsOf(calls)).toEqual([0, 60, 70])
})

test('trying now does not break the pause the server asked for', async () => {
  const { advance, secondsOf, scheduler } = setup(
    [calls],
    (_, turn) => (turn === 1 ? failed('rateLimited', 429, 30_000) : replied),
    0,
  )
  await advance(5_000)
  scheduler.tryNow(calls.id)
  await advance(26_000)
  expect(secondsOf(calls)).toEqual([0, 30])
})

test('an unexpected shape is tried again at every tick', async () => {
  const { advance, secondsOf } = setup([calls], () => failed('unexpectedShape', 200))
  await advance(30_000)
  expect(secondsOf(calls)).toEqual([0, 10, 20, 30])
})

test('503 backs off to a minute at most, then the ticks go on where they were', async () => {
  const { advance, secondsOf } = setup(
    [calls],
    (_, turn) => (turn <= 6 ? failed('unavailable', 503) : replied),
    1,
  )
  await advance(6 * MINUTE)
  const seconds = secondsOf(calls)
  // Waits of 10, 20, 40, 60, 60 and 60 seconds from each failure.
  expect(seconds.slice(0, 9)).toEqual([0, 10, 30, 70, 130, 190, 250, 260, 270])
})

test('503 with Retry-After is not asked before, and stays its own affair', async () => {
  const { advance, secondsOf } = setup([calls, feed], (source, turn) =>
    source === calls.id && turn === 1 ? failed('unavailable', 503, 45_000) : replied,
  )
  await advance(60_000)
  expect(secondsOf(calls)).toEqual([0, 45, 50, 60])
  expect(secondsOf(feed)).toHaveLength(30)
})

test('five 500s in a row halve the frequency until a reply comes', async () => {
  const { advance, secondsOf } = setup([calls], (_, turn) =>
    turn <= 7 ? failed('unavailable', 500) : replied,
  )
  await advance(110_000)
  expect(secondsOf(calls)).toEqual([0, 10, 20, 30, 40, 60, 80, 100, 110])
})

test('a slow source is tried a few times before its next tick', async () => {
  const { advance, secondsOf } = setup([limits], () => failed('network', null), 1)
  await advance(16 * MINUTE)
  expect(secondsOf(limits)).toEqual([0, 15, 45, 105, 165, 900])
})

test('the budget moves a due time, and the next tick is where it would have been', async () => {
  const { advance, secondsOf, setBudgetWait } = setup([calls])
  await advance(9_000)
  setBudgetWait(4_000)
  await advance(1_500)
  setBudgetWait(0)
  await advance(10_000)
  expect(secondsOf(calls)).toEqual([0, 14, 20])
})

test('a clock set back by an hour makes nobody wait an hour', async () => {
  const { advance, setClock, turns, jumps } = setup([calls])
  await advance(15_000)
  setClock(-60 * MINUTE)
  await advance(45_000)
  expect(turns).toHaveLength(7)
  expect(jumps()).toBe(1)
})

test('a clock set back while the token is paused does not prolong the pause', async () => {
  const { advance, setClock, turns } = setup(
    [calls],
    (_, turn) => (turn === 1 ? failed('rateLimited', 429, 40_000) : replied),
    0,
  )
  await advance(5_000)
  setClock(-60 * MINUTE)
  await advance(36_000)
  expect(turns).toHaveLength(2)
})

test('a clock set forward by a day brings one turn per source, not a day of them', async () => {
  const { advance, setClock, turns } = setup([calls, feed])
  await advance(1_000)
  const before = turns.length
  setClock(24 * 60 * MINUTE)
  await advance(1_500)
  expect(turns.length - before).toBe(2)
  await advance(10_000)
  expect(turns.length - before).toBeLessThanOrEqual(9)
})

test('after eight hours of sleep every source is asked once, one after the other', async () => {
  const { advance, sleep, turns, now } = setup([calls, feed])
  await advance(1_000)
  const before = turns.length
  await sleep(8 * 60 * MINUTE)
  const wokenAt = now()
  await advance(500)
  const woken = turns.slice(before)
  expect(woken.map(({ source }) => source)).toEqual([calls.id, feed.id])
  expect(woken.every(({ at }) => elapsed(wokenAt, at) < 500)).toBe(true)
})

test('a stopped scheduler leaves no timer behind and hears no late reply', async () => {
  const { advance, scheduler, turns, timers } = setup([calls], () => ({
    afterMs: 5_000,
    result: failed('unauthorised', 401),
  }))
  await advance(1_000)
  scheduler.stop()
  await advance(MINUTE)
  expect(turns).toHaveLength(1)
  expect(timers()).toBe(0)
})

test('whatever fails and however long replies take, no source is asked twice at once or ahead of its tick', async () => {
  const kinds = ['network', 'timeout', 'unavailable', 'unexpectedShape'] as const
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(14_999), fc.option(fc.constantFrom(...kinds))), {
        minLength: 1,
        maxLength: 20,
      }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      async (script, random) => {
        let running = 0
        let most = 0
        const { advance, turns, now } = setup(
          [feed],
          (_, turn) => {
            const [afterMs, kind] = script[turn % script.length]!
            running += 1
            most = Math.max(most, running)
            return {
              afterMs,
              get result() {
                running -= 1
                return kind ? failed(kind, null) : replied
              },
            }
          },
          random,
        )
        await advance(3 * MINUTE)
        expect(most).toBe(1)
        expect(turns.every(({ at }, i) => i === 0 || at - turns[i - 1]!.at > 500)).toBe(true)
        expect(elapsed(turns.at(-1)!.at, now())).toBeLessThanOrEqual(75_000)
      },
    ),
    { numRuns: 25 },
  )
})

test('a machine that is on a network again asks at once what got no reply, a little apart', async () => {
  let isDown = true
  const unheard = failed('network', null)
  const { advance, secondsOf, scheduler } = setup(
    [calls, limits, feed],
    () => (isDown ? unheard : replied),
    0.9,
  )
  await advance(5 * MINUTE)
  const before = [calls, limits, feed].map((source) => secondsOf(source).length)
  isDown = false
  scheduler.retryUnreachable()
  await advance(900)
  expect([calls, limits, feed].map((source) => secondsOf(source).length)).toEqual(
    before.map((count) => count + 1),
  )
  await advance(60_000)
  expect(secondsOf(calls).length - before[0]!).toBeLessThanOrEqual(7)
})

test('a server that asked to wait is left alone when the network comes back', async () => {
  const { advance, secondsOf, scheduler } = setup([calls, feed], (source) =>
    source === calls.id ? failed('rateLimited', 429, 120_000) : failed('unavailable', 503, 90_000),
  )
  await advance(5_000)
  scheduler.retryUnreachable()
  await advance(60_000)
  expect(secondsOf(calls)).toEqual([0])
  expect(secondsOf(feed)).toEqual([0.15])
})

test('coming back onto a network hastens nothing that works', async () => {
  const { advance, secondsOf, scheduler } = setup([calls])
  await advance(15_000)
  scheduler.retryUnreachable()
  await advance(15_000)
  expect(secondsOf(calls)).toEqual([0, 10, 20, 30])
})

test('the first call that gets through to the API again brings back the others', async () => {
  let downUntilMs = 5 * MINUTE
  const slow = { ...limits, id: sourceId('slow') }
  const { advance, secondsOf, now } = setup(
    [calls, limits, slow, feed],
    () => (elapsed(STEERED_START, now()) < downUntilMs ? failed('network', null) : replied),
    0.99,
  )
  await advance(7 * MINUTE)
  const [firstAt] = secondsOf(calls).filter((second) => second * 1000 >= downUntilMs)
  for (const source of [limits, slow]) {
    const backAt = secondsOf(source).find((second) => second * 1000 >= downUntilMs)!
    expect(backAt - firstAt!).toBeLessThanOrEqual(1)
  }
})
