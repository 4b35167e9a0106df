import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { attemptsFrom } from '#domain/evidence/demand/attempts.ts'
import { CLIENT_EVENT_KINDS, type ClientEvent } from '#domain/evidence/demand/clientEvents.ts'
import { epochMs } from '#domain/units.ts'
import { createClientLog } from './clientLog.ts'

const ALL = [epochMs(-Infinity), epochMs(Infinity)] as const
const atOnce = (flush: () => void) => flush()

const event = (at: number, kind: ClientEvent['kind'] = 'opened', client = 'a'): ClientEvent => ({
  at: epochMs(at),
  kind,
  client,
  tookMs: 0,
})

test('a window holds what began in it, oldest first, whatever the order it came in', () => {
  const log = createClientLog(atOnce)
  log.add([event(30), event(10)])
  log.add([event(20, 'closed'), event(40)])
  expect(log.between(epochMs(10), epochMs(40))).toEqual([event(10), event(20, 'closed'), event(30)])
})

test('the same page twice is one page; another client or another event at that time is not the same', () => {
  const log = createClientLog(atOnce)
  const page = [event(10), event(10, 'closed'), event(10, 'opened', 'b'), event(20)]
  log.add([...page, event(10)])
  log.add(page)
  expect(log.between(...ALL)).toEqual(page)
})

test('readers hear of news and of nothing else', () => {
  const log = createClientLog(atOnce)
  const heard = vi.fn<() => void>()
  log.subscribe(heard)
  log.add([event(10)])
  log.add([event(10)])
  log.add([])
  expect(heard).toHaveBeenCalledTimes(1)
  expect(log.version()).toBe(1)
})

test('a full log gives up its oldest events and says since when it is whole', () => {
  const log = createClientLog(atOnce, 10)
  for (let at = 0; at < 25; at += 1) log.add([event(at)])
  const kept = log.between(...ALL)
  expect(kept.length).toBeLessThanOrEqual(10)
  expect(kept.at(-1)).toEqual(event(24))
  expect(log.incompleteBefore()).toBe(kept[0]!.at)
  log.add([event(0)])
  expect(log.between(...ALL)).toEqual(kept)
})

test('attempts are unknown until somebody tells clients apart; afterwards none is none', () => {
  const log = createClientLog(atOnce)
  expect(log.columns(...ALL)).toBeNull()
  log.add([event(10, 'refused'), event(5_000, 'opened'), event(9_000, 'closed')])
  expect(log.columns(epochMs(20_000), epochMs(30_000))?.timeMs).toHaveLength(0)
  const { startMs, failed, releasedMs } = attemptsFrom(log.columns(...ALL)!)
  expect([...startMs]).toEqual([10, 5_000])
  expect([...failed]).toEqual([1, 0])
  expect([...releasedMs]).toEqual([Number.NaN, 9_000])
})

test('as columns the same client is the same number, also when most clients have gone', () => {
  const log = createClientLog(atOnce)
  for (let at = 0; at < 30; at++) log.add([event(at, 'opened', `gone ${at}`)])
  log.add([event(40, 'opened', 'x'), event(41, 'refused', 'y'), event(42, 'closed', 'x')])
  const whole = log.columns(epochMs(40), epochMs(50))!
  log.dropBefore(epochMs(29))
  const left = log.columns(epochMs(40), epochMs(50))!
  for (const { client, kind } of [whole, left]) {
    expect(client[0]).toBe(client[2])
    expect(client[0]).not.toBe(client[1])
    expect([...kind].map((one) => CLIENT_EVENT_KINDS[one])).toEqual(['opened', 'refused', 'closed'])
  }
  expect([...left.client]).toEqual([1, 2, 1])
})

test('however events are cut, mixed and repeated, each is held once and in order', () => {
  const anyEvent = fc
    .tuple(fc.nat(50), fc.constantFrom(...CLIENT_EVENT_KINDS), fc.constantFrom('a', 'b'))
    .map(([at, kind, client]) => event(at, kind, client))
  fc.assert(
    fc.property(fc.array(fc.array(anyEvent)), (lots) => {
      const log = createClientLog(atOnce)
      for (const lot of lots) log.add(lot)
      const held = log.between(...ALL)
      const texts = held.map((one) => JSON.stringify(one))
      expect(new Set(texts)).toEqual(new Set(lots.flat().map((one) => JSON.stringify(one))))
      expect(new Set(texts).size).toBe(texts.length)
      expect(held.map(({ at }) => at)).toEqual(held.map(({ at }) => at).toSorted((a, b) => a - b))
      const columns = log.columns(...ALL)
      expect([...(columns?.timeMs ?? [])]).toEqual(held.map(({ at }) => at))
    }),
  )
})
