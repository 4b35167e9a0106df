import fc from 'fast-check'
import { expect, test } from 'vitest'
import { elapsed, MINUTE_MS } from '#domain/units.ts'
import { countingSource } from '#testing/countingSource.ts'
import { setupMonitor } from '#testing/monitorSetup.ts'
import { type Burst, createSharedAllowance } from '#testing/sharedAllowance.ts'
import { createSteeredClock, STEERED_START } from '#testing/steeredClock.ts'

const ALLOWED = 180
/** 80 % of the allowance: what Tidemark may take at most, its half, would be too much beside it. */
const NOISY = 144

/** A monitor that wants 120 requests a minute, and the neighbour with whom it shares 180. */
function setup(next: () => Burst) {
  const steered = createSteeredClock()
  const api = createSharedAllowance(ALLOWED, steered.timer, steered.now)
  const sources = Array.from({ length: 20 }, (_, i) => countingSource(`source ${i}`, 10_000))
  const monitored = setupMonitor({ steered, sources, fetch: api.fetch })
  api.startNeighbour(next)
  return {
    ...monitored,
    /** The minutes in which the monitor, or its neighbour, was refused. */
    refusedIn: (who: 'monitor' | 'neighbour') => [
      ...new Set(
        api.refused
          .filter((one) => one.who === who)
          .map(({ at }) => Math.floor(elapsed(STEERED_START, at) / MINUTE_MS)),
      ),
    ],
    mostInAnyMinute: () => mostWithin(api.own, MINUTE_MS),
    pollsOf: () =>
      sources.map(({ id }) => monitored.samplesOf(id).filter(([, value]) => value === 7).length),
  }
}

function mostWithin(times: readonly number[], lengthMs: number): number {
  let start = 0
  return times.reduce((most, at, end) => {
    while (times[start]! <= at - lengthMs) start += 1
    return Math.max(most, end - start + 1)
  }, 0)
}

const NEIGHBOURS: readonly (readonly [string, Burst])[] = [
  ['evenly', { requests: NOISY, lengthMs: 60_000, pauseMs: 0 }],
  ['in a third of each minute', { requests: NOISY, lengthMs: 20_000, pauseMs: 40_000 }],
  ['all within a second', { requests: NOISY, lengthMs: 1_000, pauseMs: 59_000 }],
  ['now early in a minute, now late', { requests: NOISY, lengthMs: 20_000, pauseMs: 47_000 }],
]

test.each(NEIGHBOURS)(
  'an hour beside a neighbour that uses 80 %% %s: no 429, and Tidemark says how slow it is',
  async (_, burst) => {
    const { advance, monitor, refusedIn, mostInAnyMinute, pollsOf } = setup(() => burst)
    const allowed: number[] = []
    for (let minute = 0; minute < 60; minute++) {
      await advance(MINUTE_MS)
      const { allowedPerMinute, requestsLastMinute } = monitor.facts().footprint
      expect(requestsLastMinute).toBeLessThanOrEqual(ALLOWED / 2)
      allowed.push(allowedPerMinute)
    }
    expect(mostInAnyMinute()).toBeLessThanOrEqual(ALLOWED / 2)
    expect(refusedIn('monitor')).toEqual([])
    // What a neighbour does is known once it has been seen in two minutes.
    expect(refusedIn('neighbour').filter((minute) => minute > 1)).toEqual([])
    expect(allowed.slice(2).every((perMinute) => perMinute < ALLOWED / 2)).toBe(true)
    const polls = pollsOf()
    expect(Math.min(...polls)).toBeGreaterThan(10)
    expect(Math.max(...polls)).toBeLessThan(Math.min(...polls) * 1.5)
  },
  60_000,
)

test('whatever the neighbour does within its 80 %, Tidemark stays under its half, and no refusal follows another within ten minutes', async () => {
  const anyBurst = fc.record({
    requests: fc.integer({ min: 0, max: NOISY }),
    lengthMs: fc.integer({ min: 1_000, max: 40_000 }),
    // A minute from one burst to the next, so that no minute holds more than 80 %.
    pauseMs: fc.integer({ min: 60_000, max: 120_000 }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(anyBurst, { minLength: 4, maxLength: 30 }), async (bursts) => {
      let turn = 0
      const { advance, refusedIn, mostInAnyMinute } = setup(() => bursts[turn++ % bursts.length]!)
      await advance(30 * MINUTE_MS)
      expect(mostInAnyMinute()).toBeLessThanOrEqual(ALLOWED / 2)
      // A burst that nothing announces, and that is over before the next reply, is not to be foreseen.
      const minutes = refusedIn('monitor')
      const apart = minutes.slice(1).map((minute, i) => minute - minutes[i]!)
      expect(apart.every((count) => count >= 10)).toBe(true)
    }),
    { numRuns: 6 },
  )
}, 120_000)

test('once the neighbour is gone, the full half is back within ten minutes', async () => {
  let turn = 0
  const quiet: Burst = { requests: 0, lengthMs: 60_000, pauseMs: 0 }
  const { advance, monitor } = setup(() => (turn++ < 5 ? NEIGHBOURS[0]![1] : quiet))
  await advance(5 * MINUTE_MS)
  expect(monitor.facts().footprint.allowedPerMinute).toBeLessThan(20)
  await advance(12 * MINUTE_MS)
  expect(monitor.facts().footprint.allowedPerMinute).toBeGreaterThan(80)
}, 30_000)
