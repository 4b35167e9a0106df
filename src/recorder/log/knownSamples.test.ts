import fc from 'fast-check'
import { expect, test } from 'vitest'
import { epochMs, metricId, MINUTE_MS, SECOND_MS } from '#domain/units.ts'
import { heldBytes } from '#testing/heldBytes.ts'
import { createKnownSamples, KNOWN_FOR_MS } from './knownSamples.ts'

const OPEN = metricId('connections.open')
const START = 1_795_414_000_000

const seriesOf = (points: readonly (readonly [atMs: number, value: number])[]) => ({
  timeMs: Float64Array.from(points, ([at]) => at),
  value: Float64Array.from(points, ([, value]) => value),
})

const anyPoint = fc.tuple(
  fc.oneof(
    fc.integer({ min: 0, max: 60 }).map((second) => START + second * 1_000),
    fc.double({ min: START - 1e6, max: START + 1e6, noNaN: true }),
  ),
  fc.oneof(fc.integer({ min: 0, max: 500 }), fc.double(), fc.constantFrom(NaN, -0, 2 ** 24 + 1)),
)

test('what is new is what a map of all that was told does not hold, whatever the numbers', () => {
  fc.assert(
    fc.property(fc.array(fc.array(anyPoint, { maxLength: 20 }), { maxLength: 8 }), (tellings) => {
      const known = createKnownSamples(epochMs(START))
      const told = new Map<number, number>()
      for (const points of tellings) {
        const fresh = points.filter(([at, value]) => {
          const isNews = !told.has(at) || !Object.is(told.get(at), value)
          told.set(at, value)
          return isNews
        })
        expect(known.take(OPEN, seriesOf(points)).series).toEqual(seriesOf(fresh))
      }
    }),
  )
})

test('a repetition is known for an hour and a half behind the newest, also in a series of weeks', () => {
  const known = createKnownSamples(epochMs(START))
  const atMinute = (minute: number) => seriesOf([[START + minute * MINUTE_MS, minute]])
  const WEEKS_MINUTES = 60 * 24 * 60
  for (let minute = 0; minute <= WEEKS_MINUTES; minute++) known.take(OPEN, atMinute(minute))
  const oldest = WEEKS_MINUTES - KNOWN_FOR_MS / MINUTE_MS
  expect(known.take(OPEN, atMinute(oldest)).series.timeMs).toHaveLength(0)
  expect(known.take(OPEN, atMinute(WEEKS_MINUTES - 1)).series.timeMs).toHaveLength(0)
  expect(known.take(OPEN, atMinute(oldest - 30)).series.timeMs).toHaveLength(1)
})

test('a count a second takes 12 bytes at most, and no more after hours than after two', () => {
  const known = createKnownSamples(epochMs(START))
  const SERIES = Array.from({ length: 20 }, (_, i) => metricId(`series.${i}`))
  const tellHours = (from: number, to: number) => {
    for (let second = from * 3_600; second < to * 3_600; second++)
      for (const metric of SERIES) known.take(metric, seriesOf([[START + second * 1_000, 77]]))
  }
  const before = heldBytes()
  tellHours(0, 2)
  const afterTwo = heldBytes() - before
  tellHours(2, 5)
  const afterFive = heldBytes() - before
  const samples = SERIES.length * (KNOWN_FOR_MS / SECOND_MS)
  expect(afterTwo / samples).toBeLessThan(12)
  expect(afterFive / afterTwo).toBeLessThan(1.2)
})
