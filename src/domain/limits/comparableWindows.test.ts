import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { poissonFrom, seededRandom } from '../stats/random.ts'
import { DAY_MS, durationMs, epochMs, HOUR_MS, later, metricId, MINUTE_MS } from '../units.ts'
import type { ComparableChange } from './comparableChange.ts'
import type { ComparableLoad } from './comparableLoad.ts'
import { comparableStretches } from './comparableStretches.ts'
import { comparableWords, sampleWords } from './comparableWords.ts'
import { choiceOf, comparableWindows, cutToStretches } from './comparableWindows.ts'

/** Thursday 17 September 2026, 12:00 UTC. */
const AT = epochMs(Date.UTC(2026, 8, 17, 12))
const STEP_MS = 5 * MINUTE_MS

const changed = (known: Partial<ComparableChange> = {}): ComparableChange => ({
  id: 'c',
  metric: metricId('connections.open'),
  from: 250,
  to: 400,
  earliest: AT,
  latest: AT,
  ...known,
})

type Story = {
  daysBefore: number
  daysAfter: number
  perStep?: (hour: number, at: number) => number
  refusedBefore?: boolean
}

/** A history in steps of 5 min: busy by day, refusals at noon before the change. */
function historyOf({
  daysBefore,
  daysAfter,
  perStep,
  refusedBefore = true,
}: Story): ComparableLoad {
  const random = seededRandom(7)
  const from = AT - daysBefore * DAY_MS
  const count = Math.round(((daysBefore + daysAfter) * DAY_MS) / STEP_MS)
  const startMs = Float64Array.from({ length: count }, (_, i) => from + i * STEP_MS)
  const hourOf = (at: number) => (at % DAY_MS) / HOUR_MS
  const usual = (hour: number) => 30 + 25 * Math.sin(((hour - 6) / 24) * 2 * Math.PI)
  const attempts = startMs.map((at) => poissonFrom(random, (perStep ?? usual)(hourOf(at), at)))
  const isNoon = (at: number) => hourOf(at) >= 10 && hourOf(at) < 14
  return {
    stepMs: durationMs(STEP_MS),
    startMs,
    attempts,
    refused: startMs.map((at, i) =>
      refusedBefore && at < AT && isNoon(at) ? Math.floor(attempts[i]! * 0.2) : 0,
    ),
    highest: attempts.map((load) => load * 5),
  }
}

function proposed(story: Story, change = changed(), others: ComparableChange[] = []) {
  const load = historyOf(story)
  const steps = [
    { from: epochMs(0), value: change.from, source: 'test' },
    { from: change.latest, value: change.to, source: 'test' },
    ...others.map(({ latest, to }) => ({ from: latest, value: to, source: 'test' })),
  ]
  const within = {
    from: epochMs(AT - 14 * DAY_MS),
    to: epochMs(AT + story.daysAfter * DAY_MS),
  }
  const stretches = comparableStretches(change, others, steps, within)
  return { load, stretches, found: comparableWindows(stretches, load, 'UTC') }
}

function chosen(...args: Parameters<typeof proposed>) {
  const { found } = proposed(...args)
  if (found.kind !== 'proposed') throw new Error(found.reason)
  return found.chosen
}

test('with a week on record, the same weekday and hours a week before are compared', () => {
  const { how, before, after, sample } = chosen({ daysBefore: 9, daysAfter: 2 })
  expect(how).toBe('same-hours')
  expect(before).toEqual({ from: AT - 7 * DAY_MS, to: AT - 5 * DAY_MS })
  expect(after).toEqual({ from: AT, to: AT + 2 * DAY_MS })
  expect(sample.lacks).toBeNull()
})

test('without a week, the nearest time is, as short as it may be', () => {
  const { how, before, after, sample } = chosen({ daysBefore: 3, daysAfter: 2 })
  expect(how).toBe('nearest')
  expect(before.to).toBe(AT)
  expect(after.from).toBe(AT)
  expect(before.to - before.from).toBe(after.to - after.from)
  expect(sample.lacks).toBeNull()
})

test('where nothing near is like enough, all of the time is compared', () => {
  // Quiet for half a day before and busy for half a day after: only the rest is alike.
  const perStep = (_: number, at: number) => (at >= AT - 2 * DAY_MS && at < AT ? 1 : 40)
  const { how } = chosen({ daysBefore: 6, daysAfter: 1, perStep })
  expect(how).toBe('all')
})

