import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Series } from '../series/series.ts'
import { within } from '../series/within.ts'
import type { Marker } from '../timeline/marker.ts'
import { epochMs, metricId, MINUTE_MS } from '../units.ts'
import { type LeakSources, leakLooks } from './leakLooks.ts'

const MINUTES = 80
const at = (minute: number) => epochMs(minute * MINUTE_MS)
const marker = (minute: number, kind: Marker['kind'], known: Partial<Marker> = {}): Marker => ({
  id: `${kind}:${minute}`,
  at: at(minute),
  kind,
  label: '',
  origin: 'here',
  ...known,
})

/** Eight iterations of ten minutes, five of them under load, each of which leaves 20 open. */
const markers = Array.from({ length: MINUTES / 10 }, (_, i) => [
  marker(10 * i, i === 0 ? 'run' : 'iteration'),
  ...(i === 0 ? [marker(0, 'iteration')] : []),
  marker(10 * i + 5, 'end'),
]).flat()
const series: Series = {
  timeMs: Float64Array.from({ length: MINUTES * 12 }, (_, i) => i * 5_000),
  value: Float64Array.from({ length: MINUTES * 12 }, (_, i) => {
    const minute = i / 12
    const left = 40 + 20 * Math.floor(minute / 10)
    return minute % 10 < 5 ? left + 300 : left + 20
  }),
}
const sources: LeakSources = {
  metric: metricId('open'),
  markers,
  limits: [{ from: epochMs(0), value: 1_000, source: 'test' }],
  slice: (from, to) => within(series, from, to),
  own: 0,
}

test('looks fall due when an iteration begins, and a minute and five after one has ended', () => {
  const looks = leakLooks(sources, epochMs(-1), at(21))
  expect(looks.map((look) => look.at / MINUTE_MS)).toEqual([0, 6, 10, 16, 20])
  const last = leakLooks(sources, at(74), at(MINUTES + 10))
  expect(last.map((look) => look.at / MINUTE_MS)).toEqual([76, 80])
})

test('the leak is suspected at the fourth floor and called at the fifth', () => {
  const words = leakLooks(sources, epochMs(-1), at(60)).map(
    ({ floors, word }) => `${floors} ${word}`,
  )
  expect(words).toContain('4 suspected')
  expect(words).toContain('5 leak')
  expect(words).not.toContain('3 suspected')
  expect(words.filter((word) => /^[0-4] leak/.test(word))).toEqual([])
})

test('who asks often hears the same as who asks once', () => {
  const whole = leakLooks(sources, epochMs(-1), at(MINUTES))
  const anyMinutes = fc.array(fc.double({ min: 0, max: MINUTES, noNaN: true }), { maxLength: 12 })
  fc.assert(
    fc.property(anyMinutes, (minutes) => {
      const stops = [...minutes, MINUTES].sort((a, b) => a - b).map(at)
      const parts = stops.flatMap((stop, i) =>
        leakLooks(sources, stops[i - 1] ?? epochMs(-1), stop),
      )
      expect(parts).toEqual(whole)
    }),
    { numRuns: 30 },
  )
})

test('a run that was read from a file says nothing', () => {
  const ofFile = markers.map((one) => ({ ...one, origin: 'jtl' as const, id: `jtl:a:${one.id}` }))
  expect(leakLooks({ ...sources, markers: ofFile }, epochMs(-1), at(MINUTES))).toEqual([])
})
