import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyStepMs, anySummaries } from '#testing/anySummaries.ts'
import { seriesFromText } from '#testing/seriesFromText.ts'
import { coarsened } from './minuteCoarsened.ts'
import { lineOf } from './minuteLine.ts'
import { summarised } from './minuteSummaries.ts'
import type { Series } from './series.ts'

const drawn = ({ timeMs, value }: Series) =>
  Array.from(timeMs, (at, i) => `${Math.round(at / 1_000)}:${value[i]}`).join(' ')
const lineThrough = (text: string, kind: 'gauge' | 'count' = 'gauge') =>
  drawn(lineOf(summarised(seriesFromText(text)), kind))

test('a minute is its lowest and its highest, and the line leaves it where the level was', () => {
  expect(
    lineThrough(`
      0s 30s 50s  60s 90s 110s
       5   9   4    5   9    8
    `),
  ).toBe('15:9 45:4 75:5 105:9')
})

test('a level that did not move is one point in the middle of its minute', () => {
  expect(
    lineThrough(`
      0s 30s  60s
       7   7    8
    `),
  ).toBe('30:7 90:8')
})

test('a minute that ended in a gap breaks the line, and begins where the line came from', () => {
  expect(
    lineThrough(`
      0s  60s 70s 80s  120s
       9    8   2   -     3
    `),
  ).toBe('30:9 75:8 105:2 120:NaN 150:3')
})

test('minutes without a sample are left out', () => {
  expect(
    lineThrough(`
      0m 10m
       1   2
    `),
  ).toBe('30:1 630:2')
})

test('a count gives what came in the minute, at its end', () => {
  expect(
    lineThrough(
      `
      10s 20s  70s 80s
        3   4    5   -
    `,
      'count',
    ),
  ).toBe('60:7 120:5 120:NaN')
})

test('the line keeps the extremes of every step, in order and within the step', () => {
  fc.assert(
    fc.property(anySummaries, anyStepMs, (minutes, stepMs) => {
      const steps = coarsened(minutes, stepMs)
      const { timeMs, value } = lineOf(steps, 'gauge')
      const pointsOf = (startMs: number) =>
        [...value].filter((_, i) => timeMs[i]! >= startMs && timeMs[i]! < startMs + stepMs)
      for (const [i, startMs] of steps.startMs.entries()) {
        const points = pointsOf(startMs)
        const known = points.filter((one) => !Number.isNaN(one))
        if (steps.count[i]! > 0) {
          expect(Math.min(...known)).toBe(steps.min[i])
          expect(Math.max(...known)).toBe(steps.max[i])
        }
        expect(Number.isNaN(points.at(-1))).toBe(Number.isNaN(steps.last[i]))
      }
      for (let i = 1; i < timeMs.length; i++) expect(timeMs[i]! > timeMs[i - 1]!).toBe(true)
    }),
  )
})
