import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyIncident } from '#testing/anyIncident.ts'
import {
  CONNECTIONS,
  INCIDENT_FROM,
  incidentAt,
  SESSIONS,
  someIncident,
  withSamples,
} from '#testing/someIncident.ts'
import { errorEvent } from '../errors/errorEvent.ts'
import { usedRatio } from '../metrics/headroom.ts'
import { limitAt } from '../metrics/limitSteps.ts'
import { epochMs, later } from '../units.ts'
import { episodesOf } from './episodesOf.ts'
import type { Incident } from './incident.ts'
import { countOf, refusalsOf } from './incidentLevels.ts'

const CALM = { errors: [], comparison: null }
const everyTenSeconds = (...values: readonly number[]) => ({
  timeMs: Float64Array.from(values, (_, i) => INCIDENT_FROM + 10_000 * i),
  value: Float64Array.from(values),
})
/** Connections of a calm afternoon under a limit of 1 000, and nothing else. */
const calmWith = (values: readonly number[], known: Partial<Incident> = {}) =>
  withSamples(
    someIncident({ ...CALM, samples: [], ...known }),
    CONNECTIONS,
    everyTenSeconds(...values),
  )
const refusedAt = (sec: number, source: 'feed' | 'jtl' = 'feed') =>
  errorEvent({ at: later(INCIDENT_FROM, 1_000 * sec), class: 'capacity', source })

test('the afternoon has two stays at the limit, strays, and one near miss', () => {
  const { episodes, nearMisses } = episodesOf(someIncident())
  expect(episodes.map(({ kind, title, refused }) => [kind, title, refused] as const)).toEqual([
    ['atLimit', 'WebSocket connections at limit', 131],
    ['errors', '2 refusals', 2],
    ['atLimit', 'WebSocket connections at limit', 171],
    ['errors', '2 refusals', 2],
    ['errors', 'A single refusal', 1],
  ])
  expect(episodes[0]!.from).toBe(incidentAt('13:08:53'))
  expect(episodes[0]!.usedRatio).toBe(1)
  expect(nearMisses).toHaveLength(1)
  expect(nearMisses[0]).toMatchObject({
    metric: CONNECTIONS,
    peak: 962,
    limit: 1_000,
    usedRatio: 0.962,
  })
  expect(nearMisses[0]!.from).toBeGreaterThan(incidentAt('12:50:00'))
  expect(nearMisses[0]!.to).toBeLessThan(incidentAt('13:01:00'))
})

test('of a burst that reaches into a stay at the limit each error is told once', () => {
  const incident = calmWith([500, 500, 500, 1_000, 1_000, 500], {
    errors: [refusedAt(15), refusedAt(25), refusedAt(70)],
  })
  expect(episodesOf(incident).episodes.map(({ kind, refused }) => [kind, refused])).toEqual([
    ['errors', 1],
    ['atLimit', 1],
    ['errors', 1],
  ])
})

test('another level with a limit has stays of its own', () => {
  const incident = withSamples(
    calmWith([500, 500]),
    SESSIONS,
    everyTenSeconds(800, 900, 900, 800, 700),
  )
  expect(episodesOf(incident).episodes).toMatchObject([
    { kind: 'atLimit', metric: SESSIONS, title: 'Call sessions at limit', refused: 0 },
  ])
})

test('peaks are told highest first, and each by the limit of its time', () => {
  const values = [500, 951, 500, 990, 970, 500, 949, 500]
  const { nearMisses } = episodesOf(calmWith(values))
  expect(nearMisses.map(({ peak, usedRatio: ratio }) => [peak, ratio])).toEqual([
    [990, 0.99],
    [951, 0.951],
  ])
  const raised = calmWith(values, {
    limits: [
      {
        metric: CONNECTIONS,
        steps: [
          { from: epochMs(0), value: 1_000, source: 'then' },
          { from: later(INCIDENT_FROM, 25_000), value: 1_500, source: 'now' },
        ],
      },
    ],
  })
  expect(episodesOf(raised).nearMisses.map(({ peak }) => peak)).toEqual([951])
})

