import { expect, test } from 'vitest'
import { EMPTY_SERIES, type Series } from '../series/series.ts'
import { seededRandom } from '../stats/random.ts'
import { clockDrift } from './clockDrift.ts'
import { movedSeries } from './movedSeries.ts'

const START = Date.UTC(2026, 8, 17, 11)
const HOUR = 3_600_000

/** Iterations of a load test, no two alike: up, held, down, at rest. */
function loadOf(seed: number, lengthMs: number): (ms: number) => number {
  const random = seededRandom(seed)
  const perSecond = new Float64Array(lengthMs / 1_000 + 600)
  for (let at = 0; at < perSecond.length; ) {
    const [up, hold, down, rest] = [20, 40, 20, 20].map((least) => least * (1 + 2 * random()))
    const peak = 300 + 400 * random()
    const end = Math.ceil(up! + hold! + down! + rest!)
    for (let second = 0; second < end && at + second < perSecond.length; second++) {
      const share = Math.min(second / up!, 1, 1 - (second - up! - hold!) / down!)
      perSecond[at + second] = peak * Math.max(0, share)
    }
    at += end
  }
  return (ms) => {
    const second = Math.floor(ms / 1_000)
    const [before, next] = [perSecond[second] ?? 0, perSecond[second + 1] ?? 0]
    return before + (ms / 1_000 - second) * (next - before)
  }
}

const seriesOf = (lengthMs: number, stepMs: number, valueAt: (ms: number) => number): Series => {
  const timeMs = Float64Array.from({ length: lengthMs / stepMs }, (_, i) => START + i * stepMs)
  return { timeMs, value: timeMs.map((at) => valueAt(at - START)) }
}

type Setup = { hours: number; ppm: number; seed: number; offsetMs?: number }

function recorded({ hours, ppm, seed, offsetMs = -90_000 + 4_500 * (seed % 41) }: Setup) {
  const load = loadOf(seed, hours * HOUR)
  const random = seededRandom(seed + 1e6)
  const noise = () => 60 * (random() - 0.5)
  return {
    offsetMs,
    reference: seriesOf(hours * HOUR, 10_000, (ms) => 300 + load(ms) + noise()),
    // What the file calls `ms` is that much later, and ever less so where its clock runs fast.
    file: seriesOf(hours * HOUR, 1_000, (ms) => load(ms + offsetMs - (ppm * ms) / 1e6)),
  }
}

const found = (setup: Setup) => {
  const { reference, file, offsetMs } = recorded(setup)
  return { drift: clockDrift(reference, file), offsetMs }
}

test.each([
  [6, 100],
  [6, -200],
  [4, 200],
  [4, -500],
  [2, 500],
])(
  'over %d h a drift of %d ppm is found, and the interval holds it',
  (hours, ppm) => {
    const all = Array.from({ length: 12 }, (_, i) => found({ hours, ppm, seed: 3 * i + hours }))
    const told = all.flatMap(({ drift, offsetMs }) => (drift ? [{ ...drift, offsetMs }] : []))
    expect(told.length).toBeGreaterThanOrEqual(11)
    const held = told.filter(({ lowPpm, highPpm }) => lowPpm <= ppm && ppm <= highPpm)
    expect(held.length).toBeGreaterThanOrEqual(10)
    for (const drift of told) {
      expect(Math.sign(drift.ppm)).toBe(Math.sign(ppm))
      expect(Math.abs(drift.movedMs - drift.offsetMs)).toBeLessThanOrEqual(2_000)
    }
  },
  30_000,
)

test('the drift that was found puts both ends of a series right to a second', () => {
  const { reference, file, offsetMs } = recorded({ hours: 6, ppm: 500, seed: 4 })
  const drift = clockDrift(reference, file)!
  const moved = movedSeries(file, drift.movedMs, drift).timeMs
  expect(Math.abs(moved[0]! - (file.timeMs[0]! + offsetMs))).toBeLessThan(1_000)
  const lastMs = file.timeMs.at(-1)!
  const rightMs = lastMs + offsetMs - (500 * (lastMs - START)) / 1e6
  expect(Math.abs(moved.at(-1)! - rightMs)).toBeLessThan(1_000)
  expect(drift).toMatchObject({ stretches: 8, from: file.timeMs[0] })
  expect(Math.abs(drift.endMovesMs + 10_800)).toBeLessThan(1_000)
})

test('a drift of less than a second by the end is not told, whatever its interval', () => {
  for (const seed of [1, 2, 3, 4, 5]) expect(found({ hours: 2, ppm: 50, seed }).drift).toBeNull()
})

test('without a drift none is told, nineteen times of twenty', () => {
  const alarms = [2, 4, 6].flatMap((hours) =>
    Array.from({ length: 20 }, (_, i) => found({ hours, ppm: 0, seed: 100 + i }).drift),
  )
  expect(alarms.filter((drift) => drift !== null).length).toBeLessThanOrEqual(3)
}, 30_000)

test('a run of less than half an hour, or one that cannot be aligned, has no drift', () => {
  const short = recorded({ hours: 0.49, ppm: 2_000, seed: 1 })
  expect(clockDrift(short.reference, short.file)).toBeNull()
  const { reference } = recorded({ hours: 2, ppm: 0, seed: 1 })
  const other = recorded({ hours: 2, ppm: 500, seed: 2 }).file
  expect(clockDrift(reference, other)).toBeNull()
  expect(clockDrift(reference, EMPTY_SERIES)).toBeNull()
  expect(clockDrift(EMPTY_SERIES, other)).toBeNull()
})

test('the interval of the offset at the start holds the one that was put in', () => {
  const held = Array.from({ length: 20 }, (_, seed) => {
    const { drift, offsetMs } = found({ hours: 4, ppm: 200, seed })
    return drift && Math.abs(drift.movedMs - offsetMs) <= drift.plusMinusMs
  })
  expect(held.filter((one) => one === true).length).toBeGreaterThanOrEqual(18)
})
