import { expect, test, vi } from 'vitest'
import { takeSignInAnswer } from './takeSignInAnswer.ts'

test('an answer is taken out of the address bar', () => {
  const replaceState = vi.fn()
  const place = { pathname: '/signed-in', search: '?code=c1&state=s1' }
  expect(takeSignInAnswer(place, { replaceState })).toBe('?code=c1&state=s1')
  expect(replaceState).toHaveBeenCalledWith(null, '', '/signed-in')
})

test('any other address is left alone', () => {
  const replaceState = vi.fn()
  const place = { pathname: '/org/alder/live', search: '?w=3h' }
  expect(takeSignInAnswer(place, { replaceState })).toBe('')
  expect(replaceState).not.toHaveBeenCalled()
})
