import { expect, test } from 'vitest'
import * as z from 'zod/mini'
import { countShape, parseShape } from './shape.ts'

const shape = z.object({
  calls: z.array(z.object({ count: countShape() })),
  kind: z.enum(['a', 'b']),
})
const good = { calls: [{ count: 3 }], kind: 'a' }

test('a value that is as agreed is handed on without what was not asked for', () => {
  expect(parseShape(shape, { ...good, more: 1 })).toEqual({ ok: true, value: good })
})

test.each([
  [{}, 'calls is missing, and a list was expected'],
  [{ ...good, calls: null }, 'calls is null, and a list was expected'],
  [{ ...good, calls: [{}] }, 'calls[0].count is missing, and a number was expected'],
  [{ ...good, calls: [{ count: null }] }, 'calls[0].count is null, and a number was expected'],
  [{ ...good, calls: [{ count: '3' }] }, 'calls[0].count is "3", and a number was expected'],
  [{ ...good, calls: [{ count: -1 }] }, 'calls[0].count is -1, which is too small'],
  [
    { ...good, calls: [{ count: 1e18 }] },
    'calls[0].count is 1000000000000000000, which is too large to be true',
  ],
  [
    { ...good, calls: [{ count: Infinity }] },
    'calls[0].count is Infinity, and a number was expected',
  ],
  [{ ...good, calls: [{ count: Number.NaN }] }, 'calls[0].count is NaN, and a number was expected'],
  [{ ...good, kind: 'c' }, 'kind is "c", and one of a, b was expected'],
  [[], 'it is a list, and an object was expected'],
  ['x'.repeat(100), `it is "${'x'.repeat(40)}…", and an object was expected`],
])('%j is refused with the field and what is wrong', (value, problem) => {
  expect(parseShape(shape, value)).toEqual({ ok: false, problem })
})
