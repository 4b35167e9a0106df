import { expect, test } from 'vitest'
import { durationMs, epochMs, HOUR_MS, later, MINUTE_MS } from '#domain/units.ts'
import { answering, json } from '#testing/answering.ts'
import { createProblems } from './problem.ts'
import { whereStirred } from './whereStirred.ts'

const STEP_MS = durationMs(10_000)
const START = epochMs(Date.UTC(2026, 2, 2, 8, 20))
/** When steps of a stretch that begins then end. */
const gridOver = (hours: number) => ({
  first: later(START, STEP_MS),
  last: later(START, hours * HOUR_MS),
  stepMs: STEP_MS,
})
const hour = (count: number) => Date.UTC(2026, 2, 2, 8 + count)

/** The parts of a grid, in minutes since 8:00, of a server that says so of the hours that end then. */
async function partsOf(hours: number, stirred: readonly number[] | 'down') {
  const problems = createProblems()
  const { context, asked } = answering(() =>
    stirred === 'down'
      ? new TypeError('down')
      : json({
          status: 'success',
          data: {
            resultType: 'matrix',
            result: [{ metric: {}, values: stirred.map((count) => [hour(count) / 1000, '1']) }],
          },
        }),
  )
  const asking = {
    baseUrl: 'http://prometheus.test',
    context: () => context,
    problems,
    givenUp: () => null,
    giveUp: () => undefined,
  }
  const parts = await whereStirred(asking, (lookMs) => `stirred[${lookMs}]`, gridOver(hours))
  const minute = (at: number) => (at - hour(0)) / MINUTE_MS
  return {
    parts: parts.map(({ first, last }) => [minute(first - STEP_MS), minute(last)]),
    asked,
    problems: problems.all().map(({ kind }) => kind),
  }
}

test('what is answered in one request is asked at once', async () => {
  const { parts, asked } = await partsOf(24, [])
  expect(parts).toEqual([[20, 20 + 24 * 60]])
  expect(asked).toEqual([])
})

test('of a long time the hours are asked about in which something stirred, those that follow each other together', async () => {
  const { parts, asked } = await partsOf(10 * 24, [1, 5, 6, 241])
  expect(parts).toEqual([
    [20, 60],
    [240, 360],
    [240 * 60, 240 * 60 + 20],
  ])
  const search = asked[0]!.url.searchParams
  expect(asked).toHaveLength(1)
  expect(search.get('query')).toBe(`stirred[${HOUR_MS}]`)
  // Whole hours, since VictoriaMetrics moves others.
  expect([Number(search.get('start')) * 1000, Number(search.get('end')) * 1000]).toEqual([
    hour(1),
    hour(241),
  ])
})

test('where hours lie so scattered that it saves nothing, all of it is asked about', async () => {
  const { parts } = await partsOf(10 * 24, [10, 20, 30, 40, 50, 60, 70, 80, 90])
  expect(parts[0]![0]).toBe(20)
  expect(parts.at(-1)![1]).toBe(20 + 240 * 60)
  expect(parts).toHaveLength(8)
})

test('where nobody answers nothing more is asked, and it is told', async () => {
  expect(await partsOf(10 * 24, 'down')).toMatchObject({ parts: [], problems: ['network'] })
})
