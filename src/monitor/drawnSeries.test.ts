import { expect, test } from 'vitest'
import { summarised } from '#domain/series/minuteSummaries.ts'
import type { Series } from '#domain/series/series.ts'
import { epochMs, metricId, MINUTE_MS, SECOND_MS } from '#domain/units.ts'
import { seriesFromText } from '#testing/seriesFromText.ts'
import { createDrawnSeries } from './drawnSeries.ts'
import { createSeriesStore } from './seriesStore.ts'
import { createSummaryStore, summarisedSeries } from './summaryStore.ts'

const OPEN = metricId('open')
const atOnce = (flush: () => void) => flush()
const second = (seconds: number) => epochMs(seconds * SECOND_MS)
const drawnPoints = ({ timeMs, value }: Series) =>
  Array.from(timeMs, (at, i) => `${at / SECOND_MS}:${value[i]}`).join(' ')

/** Two minutes in steps, then samples; one sample before them belongs to the steps already. */
function setup() {
  const series = createSeriesStore(atOnce)
  const summaries = createSummaryStore(atOnce)
  const span = { from: second(0), to: second(180), stepMs: MINUTE_MS, isPruned: true }
  const older = seriesFromText(`
    0s 30s  60s 90s
     4   9    7   5
  `)
  summaries.replace(span, new Map([[OPEN, summarisedSeries(summarised(older), 'gauge')]]))
  series.insert(
    OPEN,
    seriesFromText(`
      90s 180s 190s 200s
       99    6    8    -
    `),
  )
  return { drawn: createDrawnSeries(series, summaries), series, summaries }
}

test('a window shows the lowest and highest of each step, then the samples', () => {
  const { drawn } = setup()
  const points = drawn.window(OPEN, second(0), second(200), 1_000)
  expect(drawnPoints(points)).toBe('15:4 45:9 75:7 105:5 180:6 190:8 200:NaN')
  expect(drawnPoints(drawn.window(OPEN, second(180), second(200), 10))).toContain('190:8')
  expect(drawn.range(OPEN, second(0), second(200))).toMatchObject({ min: 4, max: 9 })
  expect(drawn.range(OPEN, second(61), second(185))).toMatchObject({ min: 5, max: 7 })
  expect(drawn.extent(OPEN)).toEqual({ from: 0, to: second(200) })
})

test('no instant of a step is told as a sample', () => {
  const { drawn } = setup()
  expect(drawn.at(OPEN, second(95))).toBeNull()
  expect(drawn.step(OPEN, second(95))).toEqual({
    from: second(60),
    to: second(120),
    lowest: 5,
    highest: 7,
    mean: 6,
    sum: 12,
    count: 2,
  })
  expect(drawn.step(OPEN, second(130))).toBeNull()
  expect(drawn.at(OPEN, second(185))).toEqual({ at: second(180), value: 6 })
  expect(drawn.step(OPEN, second(185))).toBeNull()
})

test('walking goes from step to step, and over the edge to the samples', () => {
  const { drawn } = setup()
  const walk = (from: number, steps: number) => {
    const at = drawn.neighbour(OPEN, second(from), steps)
    return at === null ? null : at / SECOND_MS
  }
  expect([walk(0, 1), walk(30, 1), walk(90, 1), walk(180, 1)]).toEqual([30, 90, 180, 190])
  expect([walk(190, -1), walk(180, -1), walk(90, -1), walk(30, -1)]).toEqual([180, 90, 30, null])
  expect([walk(150, -1), walk(100, 0), walk(0, 2)]).toEqual([90, 90, 90])
})

test('a window says in which tier it is shown, as far as there is anything of it', () => {
  const { drawn, summaries } = setup()
  const tier = { until: second(180), stepMs: MINUTE_MS, isPruned: true }
  expect(drawn.tier(second(100), second(300))).toEqual(tier)
  expect(drawn.tier(second(130), second(300))).toBeNull()
  expect(drawn.tier(second(180), second(300))).toBeNull()
  summaries.replace(null)
  expect(drawn.tier(second(0), second(300))).toBeNull()
  expect(drawn.at(OPEN, second(95))).toEqual({ at: second(90), value: 99 })
})

test('readers hear of samples and of steps', () => {
  const { drawn, series, summaries } = setup()
  let heard = 0
  const leave = drawn.subscribe(() => (heard += 1))
  const before = drawn.version()
  series.append(OPEN, second(210), 1)
  summaries.replace(null)
  expect(heard).toBe(2)
  expect(drawn.version()).toBeGreaterThan(before)
  leave()
  series.append(OPEN, second(220), 1)
  expect(heard).toBe(2)
})
