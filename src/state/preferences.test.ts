import { expect, test } from 'vitest'
import { preferencesOf, zoneNameOf } from './preferences.ts'

test('what was stored is read back', () => {
  expect(preferencesOf({ theme: 'light', zone: 'Europe/Berlin' })).toEqual({
    theme: 'light',
    zone: 'Europe/Berlin',
  })
})

test.each([undefined, null, 'text', 7, {}])('%o is nothing stored: the defaults hold', (value) => {
  expect(preferencesOf(value)).toEqual({ theme: 'system', zone: 'local' })
})

test('one bad preference does not cost the others', () => {
  expect(preferencesOf({ theme: 'mauve', zone: 'UTC' })).toEqual({ theme: 'system', zone: 'UTC' })
  expect(preferencesOf({ theme: 'dark', zone: 'Middle/Earth' })).toEqual({
    theme: 'dark',
    zone: 'local',
  })
})

test('local is the zone of this machine', () => {
  expect(zoneNameOf('local')).toBe(new Intl.DateTimeFormat().resolvedOptions().timeZone)
  expect(zoneNameOf('UTC')).toBe('UTC')
})