test('a gap ends a near miss, and a refusal within a sixtieth of the window undoes it', () => {
  expect(episodesOf(calmWith([500, 960, NaN, 960, 500])).nearMisses).toHaveLength(2)
  const values = [...Array<number>(60).fill(500), 960, ...Array<number>(60).fill(500)]
  const near = (sec: number) =>
    episodesOf(calmWith(values, { errors: [refusedAt(sec)] })).nearMisses
  // 105 minutes: 105 seconds on either side of second 600.
  expect(near(495)).toHaveLength(0)
  expect(near(494)).toHaveLength(1)
  expect(near(705)).toHaveLength(0)
  expect(near(706)).toHaveLength(1)
})

test('an incident without anything has no episodes', () => {
  const nothing = someIncident({ metrics: [], samples: [], limits: [], errors: [] })
  expect(episodesOf(nothing)).toEqual({ episodes: [], nearMisses: [] })
})

test('errors of which no limit is known are bursts', () => {
  const incident = someIncident({ metrics: [], samples: [], limits: [] })
  const { episodes } = episodesOf(incident)
  expect(episodes.every(({ kind, usedRatio: ratio }) => kind === 'errors' && ratio === null)).toBe(
    true,
  )
  expect(episodes.reduce((sum, { refused }) => sum + refused, 0)).toBe(307)
})

test('of any incident spans lie within the window, in order, and every error is in a stay or a burst', () => {
  fc.assert(
    fc.property(anyIncident, (incident) => {
      const { episodes } = episodesOf(incident)
      for (const { from, to } of episodes) {
        expect(to).toBeGreaterThan(from)
        expect(from).toBeGreaterThanOrEqual(incident.from)
        expect(to).toBeLessThanOrEqual(incident.to)
      }
      expect(episodes.map(({ from }) => from)).toEqual(
        episodes.map(({ from }) => from).toSorted((a, b) => a - b),
      )
      const stays = episodes.filter(({ kind }) => kind === 'atLimit')
      const inStays = countOf(
        refusalsOf(incident).filter(({ at }) =>
          stays.some(({ from, to }) => at >= from && at < to),
        ),
      )
      const inBursts = episodes
        .filter(({ kind }) => kind === 'errors')
        .reduce((sum, { refused }) => sum + refused, 0)
      expect(inStays + inBursts).toBe(countOf(refusalsOf(incident)))
    }),
  )
})

test('of any incident near misses are what a plain scan finds', () => {
  fc.assert(
    fc.property(anyIncident, (incident) => {
      const { nearMisses } = episodesOf(incident)
      const refusals = refusalsOf(incident)
      for (const miss of nearMisses) {
        const series = incident.samples.find(({ metric }) => metric === miss.metric)!.series
        const steps = incident.limits.find(({ metric }) => metric === miss.metric)!.steps
        const ratios = [...series.timeMs.keys()]
          .filter((i) => series.timeMs[i]! >= miss.from && series.timeMs[i]! <= miss.to)
          .map(
            (i) => usedRatio(series.value[i]!, limitAt(steps, epochMs(series.timeMs[i]!))) ?? NaN,
          )
        expect(ratios.every((ratio) => ratio >= 0.95)).toBe(true)
        expect(Math.max(...ratios)).toBe(miss.usedRatio)
        expect(miss.peakAt).toBeGreaterThanOrEqual(miss.from)
        expect(miss.peakAt).toBeLessThanOrEqual(miss.to)
        expect(refusals.some(({ at }) => at >= miss.from && at <= miss.to)).toBe(false)
      }
      const ratios = nearMisses.map(({ usedRatio: ratio }) => ratio)
      expect(ratios).toEqual(ratios.toSorted((a, b) => b - a))
    }),
  )
})
