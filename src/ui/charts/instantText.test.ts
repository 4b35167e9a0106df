import { expect, test } from 'vitest'
import { epochMs, HOUR_MS, later } from '#domain/units.ts'
import { instantText } from './instantText.ts'

const at = epochMs(Date.UTC(2026, 8, 17, 13, 12, 40))
const hours = (count: number) => ({ from: later(at, -count * HOUR_MS), to: at })

test('a clock time has its day where a window is longer than one', () => {
  expect(instantText(at, hours(24), 'UTC')).toBe('13:12')
  expect(instantText(at, hours(24), 'UTC', 'seconds')).toBe('13:12:40')
  expect(instantText(at, hours(25), 'UTC', 'seconds')).toBe('17 Sep 13:12')
})
