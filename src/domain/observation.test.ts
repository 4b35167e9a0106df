import fc from 'fast-check'
import { expect, test } from 'vitest'
import { errorEvent } from './errors/errorEvent.ts'
import { inParts, observation } from './observation.ts'
import { epochMs, metricId } from './units.ts'

const failures = (instants: readonly number[]) =>
  instants.map((at, i) =>
    errorEvent({ at: epochMs(at), class: 'server', source: 'jtl', correlationId: `c${i}` }),
  )

test('what is short stays in one piece', () => {
  const short = observation({ errors: failures([3, 1, 2]) })
  expect(inParts(short)).toEqual([short])
})

test('in parts nothing is lost or told twice, samples come first and errors of one instant together', () => {
  const samples = [
    {
      metric: metricId('m'),
      series: { timeMs: Float64Array.of(1), value: Float64Array.of(2) },
    },
  ]
  fc.assert(
    fc.property(fc.array(fc.nat(1_500), { minLength: 1_500, maxLength: 4_000 }), (instants) => {
      const parts = inParts(observation({ samples, errors: failures(instants) }))
      expect(parts.map((part) => part.samples.length)).toEqual([1, ...parts.slice(1).map(() => 0)])
      const told = parts.flatMap(({ errors }) => errors)
      expect(told.map(({ at }) => at)).toEqual(instants.toSorted((a, b) => a - b))
      expect(new Set(told.map(({ correlationId }) => correlationId)).size).toBe(instants.length)
      const partsOf = new Map<number, number>()
      parts.forEach(({ errors }, number) => {
        for (const { at } of errors) {
          expect(partsOf.get(at) ?? number).toBe(number)
          partsOf.set(at, number)
        }
      })
      expect(Math.max(...parts.map(({ errors }) => errors.length))).toBeLessThan(1_100)
    }),
    { numRuns: 20 },
  )
})