test('a clock that was set back in between leaves the hours of the day alike', () => {
  const at = epochMs(Date.UTC(2026, 9, 28, 12))
  const shift = at - AT
  const load = historyOf({ daysBefore: 9, daysAfter: 2 })
  const moved = { ...load, startMs: load.startMs.map((start) => start + shift) }
  const stretches = {
    before: { from: epochMs(at - 9 * DAY_MS), to: at },
    after: { from: at, to: epochMs(at + 2 * DAY_MS) },
  }
  const found = comparableWindows(stretches, moved, 'Europe/Berlin')
  expect(found).toMatchObject({
    chosen: { how: 'same-hours', before: { from: at - 7 * DAY_MS - HOUR_MS } },
  })
})

test('neither window reaches into the time in which the limit may have changed, or changed again', () => {
  const change = changed({ earliest: epochMs(AT - 2 * HOUR_MS) })
  const again = changed({
    id: 'd',
    from: 400,
    to: 500,
    earliest: later(AT, DAY_MS),
    latest: later(AT, DAY_MS + HOUR_MS),
  })
  const { stretches } = proposed({ daysBefore: 9, daysAfter: 3 }, change, [again])
  expect(stretches.before!.to).toBe(AT - 2 * HOUR_MS)
  expect(stretches.after).toEqual({ from: AT, to: AT + DAY_MS })
})

test('says what is missing, and how many more it would take', () => {
  const quick = chosen({ daysBefore: 9, daysAfter: 0.004, perStep: () => 12 })
  expect(quick.sample.lacks).toBe('attempts')
  expect(plainSpaces(sampleWords(quick.sample))).toMatch(/attempts after, if none .* are missing\)/)
  const clean = chosen({ daysBefore: 9, daysAfter: 2, refusedBefore: false })
  expect(clean.sample).toMatchObject({ lacks: 'refusals', attemptsNeeded: null })
  expect(sampleWords(clean.sample)).toContain('none was seen')
  const uncounted = historyOf({ daysBefore: 9, daysAfter: 2 })
  const blind = { ...uncounted, attempts: uncounted.attempts.map(() => Number.NaN) }
  const pair = { before: quick.before, after: quick.after }
  expect(choiceOf('nearest', pair, blind).sample.lacks).toBe('counts')
})

test('far less load after is not alike', () => {
  const perStep = (_: number, at: number) => (at >= AT ? 4 : 40)
  expect(chosen({ daysBefore: 9, daysAfter: 2, perStep }).sample.lacks).toBe('load')
})

test('without time on one side there is nothing to propose', () => {
  expect(proposed({ daysBefore: 0, daysAfter: 2 }).found).toEqual({
    kind: 'none',
    reason: 'nothing-before',
  })
  expect(proposed({ daysBefore: 2, daysAfter: 0 }).found).toEqual({
    kind: 'none',
    reason: 'nothing-after',
  })
})

test('words say which windows, why, and how alike they are', () => {
  const choice = chosen({ daysBefore: 9, daysAfter: 2 })
  expect(plainSpaces(comparableWords(choice))).toMatch(
    /^Compared: the same weekdays and hours, whole weeks apart \(2 d each\)\. \d+ % of the load before and \d+ % of the load after/,
  )
})

test('whatever is recorded, windows stay on their side of the change and are no longer than the record', () => {
  const any = fc.record({
    daysBefore: fc.double({ min: 0, max: 13, noNaN: true }),
    daysAfter: fc.double({ min: 0, max: 13, noNaN: true }),
    doubtMs: fc.integer({ min: 0, max: 2 * DAY_MS }),
  })
  fc.assert(
    fc.property(any, ({ daysBefore, daysAfter, doubtMs }) => {
      const change = changed({ earliest: epochMs(AT - doubtMs) })
      const { found, stretches } = proposed({ daysBefore, daysAfter }, change)
      if (found.kind === 'none') return
      for (const { before, after } of [found.chosen, ...found.others]) {
        expect(before.from).toBeGreaterThanOrEqual(stretches.before!.from)
        expect(before.to).toBeLessThanOrEqual(change.earliest)
        expect(after.from).toBeGreaterThanOrEqual(change.latest)
        expect(after.to).toBeLessThanOrEqual(stretches.after!.to)
        expect(before.to).toBeGreaterThan(before.from)
        expect(after.to).toBeGreaterThan(after.from)
      }
    }),
    { numRuns: 60 },
  )
})

test('windows moved by hand are cut to what each limit had to itself', () => {
  const { stretches } = proposed({ daysBefore: 9, daysAfter: 2 })
  const b = { from: epochMs(AT - HOUR_MS), to: epochMs(AT + HOUR_MS) }
  const a = { from: epochMs(AT - HOUR_MS), to: epochMs(AT + HOUR_MS) }
  expect(cutToStretches({ a, b }, stretches)).toEqual({
    before: { from: AT - HOUR_MS, to: AT },
    after: { from: AT, to: AT + HOUR_MS },
  })
  expect(cutToStretches({ a: stretches.after!, b }, stretches)).toBeNull()
})
