import fc from 'fast-check'
import { expect, test } from 'vitest'
import { durationMs, epochMs, metricId } from '../units.ts'
import type { AlertEvent } from './alert.ts'
import type { LevelRule } from './alertRule.ts'
import { type AlertState, advanced, INACTIVE, type Look, phaseOf } from './alertState.ts'
import { levelSays } from './hysteresis.ts'

const RULE: LevelRule = {
  id: 'near',
  name: 'Near the limit',
  severity: 'warn',
  isStop: false,
  isOn: true,
  holdMs: durationMs(0),
  keepFiringMs: durationMs(0),
  kind: 'level',
  metric: null,
  levels: { fireAt: 0.9, clearBelow: 0.85, clearSamples: 3 },
}
const STEP_MS = 10_000

/** A look at a value of a limit of 100; null is a look that knows nothing. */
function lookAt(value: number | null, i: number): Look {
  const at = epochMs(i * STEP_MS)
  if (value === null) return { at, says: 'unknown', reading: null }
  const reading = { kind: 'level', value, limit: 100, ratio: value / 100 } as const
  return { at, says: levelSays(value, 100, RULE.levels), reading }
}

/** What happens over values ten seconds apart; `F` while it fires, `p` while it is pending. */
function play(values: readonly (number | null)[], known: Partial<LevelRule> = {}) {
  const rule = { ...RULE, ...known }
  const held = { ...rule, metric: metricId('open'), cause: null, clearSamples: 3 }
  let state: AlertState = INACTIVE
  const events: AlertEvent[] = []
  const phases = values.map((value, i) => {
    const next = advanced(state, lookAt(value, i), held)
    state = next.state
    if (next.event && next.event.kind !== 'changed') events.push(next.event)
    return { inactive: '.', pending: 'p', firing: 'F' }[phaseOf(state)]
  })
  return { text: phases.join(''), events, state }
}

const kinds = (events: readonly AlertEvent[]) => events.map(({ kind, at }) => `${kind} ${at}`)

test('without hold times it follows the two levels', () => {
  const { text, events } = play([80, 89, 90, 88, 91, 86, 84, 83, 86, 84, 83, 82, 89, 90])
  expect(text).toBe('..FFFFFFFFF..F')
  expect(kinds(events)).toEqual(['fired 20000', 'ended 110000', 'fired 130000'])
})

test('it fires on a sample at the level, once it has held for its time', () => {
  const holdMs = durationMs(30_000)
  expect(play([90, 86, 86, 86, 91], { holdMs }).text).toBe('ppppF')
  expect(play([90, 84, 84, 86, 91], { holdMs }).text).toBe('ppppF')
  expect(play([90, 84, 84, 84, 91], { holdMs }).text).toBe('ppp.p')
  expect(play([90, 91, 92, 93], { holdMs }).events[0]).toMatchObject({
    at: 30_000,
    alert: { since: 0, firedAt: 30_000, newest: { value: 93 } },
  })
})

test('a hold is never made of time that nobody saw', () => {
  const holdMs = durationMs(20_000)
  expect(play([90, null, 90, 90, 90], { holdMs }).text).toBe('p.ppF')
})

test('what is not known neither ends a firing alert nor counts as below', () => {
  expect(play([90, 84, 84, null, null, 86, 84, 84, null, 84]).text).toBe('FFFFFFFFF.')
})

test('it is kept firing, and what comes back meanwhile is the same alert', () => {
  const keepFiringMs = durationMs(30_000)
  const back = play([90, 80, 80, 80, 80, 90, 80, 80, 80, 80, 80, 80], { keepFiringMs })
  expect(back.text).toBe('FFFFFFFFFFF.')
  expect(back.events).toHaveLength(2)
  const between = play([90, 80, 80, 80, 86, 86, 86, 86], { keepFiringMs })
  expect(between.text).toBe('FFFFFF..')
})

test('an alert remembers its peak and when it was', () => {
  const { events } = play([90, 95, 91, 80, 80, 80])
  expect(events.at(-1)).toMatchObject({
    kind: 'ended',
    reason: 'cleared',
    alert: { peak: { ratio: 0.95 }, peakAt: 10_000, newest: { ratio: 0.8 }, endedAt: 50_000 },
  })
})

const anyValues = fc.array(fc.option(fc.integer({ min: 78, max: 96 }), { freq: 9 }), {
  maxLength: 80,
})
const anyHolds = fc.record({
  holdMs: fc.integer({ min: 0, max: 6 }).map((steps) => durationMs(steps * STEP_MS)),
  keepFiringMs: fc.integer({ min: 0, max: 6 }).map((steps) => durationMs(steps * STEP_MS)),
})

test('whatever comes, fired and ended take turns, and each rests on what was measured then', () => {
  fc.assert(
    fc.property(anyValues, anyHolds, (values, holds) => {
      const { events } = play(values, holds)
      events.forEach(({ kind }, i) => expect(kind).toBe(i % 2 === 0 ? 'fired' : 'ended'))
      for (const { kind, at, alert } of events) {
        const value = values[at / STEP_MS]!
        if (kind === 'fired') {
          expect(value).toBeGreaterThanOrEqual(90)
          expect(at - alert.since).toBeGreaterThanOrEqual(holds.holdMs)
          expect(values[alert.since / STEP_MS]).toBeGreaterThanOrEqual(90)
        } else {
          expect(value).toBeLessThan(90)
          expect(at - alert.clearedAt!).toBeGreaterThanOrEqual(holds.keepFiringMs)
        }
      }
    }),
  )
})

test('between two firings lie as many samples in a row below as clear it', () => {
  fc.assert(
    fc.property(anyValues, anyHolds, (values, holds) => {
      const { events } = play(values, holds)
      for (let i = 1; i + 1 < events.length; i += 2) {
        const [ended, next] = [events[i]!, events[i + 1]!]
        const known = values
          .slice(ended.alert.firedAt / STEP_MS, next.at / STEP_MS)
          .filter((value) => value !== null)
        expect(known.some((_, k) => isBelow(known.slice(k, k + 3)))).toBe(true)
      }
    }),
  )
})

const isBelow = (three: readonly number[]) =>
  three.length === 3 && three.every((value) => value < 85)

test('a series that dances between the levels gives exactly one alert, whatever the hold times', () => {
  const dance = fc.array(fc.integer({ min: 85, max: 96 }), { minLength: 8, maxLength: 60 })
  fc.assert(
    fc.property(dance, anyHolds, (values, holds) => {
      expect(play([90, ...values, 90], holds).events.map(({ kind }) => kind)).toEqual(['fired'])
    }),
  )
})

test('silence alone changes nothing that fires', () => {
  fc.assert(
    fc.property(anyValues, anyHolds, fc.nat(20), (values, holds, silence) => {
      const before = play(values, holds)
      const after = play([...values, ...Array.from({ length: silence }, () => null)], holds)
      expect(after.events).toEqual(before.events)
      expect(after.state.alert).toEqual(before.state.alert)
    }),
  )
})
