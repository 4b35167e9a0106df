import { expect, test, vi } from 'vitest'
import { oneSample } from '#domain/series/series.ts'
import { epochMs, metricId } from '#domain/units.ts'
import { createSeriesStore } from './seriesStore.ts'

const calls = metricId('calls.concurrent')

function setup() {
  const flushes: (() => void)[] = []
  const store = createSeriesStore((flush) => flushes.push(flush))
  const heard = vi.fn<() => void>()
  store.subscribe(heard)
  return { store, heard, flush: () => flushes.splice(0).forEach((call) => call()) }
}

test('a metric nobody has seen has no samples, and asking for it does not make it known', () => {
  const { store } = setup()
  expect(store.window(calls, epochMs(0), epochMs(10), 5).timeMs).toHaveLength(0)
  expect(store.slice(calls, epochMs(0), epochMs(10)).timeMs).toHaveLength(0)
  expect(store.latest(calls)).toBeNull()
  expect(store.at(calls, epochMs(5))).toBeNull()
  expect(store.neighbour(calls, epochMs(5), 1)).toBeNull()
  expect(store.range(calls, epochMs(0), epochMs(10))).toBeNull()
  expect(store.extent(calls)).toBeNull()
  expect(store.metrics()).toEqual([])
})

test('readers hear once per flush, however many samples came', () => {
  const { store, heard, flush } = setup()
  for (let at = 0; at < 100; at++) store.append(calls, epochMs(at), at)
  expect(heard).not.toHaveBeenCalled()
  flush()
  expect(heard).toHaveBeenCalledTimes(1)
  expect(store.version()).toBe(1)
  flush()
  expect(heard).toHaveBeenCalledTimes(1)
})

test('the list of metrics is the same one until a metric joins', () => {
  const { store } = setup()
  store.append(calls, epochMs(1), 1)
  const before = store.metrics()
  store.append(calls, epochMs(2), 1)
  expect(store.metrics()).toBe(before)
  store.append(metricId('other'), epochMs(2), 1)
  expect(store.metrics()).toEqual([calls, 'other'])
})

test('a gap is neither the latest sample nor the value under the crosshair', () => {
  const { store } = setup()
  store.append(calls, epochMs(1000), 7)
  store.append(calls, epochMs(2000), NaN)
  expect(store.latest(calls)).toEqual({ at: 1000, value: 7 })
  expect(store.at(calls, epochMs(2500))).toBeNull()
  expect(store.at(calls, epochMs(1500))).toEqual({ at: 1000, value: 7 })
  expect(store.extent(calls)).toEqual({ from: 1000, to: 2000 })
})

test('a sample that comes late is put in its place, and one for a known instant replaces it', () => {
  const { store } = setup()
  store.append(calls, epochMs(3000), 3)
  store.append(calls, epochMs(1000), 1)
  store.insert(calls, oneSample(epochMs(2000), 2))
  store.insert(calls, oneSample(epochMs(3000), 30))
  const { timeMs, value } = store.slice(calls, epochMs(0), epochMs(9000))
  expect([...timeMs]).toEqual([1000, 2000, 3000])
  expect([...value]).toEqual([1, 2, 30])
})

test('a reader that left hears nothing more', () => {
  const { store, flush } = setup()
  const heard = vi.fn<() => void>()
  const leave = store.subscribe(heard)
  leave()
  store.append(calls, epochMs(1), 1)
  flush()
  expect(heard).not.toHaveBeenCalled()
})
