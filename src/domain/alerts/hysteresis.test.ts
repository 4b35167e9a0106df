import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LATCH_OFF, type Latch, latched, levelSays, type Levels } from './hysteresis.ts'

const LEVELS: Levels = { fireAt: 0.9, clearBelow: 0.85, clearSamples: 3 }
/** The vector of statistics §4.6. */
const VECTOR = [80, 89, 90, 88, 91, 86, 84, 83, 86, 84, 83, 82, 89, 90]

/** Whether the latch is on at each value of a limit of 100. */
function latchOver(values: readonly number[], levels = LEVELS): boolean[] {
  let latch: Latch = LATCH_OFF
  return values.map((value) => {
    latch = latched(latch, levelSays(value, 100, levels), levels.clearSamples)
    return latch.isOn
  })
}

const rises = (states: readonly boolean[]) =>
  states.filter((isOn, i) => isOn && !(states[i - 1] ?? false)).length

test('fire at 90, clear below 85 for 3 samples: one alert, one clear, one alert', () => {
  const states = latchOver(VECTOR).map((isOn) => (isOn ? 'F' : 'N'))
  expect(states.join(' ')).toBe('N N F F F F F F F F F N N F')
  expect(rises(latchOver(VECTOR))).toBe(2)
})

test('a plain rule of 90 and more gives three alerts on the same samples', () => {
  const plain = { fireAt: 0.9, clearBelow: 0.9, clearSamples: 1 }
  expect(rises(latchOver(VECTOR, plain))).toBe(3)
})

test('a series that dances on the line gives exactly one alert', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 85, max: 100 })), (dance) => {
      expect(rises(latchOver([90, ...dance]))).toBe(1)
    }),
  )
})

test('it is never on again without as many samples in a row below as clear it', () => {
  const anyValues = fc.array(fc.integer({ min: 80, max: 95 }), { maxLength: 60 })
  fc.assert(
    fc.property(anyValues, fc.integer({ min: 1, max: 5 }), (values, clearSamples) => {
      const states = latchOver(values, { ...LEVELS, clearSamples })
      for (let i = 1; i < states.length; i++) {
        if (!states[i - 1] || states[i]) continue
        const before = values.slice(i + 1 - clearSamples, i + 1)
        expect(before).toHaveLength(clearSamples)
        expect(Math.max(...before)).toBeLessThan(85)
      }
    }),
  )
})

test('exactly the level that fires does, exactly the one that clears does not clear', () => {
  expect(levelSays(1_350, 1_500, LEVELS)).toBe('fire')
  expect(levelSays(1_275, 1_500, LEVELS)).toBe('between')
  expect(levelSays(1_274, 1_500, LEVELS)).toBe('clear')
})

test('what is not known changes nothing', () => {
  expect(levelSays(Number.NaN, 100, LEVELS)).toBe('unknown')
  expect(levelSays(95, null, LEVELS)).toBe('unknown')
  const half = { isOn: true, below: 2 }
  expect(latched(half, 'unknown', 3)).toBe(half)
  expect(latched(LATCH_OFF, 'unknown', 3)).toBe(LATCH_OFF)
})
