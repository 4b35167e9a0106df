import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { exponentialFrom, seededRandom } from '../../stats/random.ts'
import { epochMs } from '../../units.ts'
import { type AttemptRow, attemptColumns } from '../demand/attempts.ts'
import { stormOf } from './storm.ts'

/**
 * One client's attempts: how many, whether they fail, how long they take and the pause after each,
 * in ms.
 */
type Stretch = { count: number; failed: boolean; tookMs: number; pauseMs: number }

function clients(count: number, stretches: readonly Stretch[]) {
  const rows: AttemptRow[] = []
  for (let client = 0; client < count; client++) {
    let at = 0
    for (const { count: attempts, failed, tookMs, pauseMs } of stretches) {
      for (let i = 0; i < attempts; i++) {
        rows.push({ client: `${client}`, startMs: at, endMs: at + tookMs, failed })
        at += tookMs + pauseMs
      }
    }
  }
  return attemptColumns(rows)
}

const seconds = (from: number, to: number) => ({ from: from * 1_000, to: to * 1_000 })
const window = { from: epochMs(0), to: epochMs(120_000) }

const succeed = { count: 4, failed: false, tookMs: 100, pauseMs: 10_000 }
const fail = { count: 5, failed: true, tookMs: 100, pauseMs: 1_000 }

test('clients that come back after 1 s where they paused 10 s are a storm', () => {
  const found = stormOf(clients(30, [succeed, fail]), { ...window, burst: seconds(40, 46) })
  expect(found).toMatchObject({
    word: 'storm',
    reason: 'storm',
    amplification: 5,
    gapsAfterFailure: 120,
    gapsAfterSuccess: 120,
    attempts: 150,
    demands: 30,
    clients: 30,
  })
  expect(found.medianAfterFailureMs! / found.medianAfterSuccessMs!).toBeCloseTo(0.1, 12)
  expect(found.p).toBeLessThan(1e-30)
})

test('clients that start every 10 s whatever happens are load', () => {
  const steady = { count: 4, failed: false, tookMs: 100, pauseMs: 9_900 }
  const attempts = clients(30, [steady, { ...steady, failed: true }, { ...steady, count: 1 }])
  const found = stormOf(attempts, { ...window, burst: seconds(40, 80) })
  expect(found).toMatchObject({ word: 'no', reason: 'not-faster', amplification: 4 })
  expect(found.medianAfterFailureMs! / found.medianAfterSuccessMs!).toBe(1)
  expect(found.backoff).toEqual([])
})

test('clients that never got in cannot be told from load', () => {
  const found = stormOf(clients(10, [{ ...fail, count: 6, tookMs: 0 }]), {
    ...window,
    burst: seconds(0, 10),
  })
  expect(found).toMatchObject({
    word: 'cannot-tell',
    reason: 'few-successes',
    amplification: 6,
    gapsAfterSuccess: 0,
    p: null,
  })
})

test('the burst is found where most attempts failed', () => {
  const stray = { client: 'stray', startMs: 3_000, endMs: 3_001, failed: true }
  const attempts = clients(30, [succeed, fail])
  const rows = [...attempts.startMs].map(
    (startMs, i): AttemptRow => ({
      client: `${attempts.client[i]}`,
      startMs,
      endMs: attempts.endMs[i]!,
      failed: attempts.failed[i] === 1,
    }),
  )
  expect(stormOf(attemptColumns([stray, ...rows]), window)).toMatchObject({
    word: 'storm',
    from: 40_000,
    to: 45_000,
    attempts: 150,
  })
})

test('few retries, few attempts per demand, no failures and no clients each say so', () => {
  const few = stormOf(clients(3, [succeed, fail]), window)
  expect(few).toMatchObject({ word: 'no', reason: 'few-retries', gapsAfterFailure: 12 })
  const served = { ...succeed, count: 20, pauseMs: 500 }
  const once = clients(60, [{ ...fail, count: 1 }, served])
  expect(stormOf(once, { ...window, burst: seconds(0, 10) })).toMatchObject({
    word: 'no',
    reason: 'low-amplification',
  })
  expect(stormOf(clients(30, [succeed]), window)).toMatchObject({ word: 'no', reason: 'no-burst' })
  expect(stormOf(attemptColumns([]), window)).toMatchObject({ word: 'no', reason: 'no-burst' })
  expect(stormOf(attemptColumns([]), { ...window, burst: seconds(0, 10) })).toMatchObject({
    word: 'cannot-tell',
    reason: 'no-clients',
    amplification: null,
  })
})

/**
 * 60 clients for 600 s; from 200 to 400 s attempts fail by chance. `pause` says what a client does
 * after an attempt.
 */
function simulated(
  seed: number,
  failing: number,
  pause: (failures: number, random: () => number) => number,
) {
  const random = seededRandom(seed)
  const rows: AttemptRow[] = []
  for (let client = 0; client < 60; client++) {
    let failures = 0
    for (let at = random() * 10_000; at < 600_000; ) {
      const failed = at >= 200_000 && at < 400_000 && random() < failing
      rows.push({ client: `${client}`, startMs: at, endMs: at + 100, failed })
      failures = failed ? failures + 1 : 0
      at += 100 + pause(failures, random)
    }
  }
  return stormOf(attemptColumns(rows), { from: epochMs(0), to: epochMs(600_000) })
}

const legitimate = {
  Poisson: (_: number, random: () => number) => exponentialFrom(random, 10_000),
  'closed-loop': () => 8_000,
  bursty: (_: number, random: () => number) =>
    random() < 0.8 ? 300 : exponentialFrom(random, 40_000),
}
const stormy = {
  'every second': (failures: number, random: () => number) =>
    failures > 0 ? 1_000 : exponentialFrom(random, 20_000),
  'at once': (failures: number, random: () => number) =>
    failures > 0 ? 0 : exponentialFrom(random, 20_000),
}

test.each(Object.entries(legitimate))('%s clients are never called a storm', (_, pause) => {
  for (const failing of [0.3, 0.7, 0.95]) {
    for (let seed = 0; seed < 10; seed++) {
      expect(simulated(seed, failing, pause).word).not.toBe('storm')
    }
  }
})

test.each(Object.entries(stormy))('clients that come back %s are called one', (_, pause) => {
  for (let seed = 0; seed < 10; seed++) {
    expect(simulated(seed, 0.3, pause)).toMatchObject({ reason: 'low-amplification' })
    expect(simulated(seed, 0.7, pause).word).toBe('storm')
    expect(simulated(seed, 0.95, pause).word).toBe('storm')
  }
})

const anyRows = fc.array(
  fc.record({
    client: fc.constantFrom('a', 'b'),
    startMs: fc.oneof(fc.integer({ min: -5, max: 200_000 }), fc.constant(Number.NaN)),
    endMs: fc.integer({ min: 0, max: 200_000 }),
    failed: fc.boolean(),
    releasedMs: fc.integer({ min: 0, max: 400_000 }),
  }),
  { maxLength: 80 },
)
const anyTime = fc.oneof(fc.integer({ min: 0, max: 200_000 }), fc.constant(Number.NaN)).map(epochMs)

test('whatever is told, nothing is NaN', () => {
  fc.assert(
    fc.property(anyRows, anyTime, anyTime, (rows, from, to) => {
      expect(JSON.stringify(stormOf(attemptColumns(rows), { from, to }), nanAsText)).not.toContain(
        'NaN',
      )
    }),
  )
})

const nanAsText = (_: string, value: unknown) => (Number.isNaN(value) ? 'NaN' : value)
