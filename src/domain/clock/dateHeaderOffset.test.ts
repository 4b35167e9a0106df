import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seededRandom } from '../stats/random.ts'
import { type DatedReply, dateHeaderOffset } from './dateHeaderOffset.ts'

const START = Date.UTC(2026, 8, 17, 11)
const floorSecond = (ms: number) => Math.floor(ms / 1_000) * 1_000

type Setup = { offsetMs: number; seed: number; count: number; host?: string }

/** What a browser whose clock is wrong by the offset records of a server that is right. */
function recorded({ offsetMs, seed, count, host = 'a.example' }: Setup): DatedReply[] {
  const random = seededRandom(seed)
  return Array.from({ length: count }, (_, i) => {
    const sentMs = START + i * 700 + random() * 600
    const waitMs = 20 + 4_980 * random() ** 3
    const servedMs = sentMs + waitMs * random()
    const dateMs = floorSecond(servedMs)
    return { host, dateMs, sentMs: sentMs - offsetMs, firstByteMs: sentMs + waitMs - offsetMs }
  })
}

const reply = (parts: Partial<DatedReply>): DatedReply => ({
  host: 'a.example',
  dateMs: START,
  sentMs: START,
  firstByteMs: START + 100,
  ...parts,
})

test('three replies of one second bound the offset by what they share', () => {
  // Served within [11:00:00, 11:00:01), seen at 10:59:20.0 to 10:59:20.9 on the browser's clock.
  const replies = [0, 400, 800].map((afterMs) =>
    reply({ sentMs: START - 40_000 + afterMs, firstByteMs: START - 40_000 + afterMs + 100 }),
  )
  // Between 40 000 − 100 and 40 000 + 1 000 − 800.
  expect(dateHeaderOffset(replies)).toEqual({
    how: 'dateHeaders',
    offsetMs: 40_050,
    plusMinusMs: 151,
    entries: 3,
  })
})

test('an offset of −90 to +90 s is recovered to two seconds, and its interval holds it', () => {
  const setup = fc.record({
    offsetMs: fc.integer({ min: -90_000, max: 90_000 }),
    seed: fc.integer({ min: 1, max: 1e6 }),
    count: fc.integer({ min: 3, max: 80 }),
  })
  fc.assert(
    fc.property(setup, (given) => {
      const replies = recorded(given)
      const usable = replies.filter((one) => one.firstByteMs - one.sentMs <= 3_000)
      const found = dateHeaderOffset(replies)
      if (usable.length < 3) {
        expect(found).toBeNull()
        return
      }
      const offMs = Math.abs(found!.offsetMs - given.offsetMs)
      expect(offMs).toBeLessThanOrEqual(2_000)
      expect(offMs).toBeLessThanOrEqual(found!.plusMinusMs)
      expect(found!.entries).toBe(usable.length)
    }),
    { numRuns: 500 },
  )
})

test('a few replies with another date, and a host with another clock, do not move it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -90_000, max: 90_000 }),
      fc.integer({ min: 1, max: 1e6 }),
      (offsetMs, seed) => {
        const right = ['a.example', 'b.example'].flatMap((host, i) =>
          recorded({ offsetMs, seed: seed + i, count: 30, host }),
        )
        const old = recorded({ offsetMs: offsetMs - 700_000, seed, count: 3 })
        const wrong = recorded({ offsetMs: offsetMs + 30_000, seed, count: 50, host: 'c.example' })
        const found = dateHeaderOffset([...old, ...wrong, ...right])!
        expect(Math.abs(found.offsetMs - offsetMs)).toBeLessThanOrEqual(found.plusMinusMs)
        expect(found.plusMinusMs).toBeLessThanOrEqual(1_000)
      },
    ),
    { numRuns: 100 },
  )
})

test('hosts that are at odds say nothing, unless one of two has most of the replies', () => {
  const hostA = recorded({ offsetMs: 0, seed: 1, count: 20 })
  const hostB = (count: number) => recorded({ offsetMs: 20_000, seed: 2, count, host: 'b.example' })
  const hostC = recorded({ offsetMs: 50_000, seed: 3, count: 20, host: 'c.example' })
  const usable = (replies: DatedReply[]) =>
    replies.filter((one) => one.firstByteMs - one.sentMs <= 3_000)
  expect(dateHeaderOffset([...hostA, ...hostB(5)])!.offsetMs).toBeLessThan(2_000)
  expect(dateHeaderOffset([...hostB(5), ...hostC, ...hostA])).toBeNull()
  const even = [...usable(hostA).slice(0, 10), ...usable(hostB(20)).slice(0, 10)]
  expect(dateHeaderOffset(even)).toBeNull()
})

test('too few replies, slow ones and impossible ones say nothing', () => {
  expect(dateHeaderOffset([])).toBeNull()
  expect(dateHeaderOffset([reply({}), reply({})])).toBeNull()
  const slow = Array.from({ length: 5 }, () => reply({ firstByteMs: START + 3_001 }))
  const backwards = Array.from({ length: 5 }, () => reply({ firstByteMs: START - 1 }))
  const undated = Array.from({ length: 5 }, () => reply({ dateMs: NaN }))
  for (const replies of [slow, backwards, undated]) expect(dateHeaderOffset(replies)).toBeNull()
})
