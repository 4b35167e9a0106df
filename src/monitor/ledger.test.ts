import { expect, test, vi } from 'vitest'
import { NO_LIMIT_SETTINGS } from '#domain/limits/limitSettings.ts'
import { observation } from '#domain/observation.ts'
import type { Marker } from '#domain/timeline/marker.ts'
import { epochMs, metricId } from '#domain/units.ts'
import { gauge } from '#testing/countingSource.ts'
import { createLedger } from './ledger.ts'

const calls = gauge('calls', 10_000)
const step = (from: number, value: number | null) => ({
  metric: metricId('calls'),
  step: { from: epochMs(from), value, source: 'reply' },
})
const marker = (id: string, at: number, origin: Marker['origin'] = 'here'): Marker => ({
  id,
  at: epochMs(at),
  kind: 'note',
  label: id,
  origin,
})

function setup() {
  const changed = vi.fn<() => void>()
  return { ledger: createLedger([calls], NO_LIMIT_SETTINGS, changed), changed }
}

test('metrics keep the order of the catalogue, then that of their arrival', () => {
  const { ledger } = setup()
  ledger.take(observation({ metrics: [gauge('b', 1), gauge('a', 1)] }))
  ledger.take(observation({ metrics: [{ ...gauge('b', 1), title: 'B' }] }))
  expect(ledger.metrics().map(({ title }) => title)).toEqual(['calls', 'B', 'a'])
})

test('what history says of a metric does not replace what is known of it now', () => {
  const { ledger } = setup()
  ledger.take(observation({ metrics: [{ ...calls, title: 'old' }, gauge('gone', 1)] }), true)
  expect(ledger.metrics().map(({ title }) => title)).toEqual(['calls', 'gone'])
})

test('a limit that every reply repeats is one step, and repeating it is no news', () => {
  const { ledger, changed } = setup()
  expect(ledger.take(observation({ limits: [step(10, 50)] })).limits).toHaveLength(1)
  const limits = ledger.limits()
  expect(ledger.take(observation({ limits: [step(20, 50)] })).limits).toEqual([])
  expect(ledger.limits()).toBe(limits)
  expect(changed).toHaveBeenCalledTimes(1)
  ledger.take(observation({ limits: [step(30, 60), step(40, null)] }))
  expect(
    ledger
      .limits()
      .get(calls.id)
      ?.map(({ from, value }) => [from, value]),
  ).toEqual([
    [10, 50],
    [30, 60],
    [40, null],
  ])
})

test('a marker that arrives twice is one; a corrected one holds', () => {
  const { ledger } = setup()
  ledger.take(observation({ markers: [marker('b', 20), marker('a', 10)] }))
  const markers = ledger.markers()
  ledger.take(observation({ markers: [marker('a', 10)] }))
  expect(ledger.markers()).toBe(markers)
  ledger.take(observation({ markers: [{ ...marker('a', 30), label: 'moved' }] }))
  expect(ledger.markers().map(({ label }) => label)).toEqual(['b', 'moved'])
})

test('only what was set on a screen can be taken back', () => {
  const { ledger } = setup()
  ledger.take(observation({ markers: [marker('mine', 10), marker('theirs', 20, 'feed')] }))
  expect(ledger.unmark('theirs')).toBe(false)
  expect(ledger.unmark('nobody')).toBe(false)
  expect(ledger.unmark('mine')).toBe(true)
  expect(ledger.markers().map(({ id }) => id)).toEqual(['theirs'])
})
