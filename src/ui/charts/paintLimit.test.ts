import { expect, test } from 'vitest'
import { epochMs } from '#domain/units.ts'
import { limitPieces } from './paintLimit.ts'

const step = (from: number, value: number | null) => ({ from: epochMs(from), value, source: 's' })
const pieces = (steps: ReturnType<typeof step>[], from: number, to: number) =>
  limitPieces(steps, { from: epochMs(from), to: epochMs(to) }).map(
    (piece) => `${piece.from}–${piece.to}:${piece.value}`,
  )

test('a limit holds from its step to the next, within the window', () => {
  expect(pieces([step(0, 5), step(100, 8), step(200, 6), step(900, 1)], 50, 300)).toEqual([
    '50–100:5',
    '100–200:8',
    '200–300:6',
  ])
})

test('before the first step, and where a step says so, it is unknown', () => {
  expect(pieces([step(100, 5), step(200, null), step(250, 7)], 50, 300)).toEqual([
    '50–100:null',
    '100–200:5',
    '200–250:null',
    '250–300:7',
  ])
  expect(pieces([], 50, 300)).toEqual(['50–300:null'])
  expect(pieces([step(400, 5)], 50, 300)).toEqual(['50–300:null'])
})
