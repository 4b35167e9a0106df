import fc from 'fast-check'
import { expect, test } from 'vitest'
import { uniqueKeys } from './uniqueKeys.ts'

test('equal texts get keys of their own, and keep them when others come between', () => {
  const [first, second] = uniqueKeys(['a', 'a'])
  expect(first).not.toBe(second)
  expect(uniqueKeys(['a', 'b', 'a']).filter((_, i) => i !== 1)).toEqual([first, second])
})

test('no two keys of a list are the same', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('', '0', '0 a', 'a', '1 a')), (texts) => {
      expect(new Set(uniqueKeys(texts)).size).toBe(texts.length)
    }),
  )
})
