import fc from 'fast-check'
import { expect, test } from 'vitest'
import { epochMs } from '../units.ts'
import { mergedSightings, seenOnce, type Sightings } from './sightings.ts'

const look = (value: number | null, at: number) => seenOnce(value, epochMs(at))
const all = (...looks: readonly [number | null, number][]) =>
  looks.reduce<Sightings>((known, [value, at]) => mergedSightings(known, look(value, at)), [])

test('the same value seen again is one sighting that lasts longer', () => {
  expect(all([50, 10], [50, 20], [50, 30])).toEqual([
    { value: 50, firstSeenAt: 10, lastSeenAt: 30 },
  ])
})

test('another value begins another sighting, and so does one that is gone', () => {
  expect(all([50, 10], [75, 20], [null, 30], [75, 40])).toEqual([
    { value: 50, firstSeenAt: 10, lastSeenAt: 10 },
    { value: 75, firstSeenAt: 20, lastSeenAt: 20 },
    { value: null, firstSeenAt: 30, lastSeenAt: 30 },
    { value: 75, firstSeenAt: 40, lastSeenAt: 40 },
  ])
})

test('what was seen in between, and is learnt late, parts a sighting', () => {
  const known = all([50, 10], [50, 30])
  expect(mergedSightings(known, look(75, 20))).toEqual([
    { value: 50, firstSeenAt: 10, lastSeenAt: 10 },
    { value: 75, firstSeenAt: 20, lastSeenAt: 20 },
    { value: 50, firstSeenAt: 30, lastSeenAt: 30 },
  ])
})

const anyLooks = fc.uniqueArray(
  fc.tuple(fc.constantFrom(null, 0, 50, 75), fc.integer({ min: 0, max: 40 })),
  { selector: ([, at]) => at, maxLength: 12 },
)

test('what is known already leaves the very same list', () => {
  fc.assert(
    fc.property(anyLooks, (looks) => {
      const known = all(...looks)
      expect(mergedSightings(known, known)).toBe(known)
      expect(mergedSightings(known, [])).toBe(known)
    }),
  )
})

test('two halves of a history merge to the whole of it, whichever comes first', () => {
  fc.assert(
    fc.property(anyLooks, fc.integer({ min: 0, max: 40 }), (unsorted, cut) => {
      const looks = unsorted.toSorted(([, a], [, b]) => a - b)
      const before = all(...looks.filter(([, at]) => at < cut))
      const after = all(...looks.filter(([, at]) => at >= cut))
      const whole = all(...looks)
      expect(mergedSightings(before, after)).toEqual(whole)
      expect(mergedSightings(after, before)).toEqual(whole)
    }),
  )
})

test('sightings follow each other in time, and neighbours differ in value', () => {
  fc.assert(
    fc.property(anyLooks, (looks) => {
      const known = all(...looks)
      known.forEach((one, i) => {
        expect(one.firstSeenAt).toBeLessThanOrEqual(one.lastSeenAt)
        const next = known[i + 1]
        if (!next) return
        expect(next.firstSeenAt).toBeGreaterThan(one.lastSeenAt)
        expect(next.value).not.toBe(one.value)
      })
    }),
  )
})
