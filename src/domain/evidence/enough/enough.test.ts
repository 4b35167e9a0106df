import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { exponentialFrom, seededRandom } from '../../stats/random.ts'
import { epochMs, HOUR_MS, metricId } from '../../units.ts'
import { type AttemptRow, attemptColumns } from '../demand/attempts.ts'
import { createTimeQueue } from '../storm/timeQueue.ts'
import type { WatchedSeries } from '../watchedSeries.ts'
import { enoughOf } from './enough.ts'

const hour = { from: epochMs(0), to: epochMs(HOUR_MS) }
const HOLD_MS = 60_000
const RETRY_MS = 5_000

/** A count that stands at one value for the hour, a sample a minute. */
const watched = (value: number, limit: number | null): WatchedSeries => ({
  metric: metricId('connections.open'),
  title: 'Connections',
  provenance: 'measured',
  scope: 'organisation',
  series: {
    timeMs: Float64Array.from({ length: 60 }, (_, minute) => minute * 60_000),
    value: new Float64Array(60).fill(value),
  },
  limits: [{ from: epochMs(0), value: limit, source: 'test' }],
  intervalMs: null,
})

/**
 * Demands evenly over the hour and the minute before, each held 60 s, so that `load` erlang are
 * offered.
 */
const evenly = (load: number): AttemptRow[] =>
  Array.from({ length: load * 61 }, (_, i) => {
    const startMs = ((i - load) * HOLD_MS) / load
    return { client: `${i}`, startMs, endMs: startMs, failed: false, releasedMs: startMs + HOLD_MS }
  })

/**
 * An hour of a true loss system: held for 60 s on average; 90 % of the refused come back after 5 s,
 * again and again.
 */
function lossSystem(seed: number, limit: number, load: number): AttemptRow[] {
  const random = seededRandom(seed)
  const rows: AttemptRow[] = []
  const due: { at: number; client: string; holdMs: number }[] = []
  for (let at = 0; at < HOUR_MS; at += exponentialFrom(random, HOLD_MS / load)) {
    due.push({ at, client: `${due.length}`, holdMs: exponentialFrom(random, HOLD_MS) })
  }
  const ends = createTimeQueue()
  let held = 0
  const retries: typeof due = []
  for (let i = 0, j = 0; ; ) {
    const isRetry = (retries[j]?.at ?? Infinity) < (due[i]?.at ?? Infinity)
    const next = isRetry ? retries[j++] : due[i++]
    if (!next || next.at >= HOUR_MS) return rows
    const { at, client, holdMs } = next
    for (; ends.nextAt() <= at; held--) ends.pop()
    const failed = held >= limit
    const endsInside = !failed && at + holdMs < HOUR_MS
    rows.push({
      client,
      startMs: at,
      endMs: at,
      failed,
      ...(endsInside ? { releasedMs: at + holdMs } : {}),
    })
    if (!failed) {
      ends.push(at + holdMs, i)
      held += 1
    } else if (random() < 0.9) retries.push({ at: at + RETRY_MS, client, holdMs })
  }
}

test.each([
  [25, 36],
  [90, 107],
  [110, 128],
  [140, 159],
])('at an offered load of %i erlang, one in a hundred is refused at %i', (load, needed) => {
  const enough = enoughOf({
    attempts: attemptColumns(evenly(load)),
    ...hour,
    subject: watched(0, 999),
  })
  expect(enough).toMatchObject({ kind: 'answer', erlang: needed, demands: load * 60 })
  if (enough.kind !== 'answer') return
  // Demands that come like a clock need no more places than are held at once, less the one in a
  // hundred.
  expect(enough.replay.value).toBeLessThanOrEqual(load)
  expect(enough.replay.value).toBeGreaterThan(load * 0.98)
  expect(enough.replay.low).toBe(enough.replay.high)
})

test.each([
  [100, 90, 107],
  [100, 110, 128],
  [100, 140, 159],
  [20, 25, 36],
])(
  'a limit of %i under %i erlang with retries: about %i would have been enough',
  (limit, load, truth) => {
    const found = Array.from({ length: 10 }, (_, seed) =>
      enoughOf({ attempts: attemptColumns(lossSystem(seed, limit, load)), ...hour, subject: null }),
    )
    const answers = found.flatMap((enough) => (enough.kind === 'answer' ? [enough] : []))
    expect(answers).toHaveLength(10)
    const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / 10
    expect(Math.abs(mean(answers.map(({ replay }) => replay.value)) / truth - 1)).toBeLessThan(0.03)
    expect(Math.abs(mean(answers.map(({ erlang }) => erlang)) / truth - 1)).toBeLessThan(0.03)
  },
)

test('the curve falls through the target at the answer', () => {
  const attempts = attemptColumns(lossSystem(4, 100, 110))
  const enough = enoughOf({ attempts, ...hour, subject: watched(0, 100) })
  if (enough.kind !== 'answer') throw new Error(enough.reason)
  const { curve, replay, target } = enough
  const limits = curve.map((point) => point.limit)
  expect(limits).toEqual([...new Set(limits)].toSorted((a, b) => a - b))
  expect(limits).toContain(100)
  expect(curve.length).toBeGreaterThan(20)
  expect(curve[0]!.rejected).toBeGreaterThan(target)
  expect(curve.at(-1)!.rejected).toBe(0)
  const at = curve.find((point) => point.limit === replay.value)!
  expect(at.rejected).toBeCloseTo(target, 2)
  expect(replay.low).toBeLessThanOrEqual(replay.value)
  expect(replay.high).toBeGreaterThanOrEqual(replay.value)
})

