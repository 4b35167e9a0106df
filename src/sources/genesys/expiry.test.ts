import { expect, test } from 'vitest'
import { epochMs, later, MINUTE_MS } from '#domain/units.ts'
import { expiryOf } from './expiry.ts'

const NOW = epochMs(Date.UTC(2026, 2, 2, 9))

test.each([
  [11, null, 'fine', 11],
  [10, null, 'soon', 10],
  [1, null, 'soon', 1],
  [0, null, 'expired', 0],
  [-5, null, 'expired', 0],
  [5, 'r1', 'fine', 5],
  [-5, 'r1', 'expired', 0],
])('%s minutes before the end, refresh token %s: %s', (minutes, refreshToken, kind, left) => {
  const token = { expiresAt: later(NOW, minutes * MINUTE_MS), refreshToken }
  expect(expiryOf(token, NOW)).toEqual({ kind, leftMs: left * MINUTE_MS })
})
