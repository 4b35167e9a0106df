import { expect, test } from 'vitest'
import { preferencesOf, zoneNameOf } from './preferences.ts'

test('what was stored is read back', () => {
  const stored = {
    theme: 'light',
    zone: 'Europe/Berlin',
    isHistoryShown: false,
    author: 'Ada',
    isWatchingAll: false,
    alertTelling: { isNotified: true, hasSound: false },
  }
  expect(preferencesOf(stored)).toEqual(stored)
})

test.each([undefined, null, 'text', 7, {}])('%o is nothing stored: the defaults hold', (value) => {
  expect(preferencesOf(value)).toEqual({
    theme: 'system',
    zone: 'local',
    isHistoryShown: true,
    author: '',
    isWatchingAll: true,
    alertTelling: { isNotified: false, hasSound: false },
  })
})

test('one bad preference does not cost the others', () => {
  expect(preferencesOf({ theme: 'mauve', zone: 'UTC', isHistoryShown: false })).toEqual({
    theme: 'system',
    zone: 'UTC',
    isHistoryShown: false,
    author: '',
    isWatchingAll: true,
    alertTelling: { isNotified: false, hasSound: false },
  })
  expect(preferencesOf({ theme: 'dark', zone: 'Middle/Earth', isHistoryShown: 'no' })).toEqual({
    theme: 'dark',
    zone: 'local',
    isHistoryShown: true,
    author: '',
    isWatchingAll: true,
    alertTelling: { isNotified: false, hasSound: false },
  })
})

test('local is the zone of this machine', () => {
  expect(zoneNameOf('local')).toBe(new Intl.DateTimeFormat().resolvedOptions().timeZone)
  expect(zoneNameOf('UTC')).toBe('UTC')
})
