import { expect, test } from 'vitest'
import { laneLayout } from './laneLayout.ts'

test('lanes have a fixed order and full rows where there is room', () => {
  const lanes = laneLayout(111, false)
  expect(lanes.map(({ errorClass }) => errorClass).join(' ')).toBe(
    'capacity rate auth server network socket',
  )
  expect(lanes[0]).toMatchObject({ heightPx: 42 })
  expect(lanes.slice(1).map(({ centreY }) => centreY)).toEqual([48.5, 61.5, 74.5, 87.5, 100.5])
})

test.each([51, 91, 111, 124])('all lanes fit into %i pixels, the seventh too', (height) => {
  for (const hasOther of [false, true]) {
    const last = laneLayout(height, hasOther).at(-1)!
    expect(last.errorClass).toBe(hasOther ? 'other' : 'socket')
    if (height > 90) expect(last.centreY + last.heightPx / 2).toBeLessThanOrEqual(height)
  }
})
