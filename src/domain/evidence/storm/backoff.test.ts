import { expect, test } from 'vitest'
import { seededRandom } from '../../stats/random.ts'
import { epochMs, metricId } from '../../units.ts'
import { type AttemptRow, attemptColumns } from '../demand/attempts.ts'
import type { WatchedSeries } from '../watchedSeries.ts'
import { backoffStudies } from './backoff.ts'

const burst = { from: 0, to: 240_000 }
const until = 3_600_000

/**
 * 200 clients come one after another within 10 s. Refused, all come back every 5 s at once; each 5
 * s four places are free, which are then kept. At 240 s the limit is raised and everybody gets in.
 */
function crowd() {
  const clients = Array.from({ length: 200 }, (_, i) => ({ client: `${i}`, startMs: 10 + i * 50 }))
  const rows: AttemptRow[] = clients.map((one) => ({ ...one, endMs: one.startMs, failed: true }))
  const random = seededRandom(8)
  let waiting: string[] = []
  for (let at = 5_000; at <= 240_000; at += 5_000) {
    waiting.push(
      ...clients
        .filter(({ startMs }) => startMs < at && startMs >= at - 5_000)
        .map(({ client }) => client),
    )
    waiting = waiting
      .map((client) => ({ client, lot: random() }))
      .toSorted((a, b) => a.lot - b.lot)
      .map(({ client }) => client)
    const places = at < 240_000 ? 4 : 200
    for (const [i, client] of waiting.entries()) {
      rows.push({ client, startMs: at, endMs: at + 20, failed: i >= places })
    }
    waiting = waiting.slice(places)
  }
  return attemptColumns(rows)
}

test('back-off spares most attempts and breaks up the crowds', () => {
  const [recorded, exponential, jitter] = backoffStudies(crowd(), { burst, until, subject: null })
  expect([recorded?.policy, exponential?.policy, jitter?.policy]).toEqual([
    'recorded',
    'exponential',
    'fullJitter',
  ])
  expect(recorded).toMatchObject({ served: 200, peakPerSec: 196 })
  expect(recorded!.attempts).toBeGreaterThan(4_900)
  expect(exponential!.attempts).toBeLessThan(recorded!.attempts / 3)
  // Full jitter waits half as long on average.
  expect(jitter!.attempts).toBeLessThan(recorded!.attempts / 2)
  expect(exponential!.peakPerSec).toBeLessThan(recorded!.peakPerSec)
  expect(jitter!.peakPerSec).toBeLessThan(recorded!.peakPerSec)
  expect(exponential!.served).toBe(200)
  expect(jitter!.served).toBe(200)
  expect(recorded!.amplification).toBe(recorded!.attempts / 200)
})

test('nobody is let in where the record shows no place', () => {
  const rows = Array.from({ length: 50 }, (_, i): AttemptRow => {
    const startMs = i * 1_000
    return { client: `${i % 5}`, startMs, endMs: startMs, failed: true }
  })
  const studies = backoffStudies(attemptColumns(rows), {
    burst: { from: 0, to: 50_000 },
    until: 50_000,
    subject: null,
  })
  expect(studies.map(({ served, medianWaitMs }) => ({ served, medianWaitMs }))).toEqual(
    Array.from({ length: 3 }, () => ({ served: 0, medianWaitMs: null })),
  )
  expect(studies[0]).toMatchObject({ attempts: 50, amplification: 10, peakPerSec: 1 })
})

test('after the burst there is what the limit left free', () => {
  const full: WatchedSeries = {
    metric: metricId('connections.open'),
    title: 'Connections',
    provenance: 'measured',
    scope: 'organisation',
    series: { timeMs: Float64Array.of(0, 40_000), value: Float64Array.of(10, 8) },
    limits: [{ from: epochMs(0), value: 10, source: 'test' }],
    intervalMs: null,
  }
  // Five clients tried every second and gave up after 20 s; two places came free 20 s later.
  const rows = Array.from({ length: 100 }, (_, i): AttemptRow => {
    const startMs = Math.floor(i / 5) * 1_000
    return { client: `${i % 5}`, startMs, endMs: startMs, failed: true }
  })
  const question = { burst: { from: 0, to: 20_000 }, until }
  const served = (subject: WatchedSeries | null) =>
    backoffStudies(attemptColumns(rows), { ...question, subject }).map((study) => study.served)
  expect(served(full)).toEqual([0, 2, 2])
  expect(served(null)).toEqual([0, 5, 5])
})

test('a place that is given back serves the next one, and no more are let in at once than were', () => {
  // One place, held 2 s each time: three clients, each refused until it is free.
  const rows: AttemptRow[] = [0, 2_000, 4_000].flatMap((startMs, i) => [
    ...[0, 1_000, 2_000, 3_000]
      .filter((at) => at < startMs)
      .map((at) => ({ client: `${i}`, startMs: at, endMs: at, failed: true })),
    { client: `${i}`, startMs, endMs: startMs, failed: false, releasedMs: startMs + 2_000 },
  ])
  const [recorded, exponential] = backoffStudies(attemptColumns(rows), {
    burst: { from: 0, to: 60_000 },
    until,
    subject: null,
  })
  expect(recorded).toMatchObject({ attempts: 9, served: 3, medianWaitMs: 2_000 })
  // Both are back after 1 s, and after 2 more; one is let in then, the other 4 s later.
  expect(exponential).toMatchObject({ attempts: 8, served: 3, medianWaitMs: 3_000 })
})

test('nothing wanted is nothing to study', () => {
  expect(backoffStudies(attemptColumns([]), { burst, until, subject: null })).toEqual([])
})
