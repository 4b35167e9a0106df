import { expect, test } from 'vitest'
import { epochMs } from '../../units.ts'
import { attemptColumns } from '../demand/attempts.ts'
import type { Raise } from './newestRaise.ts'
import { raiseBins } from './raiseBins.ts'

const NOTHING = { timeMs: new Float64Array(0), count: new Float64Array(0) }
const at = (sec: number) => epochMs(sec * 1_000)
const raiseAt = (sec: number, to: number): Raise => ({
  at: at(sec),
  oldLimit: 10,
  newLimit: 20,
  before: { from: at(0), to: at(sec) },
  after: { from: at(sec), to: at(to) },
})

/** A count per second (or slower), each sample at the end of what it counts. */
const counted = (counts: readonly number[], everySec = 1) => ({
  timeMs: Float64Array.from(counts, (_, i) => (i + 1) * everySec * 1_000),
  value: Float64Array.from(counts),
})
const steady = (count: number, length: number) => Array.from({ length }, () => count)
const sum = (column: Float64Array) => column.reduce((total, value) => total + value, 0)

test('no bin knows both limits, and all that was counted is somewhere', () => {
  const counts = [...steady(3, 100), ...steady(7, 60)]
  const bins = raiseBins(raiseAt(100, 160), {
    capacity: NOTHING,
    attempts: counted(counts),
    clients: null,
  })!
  expect(bins.binMs).toBe(1_000)
  expect([bins.before.load.length, bins.after.load.length]).toEqual([100, 60])
  expect([sum(bins.before.attempts), sum(bins.after.attempts)]).toEqual([300, 420])
  expect(new Set(bins.before.load)).toEqual(new Set([3]))
  expect(new Set(bins.after.load)).toEqual(new Set([7]))
})

test('bins are as long as attempts are sampled, and a load is told from twenty attempts around it', () => {
  const fast = raiseBins(raiseAt(200, 400), {
    capacity: NOTHING,
    attempts: counted(Array.from({ length: 400 }, (_, i) => (i % 2) * 8)),
    clients: null,
  })!
  expect(fast.isThin).toBe(false)
  // Bins without an attempt are left out; what remains has the mean of five seconds around it.
  expect(fast.before.load.length).toBe(100)
  expect(fast.before.load[50]).toBeCloseTo((8 * 3) / 5, 12)
  const slow = raiseBins(raiseAt(1_500, 3_000), {
    capacity: NOTHING,
    attempts: counted(steady(30, 200), 15),
    clients: null,
  })!
  expect(slow.binMs).toBe(15_000)
  expect([slow.before.load.length, slow.after.load.length]).toEqual([100, 100])
})

test('attempts that are too rare to tell a load are said to be', () => {
  const rare = Array.from({ length: 400 }, (_, i) => (i % 40 === 0 ? 1 : 0))
  const known = { capacity: NOTHING, attempts: counted(rare), clients: null }
  expect(raiseBins(raiseAt(200, 400), known)!.isThin).toBe(true)
})

test('what was not counted is left out, refusals in it as well', () => {
  const counts = steady(4, 200).map((count, sec) => (sec >= 20 && sec < 40 ? Number.NaN : count))
  const failed = { timeMs: Float64Array.of(25_500, 60_500), count: Float64Array.of(2, 9) }
  const { before } = raiseBins(raiseAt(100, 200), {
    capacity: failed,
    attempts: counted(counts),
    clients: null,
  })!
  expect(before.load.length).toBe(80)
  expect(sum(before.errors)).toBe(9)
  expect(before.allErrors).toBe(11)
  // What failed was attempted, although only four were counted.
  expect(Math.max(...before.attempts)).toBe(9)
})

/** Every second a new client, which is refused and gets in at its second attempt. */
const rows = Array.from({ length: 400 }, (_, sec) => [
  { client: `a${sec}`, startMs: sec * 1_000 + 100, endMs: sec * 1_000 + 110, failed: true },
  { client: `a${sec}`, startMs: sec * 1_000 + 500, endMs: sec * 1_000 + 510, failed: false },
]).flat()

test('where clients are told apart, the load is what they wanted first', () => {
  const { before, matchedOn } = raiseBins(raiseAt(200, 400), {
    capacity: NOTHING,
    attempts: counted(steady(2, 400)),
    clients: attemptColumns(rows),
  })!
  expect(matchedOn).toBe('demand')
  expect(new Set(before.load)).toEqual(new Set([1]))
  expect(new Set(before.attempts)).toEqual(new Set([2]))
})

test('clients that make up only a part of the attempts do not stand for the load', () => {
  const { before, matchedOn } = raiseBins(raiseAt(200, 400), {
    capacity: NOTHING,
    attempts: counted(steady(9, 400)),
    clients: attemptColumns(rows),
  })!
  expect(matchedOn).toBe('attempts')
  expect(new Set(before.load)).toEqual(new Set([9]))
})

test('clients alone are attempts enough, and without either there are no bins', () => {
  const clients = attemptColumns(rows)
  const { before } = raiseBins(raiseAt(200, 400), { capacity: NOTHING, attempts: null, clients })!
  expect(sum(before.attempts)).toBe(400)
  const empty = { timeMs: new Float64Array(0), value: new Float64Array(0) }
  expect(
    raiseBins(raiseAt(200, 400), { capacity: NOTHING, attempts: empty, clients: null }),
  ).toBeNull()
  expect(
    raiseBins(raiseAt(200, 400), {
      capacity: NOTHING,
      attempts: null,
      clients: attemptColumns([]),
    }),
  ).toBeNull()
})
