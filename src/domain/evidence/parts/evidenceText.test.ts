import { expect, test } from 'vitest'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { someEvidence, someVerdict } from '#testing/someEvidence.ts'
import { evidenceText } from './evidenceText.ts'

const text = (...known: Parameters<typeof someEvidence>) =>
  plainSpaces(evidenceText(someEvidence(...known), 'Europe/Berlin'))

test('begins with the window, the verdict, what speaks against it and how far to trust it', () => {
  const [window, verdict, against, trust, blank] = text().split('\n')
  expect(window).toBe('Evidence, Thu 17 Sep 2026, 11:30 to 14:30 CEST, UTC+2')
  expect(verdict).toMatch(/^Capacity-bound\. 96 % of 312 refused/)
  expect(against).toMatch(/^Against it: /)
  expect(trust).toBe(
    'WebSocket connections · measured, organisation · 97 % covered · clock ± 0.4 s',
  )
  expect(blank).toBe('')
})

test('holds every number of the drawer under its heading', () => {
  const shown = text()
  expect(shown).toContain('\nHow sure\n  Attributable fraction: 0.95 (0.91 to 0.97)\n')
  expect(shown).toContain(
    '\n  Observed: 91 bins worth of refusals at the limit; 2 of 1 044 shifts give as much.\n',
  )
  expect(shown).toMatch(/\nTime to the limit\n {2}At \+198 per hour .*80 % of futures/)
  expect(shown).toContain('\n  A named by server: 41\n')
  expect(shown).toContain('\n  Attempts, with jitter: 172 (× 2.05), 7 per second at most')
  expect(shown).toContain('\n  By replay of this window: 1 090 (1 071 to 1 112)\n')
})

test('says so where the clock was not checked, and where nothing is on trial', () => {
  const verdict = someVerdict({ word: 'cannot-tell', reason: 'no-limit', coverage: 0 })
  const shown = text({ subject: null, clockErrorMs: null, verdict })
  expect(shown).toContain('0 % covered · clock not checked')
  expect(shown).not.toContain('Against it\n')
})

test('never writes what is no number', () => {
  expect(text()).not.toMatch(/NaN|undefined|null/)
})
