import { expect, test } from 'vitest'
import { createLabelSpace } from './labelSpace.ts'

test('quiet words keep clear of curves, others only of what is written and of walls', () => {
  const space = createLabelSpace({ left: 0, top: 0, right: 100, bottom: 100 })
  const place = { left: 10, top: 40, right: 60, bottom: 52 }
  space.shade({ left: 0, top: 45, right: 100, bottom: 47 })
  expect(space.take(place, true)).toBe(false)
  expect(space.take(place)).toBe(true)
  expect(space.take(place)).toBe(false)
})
