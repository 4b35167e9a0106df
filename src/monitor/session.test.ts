import { expect, test, vi } from 'vitest'
import { later } from '#domain/units.ts'
import { memoryTokens, tokenUntil } from '#testing/monitorSetup.ts'
import { createSteeredClock, STEERED_START } from '#testing/steeredClock.ts'
import { createSession } from './session.ts'

const hour = (accessToken?: string) => tokenUntil(later(STEERED_START, 3_600_000), accessToken)

function setup(tokens: ReturnType<typeof memoryTokens> | null = memoryTokens(hour())) {
  const { clock, advance } = createSteeredClock()
  const changed = vi.fn<() => void>()
  return { session: createSession({ tokens, clock, changed }), tokens, changed, advance }
}

test('without a token store nobody needs to sign in', () => {
  const { session } = setup(null)
  expect(session.state()).toEqual({ kind: 'notNeeded' })
  expect(session.hasToken()).toBe(true)
})

test('a refused token stays refused, whether the store drops it or keeps it', () => {
  const { session, tokens } = setup()
  session.refuse()
  expect(session.state()).toEqual({ kind: 'signedOut', reason: 'refused' })
  tokens?.set(hour())
  expect(session.hasToken()).toBe(false)
  tokens?.set(null)
  expect(session.state()).toEqual({ kind: 'signedOut', reason: 'refused' })
  tokens?.set(hour('second'))
  expect(session.state().kind).toBe('signedIn')
})

test('a client that drops the refused token first comes to the same', () => {
  const { session, tokens } = setup()
  tokens?.set(null)
  session.refuse()
  expect(session.state()).toEqual({ kind: 'signedOut', reason: 'refused' })
})

test('a token that runs out is seen when somebody looks', async () => {
  const { session, advance, changed } = setup()
  await advance(3_600_000)
  session.check()
  expect(session.state()).toEqual({ kind: 'signedOut', reason: 'expired' })
  expect(changed).toHaveBeenCalledTimes(1)
  session.check()
  expect(changed).toHaveBeenCalledTimes(1)
})

test('a renewed token is news because it lasts longer', () => {
  const { session, tokens, changed } = setup()
  tokens?.set(tokenUntil(later(STEERED_START, 7_200_000), 'renewed'))
  expect(session.state()).toEqual({
    kind: 'signedIn',
    expiresAt: later(STEERED_START, 7_200_000),
  })
  expect(changed).toHaveBeenCalledTimes(1)
})

test('a closed session hears nothing more', () => {
  const { session, tokens, changed } = setup()
  session.close()
  tokens?.set(null)
  expect(changed).not.toHaveBeenCalled()
})