test('places that no known client holds stay taken', () => {
  const attempts = attemptColumns(evenly(25))
  // 24 to 25 of the tested clients at any time, 500 in all.
  const enough = enoughOf({ attempts, ...hour, subject: watched(500, 999) })
  if (enough.kind !== 'answer') throw new Error(enough.reason)
  expect(enough.others).toBeCloseTo(475, 0)
  expect(enough.offered).toBeCloseTo(500, 0)
  expect(enough.replay.value).toBe(500)
  expect(enough.erlang).toBeGreaterThan(500)
})

test('the same window gives the same answer', () => {
  const attempts = attemptColumns(lossSystem(4, 100, 140))
  const ask = () => enoughOf({ attempts, ...hour, subject: null })
  expect(ask()).toEqual(ask())
})

test('where demand above the limit was not seen, only a least is said', () => {
  const attempts = attemptColumns(evenly(25))
  const refused = { kind: 'refused', atLeast: 36 }
  expect(enoughOf({ attempts, ...hour, subject: null })).toEqual({ ...refused, reason: 'no-limit' })
  expect(enoughOf({ attempts, ...hour, subject: watched(0, null) })).toMatchObject({
    reason: 'no-limit',
  })
  expect(enoughOf({ attempts, ...hour, subject: watched(25, 25) })).toMatchObject({
    kind: 'refused',
    reason: 'rejections-unseen',
  })
})

test('without demand, or with few sessions that ended, nothing is said', () => {
  const few = attemptColumns(evenly(25).slice(0, 29))
  const said = (attempts: typeof few, from = 0, to: number = HOUR_MS) =>
    enoughOf({ attempts, from: epochMs(from), to: epochMs(to), subject: null })
  expect(said(few)).toEqual({ kind: 'refused', reason: 'few-sessions', atLeast: null })
  const none = { kind: 'refused', reason: 'no-demand', atLeast: null }
  expect(said(attemptColumns([]))).toEqual(none)
  expect(said(few, HOUR_MS, 0)).toEqual(none)
  expect(said(few, Number.NaN, Number.NaN)).toEqual(none)
})

test('where more was held than even demand would hold, that is the least, and there is no most', () => {
  // 107 by Erlang B; but 180 were held.
  const enough = enoughOf({
    attempts: null,
    ...hour,
    subject: watched(180, 1_000),
    counts: { accepted: 5_400, rejected: 10, holdingMs: HOLD_MS },
  })
  expect(enough).toEqual({ kind: 'refused', reason: 'no-clients', atLeast: 180 })
})

test('where clients are not told apart, counts give bounds', () => {
  const said = (accepted: number, rejected: number, subject: WatchedSeries | null = null) =>
    enoughOf({
      attempts: null,
      ...hour,
      subject,
      counts: { accepted, rejected, holdingMs: HOLD_MS },
    })
  // 90 erlang, and 140 if every rejection was somebody new.
  const low = { kind: 'refused', reason: 'no-clients', atLeast: 107 }
  expect(said(5_400, 3_000)).toEqual(low)
  expect(said(5_400, 1_200)).toEqual({ ...low, atMost: 128 })
  expect(said(5_400, 3_000, watched(100, 100))).toEqual({ ...low, reason: 'at-wall-too-long' })
  expect(enoughOf({ attempts: null, ...hour, subject: null })).toEqual({
    kind: 'refused',
    reason: 'no-clients',
    atLeast: null,
  })
})

const anyRows = fc.array(
  fc.record({
    client: fc.constantFrom('a', 'b', 'c', 'd'),
    startMs: fc.oneof(fc.integer({ min: -5, max: 200_000 }), fc.constant(Number.NaN)),
    endMs: fc.integer({ min: 0, max: 200_000 }),
    failed: fc.boolean(),
    releasedMs: fc.integer({ min: 0, max: 100_000 }),
  }),
  { maxLength: 120 },
)
const anyTime = fc.oneof(fc.integer({ min: 0, max: 200_000 }), fc.constant(Number.NaN)).map(epochMs)
const anyUse = fc.constantFrom(0, 3, 7.5, Number.NaN)
const anyLimit = fc.constantFrom(null, 0, 1, 8)

test('whatever is told, nothing is NaN', () => {
  fc.assert(
    fc.property(anyRows, anyTime, anyTime, anyUse, anyLimit, (rows, from, to, use, limit) => {
      const subject = watched(use, limit)
      const said = enoughOf({ attempts: attemptColumns(rows), from, to, subject })
      expect(JSON.stringify(said, nanAsText)).not.toContain('NaN')
    }),
  )
})

const nanAsText = (_: string, value: unknown) => (Number.isNaN(value) ? 'NaN' : value)
