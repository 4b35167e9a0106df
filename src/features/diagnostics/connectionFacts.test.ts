import { expect, test } from 'vitest'
import { durationMs, epochMs, later } from '#domain/units.ts'
import type { OrgFacts } from '#monitor/orgFacts.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { FACTS_AT, wellFacts } from '#testing/wellFacts.ts'
import { connectionFacts } from './connectionFacts.ts'

const wordsOf = (name: string, known: Partial<OrgFacts> = {}) => {
  const facts = connectionFacts({
    facts: wellFacts(known),
    clientId: '5f3c',
    now: FACTS_AT,
    zone: 'UTC',
  })
  return plainSpaces(facts.find((fact) => fact.name === name)!.words)
}
const clock = (offsetMs: number) =>
  ({
    kind: 'checked',
    offsetMs: durationMs(offsetMs),
    errorMs: durationMs(700),
    at: later(FACTS_AT, -5_000),
  }) as const

test('says where, as whom and until when', () => {
  expect(wordsOf('Region')).toBe('eu_central_1, mypurecloud.de')
  expect(wordsOf('OAuth client')).toBe('5f3c')
  expect(wordsOf('Sign-in')).toBe('signed in until Fri 18 Sep 2026 12:30, 1 d left')
  expect(wordsOf('Requests')).toBe('23 in the last minute, of 150 that Tidemark allows itself')
})

test('says why nobody is signed in', () => {
  expect(wordsOf('Sign-in', { session: { kind: 'signedOut', reason: 'refused' } })).toBe(
    'signed out: the server refused the token',
  )
})

test('tells a clock that is wrong from one that is as good as can be measured', () => {
  expect(wordsOf('Clocks')).toMatch(/^not compared/)
  expect(wordsOf('Clocks', { clock: clock(300) })).toBe(
    'the same here and there, to within 1 s, compared 5 s ago',
  )
  expect(wordsOf('Clocks', { clock: clock(92_000) })).toMatch(
    /^this machine is 1 min 32 s behind the organisation/,
  )
  expect(wordsOf('Clocks', { clock: clock(-92_000) })).toContain('ahead of the organisation')
})

test('a simulated organisation is called so', () => {
  const { organisation } = wellFacts()
  expect(wordsOf('Region', { organisation: { ...organisation, simulation: 'quiet' } })).toBe(
    'simulated: quiet',
  )
  expect(
    wordsOf('Sign-in', { session: { kind: 'signedIn', expiresAt: epochMs(FACTS_AT) } }),
  ).toContain('0 s left')
})
