import fc from 'fast-check'
import { expect, test } from 'vitest'
import { outlineOf } from './outline.ts'

test('names fields and kinds, never what stands in them', () => {
  const reply = { entities: [{ name: 'secret', isOpen: true }], total: 7, next: null, more: [] }
  expect(outlineOf(reply)).toBe(
    'an object with entities (a list of 1, the first: an object with name (a text), isOpen (true or false)), total (a number), next (null), more (an empty list)',
  )
})

test('is of readable length, whatever comes', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
      expect(outlineOf(value).length).toBeGreaterThan(0)
    }),
  )
  const wide = Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`f${i}`, i]))
  expect(outlineOf(wide)).toMatch(/f11 \(a number\), 988 more$/)
  expect(outlineOf({ ['x'.repeat(500)]: 1 })).toHaveLength(67)
})

test('stops at three levels', () => {
  expect(outlineOf({ a: { b: { c: { d: 1 } } } })).toBe(
    'an object with a (an object with b (an object with c (an object of 1 fields)))',
  )
})
