import { expect, test } from 'vitest'
import { epochMs } from '#domain/units.ts'
import { seriesFromText } from '#testing/seriesFromText.ts'
import { limitBands } from './limitBands.ts'

const GAP_AFTER_MS = 25_000
const steps = [
  { from: epochMs(0), value: 100, source: 'default' },
  { from: epochMs(60_000), value: 200, source: 'change request' },
]
const bandsOf = (text: string, columnMs = 1_000) =>
  limitBands(seriesFromText(text), steps, GAP_AFTER_MS, columnMs).map(
    ({ from, to, isBroken }) => `${from / 1000}–${to / 1000}${isBroken ? ' broken' : ''}`,
  )

test('a stretch at the limit begins at 98 % and is judged by the limit of its time', () => {
  expect(
    bandsOf(`
      0s 10s 20s 30s 40s 50s 60s 70s 80s
      50  97  98 100 103  97 100 196 199
    `),
  ).toEqual(['20–40', '70–80'])
})

test('a gap ends it', () => {
  expect(
    bandsOf(`
       0s 10s 20s 30s   55s 59s
      100 100   - 100   100 100
    `),
  ).toEqual(['0–10', '30–59'])
})

test('stretches too close to be told apart are one that says so', () => {
  expect(
    bandsOf(
      `
       0s 10s 20s 30s 40s
      100 100  50 100 100
    `,
      10_000,
    ),
  ).toEqual(['0–40 broken'])
})

test('where the limit is unknown nothing is at it', () => {
  const series = seriesFromText(`
    0s 10s
    50  90
  `)
  const unknown = [{ from: epochMs(0), value: null, source: 'no key' }]
  expect(limitBands(series, unknown, GAP_AFTER_MS, 1)).toEqual([])
  expect(limitBands(series, [], GAP_AFTER_MS, 1)).toEqual([])
})
