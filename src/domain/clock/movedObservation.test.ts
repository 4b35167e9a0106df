import fc from 'fast-check'
import { expect, test } from 'vitest'
import { errorEvent } from '../errors/errorEvent.ts'
import { observation } from '../observation.ts'
import { durationMs, epochMs, metricId } from '../units.ts'
import { movedInstant, movedSeries } from './movedSeries.ts'
import { movedObservation } from './movedObservation.ts'

const AT = epochMs(Date.UTC(2026, 8, 17, 11))
const METRIC = metricId('jtl.threads:1')

const observed = observation({
  samples: [
    {
      metric: METRIC,
      series: { timeMs: Float64Array.of(AT, AT + 1e6), value: Float64Array.of(1, NaN) },
    },
  ],
  limits: [{ metric: METRIC, step: { from: AT, value: 3, source: 'limit' } }],
  errors: [errorEvent({ at: AT, class: 'capacity', status: 503, source: 'jtl' })],
  markers: [{ id: 'jtl:1:run', at: AT, kind: 'run', label: 'a', origin: 'jtl' }],
  clients: [{ at: AT, kind: 'opened', client: 'c1', tookMs: 40 }],
})

test('every instant is moved, and nothing else', () => {
  const moved = movedObservation(observed, { movedMs: -41_000, drift: null })
  const at = AT - 41_000
  expect(moved).toEqual({
    ...observed,
    samples: [
      {
        metric: METRIC,
        series: { timeMs: Float64Array.of(at, at + 1e6), value: Float64Array.of(1, NaN) },
      },
    ],
    limits: [{ metric: METRIC, step: { from: at, value: 3, source: 'limit' } }],
    errors: [{ ...observed.errors[0], at }],
    markers: [{ ...observed.markers[0], at }],
    clients: [{ ...observed.clients[0], at }],
  })
})

test('a clock that runs 500 ppm fast is put back by half a second after 1 000 s', () => {
  const move = { movedMs: 2_000, drift: { ppm: 500, from: AT } }
  const [first, last] = movedObservation(observed, move).samples[0]!.series.timeMs
  expect(first).toBe(AT + 2_000)
  expect(last).toBe(AT + 1e6 + 2_000 - 500)
})

test('moving by nothing gives the same back', () => {
  expect(movedObservation(observed, { movedMs: 0, drift: null })).toBe(observed)
  const [{ series }] = observed.samples as [(typeof observed.samples)[0]]
  expect(movedSeries(series, 0, null)).toBe(series)
})

test('what came first stays first', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 1e8 }), { minLength: 2 }),
      fc.integer({ min: -1e6, max: 1e6 }),
      fc.integer({ min: -500, max: 500 }),
      (after, moved, ppm) => {
        const move = { movedMs: durationMs(moved), drift: { ppm, from: AT } }
        const instants = after.sort((a, b) => a - b).map((ms) => movedInstant(AT + ms, move))
        expect(instants).toEqual(instants.toSorted((a, b) => a - b))
      },
    ),
  )
})
