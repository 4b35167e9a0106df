import { expect, test } from 'vitest'
import { epochMs } from '#domain/units.ts'
import { eventColumns } from './eventColumns.tsx'

const shown = {
  at: epochMs(0),
  zone: 'UTC',
  hasDays: false,
  usedThen: () => null,
  grading: () => null,
}
const idsAt = (widthPx: number | null, hasDays = false) =>
  eventColumns({ ...shown, hasDays }, widthPx)
    .map(({ id }) => id)
    .join(' ')

test('a narrow table drops whole columns, and keeps the correlation id to be copied', () => {
  expect(idsAt(1440)).toBe('time class status count route place app used grade source correlation')
  expect(idsAt(1280)).toBe('time class status count route app used grade source correlation')
  expect(idsAt(1000)).toBe('time class status count route app used grade source copy')
  expect(idsAt(752)).toBe('time class status count route used grade copy')
  expect(idsAt(696)).toBe('time class status count route used copy')
  expect(idsAt(400)).toBe('time class status count copy')
})

test('what is left never needs more than there is, down to what always stands', () => {
  for (const hasDays of [false, true])
    for (let widthPx = 320; widthPx < 1_600; widthPx += 8) {
      const columns = eventColumns({ ...shown, hasDays }, widthPx)
      const leastPx = columns.reduce((sum, { width }) => sum + Number(/\d+/.exec(width)![0]), 0)
      expect(leastPx + 2 * 24).toBeLessThanOrEqual(widthPx)
    }
})

test('before it is laid out nothing is left out, and nothing stands twice', () => {
  expect(idsAt(null)).toBe(idsAt(1_600))
})
