import { expect, test } from 'vitest'
import { DEFAULT_RULES } from '#domain/alerts/defaultRules.ts'
import { errorEvent } from '#domain/errors/errorEvent.ts'
import { observation } from '#domain/observation.ts'
import {
  DAY_MS,
  durationMs,
  type EpochMs,
  epochMs,
  HOUR_MS,
  later,
  MINUTE_MS,
  orgId,
  SECOND_MS,
  sourceId,
} from '#domain/units.ts'
import type { SourceStatus } from '../orgFacts.ts'
import { createMemoryHistory } from '#sources/history/memoryHistory.ts'
import { someMetric } from '#testing/someMetric.ts'
import { wellFacts } from '#testing/wellFacts.ts'
import { createBacktestDesk } from './backtestDesk.ts'
import { type BacktestWorker, createBacktestWorker } from './backtestWorker.ts'

const NOW = epochMs(Date.UTC(2026, 8, 17, 12))
const ORG = orgId('alder')
const EVERY_MS = 30 * SECOND_MS
const OPEN = someMetric('open', { group: 'connections', intervalMs: durationMs(EVERY_MS) })
const FEED: SourceStatus = {
  id: sourceId('feed'),
  title: 'Feed',
  everyMs: durationMs(EVERY_MS),
  metrics: [OPEN.id],
  state: 'ok',
  lastOkAt: NOW,
  failingSince: null,
  failure: null,
  nextAt: null,
  skippedTicks: 0,
}
const RULES = DEFAULT_RULES.filter(({ id }) => ['atLimit', 'blind', 'stop'].includes(id))

/** A level at 40 of 100 that lies at the limit for twenty minutes of every sixth hour. */
function recorded(from: EpochMs, to: EpochMs, isHeard: (at: EpochMs) => boolean = () => true) {
  const all = Array.from({ length: Math.floor((to - from) / EVERY_MS) }, (_, i) =>
    later(from, i * EVERY_MS),
  )
  const timeMs = Float64Array.from(all.filter(isHeard))
  const isFull = (at: number) => at % (6 * HOUR_MS) < 20 * MINUTE_MS
  return observation({
    metrics: [OPEN],
    samples: [
      { metric: OPEN.id, series: { timeMs, value: timeMs.map((at) => (isFull(at) ? 100 : 40)) } },
    ],
    limits: [{ metric: OPEN.id, step: { from: later(from, -1), value: 100, source: 'test' } }],
    errors: [
      errorEvent({ at: epochMs(to - HOUR_MS), class: 'capacity', source: 'feed', count: 3 }),
    ],
  })
}

function setup(
  days: number,
  {
    isHeard,
    worker = createBacktestWorker(),
  }: { isHeard?: (at: EpochMs) => boolean; worker?: BacktestWorker } = {},
) {
  const history = createMemoryHistory('a test', later(NOW, -60 * DAY_MS))
  if (days > 0) history.write(ORG, recorded(later(NOW, -days * DAY_MS), NOW, isHeard))
  const facts = wellFacts({
    metrics: [OPEN],
    sources: [FEED],
  })
  const desk = createBacktestDesk({
    history,
    org: ORG,
    now: () => NOW,
    pacing: () => () => Promise.resolve(),
    facts: () => facts,
    worker,
  })
  const seen: string[] = []
  desk.subscribe(() => {
    const { kind } = desk.state()
    if (seen.at(-1) !== kind) seen.push(kind)
  })
  const done = () => {
    const state = desk.state()
    if (state.kind !== 'done') throw new Error(state.kind)
    const { outcome } = state
    const firings = (rule: string) =>
      outcome.found.rules.find((one) => one.rule === rule)!.firings.length
    return { ...outcome, firings }
  }
  return { desk, seen, done }
}
const days = (count: number) => durationMs(count * DAY_MS)

test('rules are tried on the samples of a week, those that are off as if they were on', async () => {
  const { desk, seen, done } = setup(10)
  await desk.ask({ rules: RULES, lengthMs: days(7) })
  const { tier, from, to, firings, found } = done()
  expect([tier, to - from]).toEqual(['samples', 7 * DAY_MS])
  expect([firings('atLimit'), firings('stop'), firings('blind')]).toEqual([28, 28, 0])
  expect(found.awayMs).toBe(0)
  expect(seen).toEqual(['reading', 'judging', 'done'])
})

test('a month is tried on the highest of each minute', async () => {
  const { desk, done } = setup(30)
  await desk.ask({ rules: RULES, lengthMs: days(30) })
  const { tier, firings } = done()
  expect([tier, firings('atLimit'), firings('blind')]).toEqual(['minutes', 120, 0])
})

test('what was recorded begins later than what was asked for, and nothing before it counts as silence', async () => {
  const { desk, done } = setup(2)
  await desk.ask({ rules: RULES, lengthMs: days(7) })
  const { from, firings } = done()
  expect(NOW - from).toBe(2 * DAY_MS)
  expect([firings('atLimit'), firings('blind')]).toEqual([8, 0])
})

test('a night without Tidemark is told, and is no blindness', async () => {
  const { desk, done } = setup(1, { isHeard: (at) => NOW - at > 9 * HOUR_MS || NOW - at < HOUR_MS })
  await desk.ask({ rules: RULES, lengthMs: days(1) })
  const { found, firings } = done()
  expect(Math.round(found.awayMs / HOUR_MS)).toBe(8)
  expect(firings('blind')).toBe(0)
  expect(found.unjudged[0]!.gapMs).toBeGreaterThan(7 * HOUR_MS)
})

test('without anything recorded it says so', async () => {
  const { desk } = setup(0)
  await desk.ask({ rules: RULES, lengthMs: days(7) })
  expect(desk.state().kind).toBe('empty')
})

test('it can be called off while it reads and while it judges; a later question is answered', async () => {
  let closed = 0
  let judge: (() => void) | null = null
  const real = createBacktestWorker()
  const worker: BacktestWorker = {
    async ask(request, progress) {
      if (closed === 0) await new Promise<void>((resolve) => (judge = resolve))
      return real.ask(request, progress)
    },
    close: () => void (closed += 1),
  }
  const { desk, done } = setup(1, { worker })
  const reading = desk.ask({ rules: RULES, lengthMs: days(1) })
  desk.cancel()
  await reading
  expect([desk.state().kind, closed]).toEqual(['nothing', 0])
  const judging = desk.ask({ rules: RULES, lengthMs: days(1) })
  await expect.poll(() => desk.state().kind).toBe('judging')
  desk.cancel()
  judge!()
  await judging
  expect([desk.state().kind, closed]).toEqual(['nothing', 1])
  await desk.ask({ rules: RULES, lengthMs: days(1) })
  expect(done().firings('atLimit')).toBe(4)
})

test('a worker that fails is told of with its reason', async () => {
  const worker = { ask: () => Promise.reject(new Error('out of memory')), close: () => undefined }
  const { desk } = setup(1, { worker })
  await desk.ask({ rules: RULES, lengthMs: days(1) })
  expect(desk.state()).toEqual({ kind: 'failed', message: 'out of memory' })
})
