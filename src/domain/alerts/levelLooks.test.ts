import { expect, test } from 'vitest'
import { seriesFromText } from '#testing/seriesFromText.ts'
import { epochMs } from '../units.ts'
import type { Look } from './alertState.ts'
import { levelLooks } from './levelLooks.ts'

const levels = { fireAt: 0.9, clearBelow: 0.85, clearSamples: 3 }
const step = (from: number, value: number | null) => ({
  from: epochMs(from * 1_000),
  value,
  source: 'test',
})

function says(text: string, ...steps: ReturnType<typeof step>[]) {
  const looks: Look[] = []
  const watch = { limits: steps, reachMs: 25_000, levels }
  const judged = levelLooks(seriesFromText(text), watch, null, (look) => looks.push(look))
  return { looks: looks.map(({ at, says: word }) => `${at / 1_000} ${word}`), judged }
}

test('each sample is judged by the limit of its time', () => {
  const { looks } = says('0s 10s 20s \n 95 95 95', step(0, 100), step(20, 200))
  expect(looks).toEqual(['0 fire', '10 fire', '20 clear'])
})

test('a lowered limit fires with the second sample that says so, and what was pending begins anew', () => {
  const { looks } = says('0s 10s 20s 30s \n 95 95 95 95', step(0, 200), step(15, 100))
  expect(looks).toEqual(['0 clear', '10 clear', '20 unknown', '20 between', '30 fire'])
})

test('a raised limit needs no second sample', () => {
  const { looks } = says('0s 10s \n 100 100', step(0, 100), step(10, 105))
  expect(looks).toEqual(['0 fire', '10 fire'])
})

test('a sample without a limit, and a gap, say nothing', () => {
  const { looks, judged } = says('0s 10s 20s 30s \n 95 - 95 95', step(10, 100), step(25, null))
  expect(looks).toEqual(['20 fire'])
  expect(judged).toEqual({ at: 20_000, limit: 100 })
})

test('after more silence than a sample reaches, nobody knows what was between', () => {
  expect(says('0s 20s 50s \n 95 95 95', step(0, 100)).looks).toEqual([
    '0 fire',
    '20 fire',
    '50 unknown',
    '50 fire',
  ])
})

test('what was judged before, or comes late, is not judged again', () => {
  const looks: Look[] = []
  const watch = { limits: [step(0, 100)], reachMs: 25_000, levels }
  const known = { at: epochMs(10_000), limit: 100 }
  levelLooks(seriesFromText('0s 10s 15s \n 95 95 95'), watch, known, (look) => looks.push(look))
  expect(looks.map(({ at }) => at)).toEqual([15_000])
})
