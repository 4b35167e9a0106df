import { expect, test, vi } from 'vitest'
import { NO_LIMIT_SETTINGS } from '#domain/limits/limitSettings.ts'
import type { RegistryFact } from '#domain/limits/registryFact.ts'
import { seenOnce } from '#domain/limits/sightings.ts'
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

const KEY = { namespace: 'conversation', key: 'calls.max' }
const seenAt = (at: number, value: number): RegistryFact => ({
  kind: 'namespace',
  namespace: KEY.namespace,
  title: null,
  answer: { at: epochMs(at), failure: null },
  keys: [{ key: KEY.key, effective: seenOnce(value, epochMs(at)), defaults: [], doc: null }],
})

test('an assigned key limits its metric from when its values are known, and no longer once it is taken away', () => {
  const { ledger, changed } = setup()
  ledger.take(observation({ limits: [step(0, 50)], registry: [seenAt(10, 80)] }))
  expect(ledger.limits().get(calls.id)).toMatchObject([{ value: 50 }])
  ledger.setSettings({ limitKeys: { [calls.id]: KEY }, manualLimits: [] })
  expect(changed).toHaveBeenCalledTimes(2)
  expect(ledger.limits().get(calls.id)).toMatchObject([{ value: 50 }, { value: 80, from: 10 }])
  expect(ledger.toldLimits().get(calls.id)).toMatchObject([{ value: 50 }])
  ledger.setSettings(NO_LIMIT_SETTINGS)
  expect(ledger.limits().get(calls.id)).toMatchObject([{ value: 50 }])
})

test('a registry that says the same again changes no limit, and what is new of it is told whole', () => {
  const { ledger } = setup()
  ledger.setSettings({ limitKeys: { [calls.id]: KEY }, manualLimits: [] })
  ledger.take(observation({ registry: [seenAt(10, 80)] }))
  const limits = ledger.limits()
  const { registry } = ledger.take(observation({ registry: [seenAt(20, 80)] }))
  expect(ledger.limits()).toBe(limits)
  expect(registry).toMatchObject([{ keys: [{ effective: [{ firstSeenAt: 10, lastSeenAt: 20 }] }] }])
})
