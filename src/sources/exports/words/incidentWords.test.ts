import { expect, test } from 'vitest'
import { durationMs, epochMs, orgId } from '#domain/units.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { incidentAt, someIncident } from '#testing/someIncident.ts'
import {
  clockText,
  isoText,
  minuteText,
  organisationWords,
  plusMinusText,
  simulatedWords,
  utcText,
  windowText,
  windowUtcText,
  zonedClockText,
  zoneName,
} from './incidentWords.ts'
import { spokenWindow } from '../charts/chartSummaries.ts'
import { limitSpans } from './limitSpans.ts'
import { numberedNotes } from './numberedNotes.ts'
import { clockWords } from './sourceTable.ts'

const at = (text: string) => epochMs(Date.parse(text))
const span = (from: string, to: string) => ({ from: at(from), to: at(to) })
const BERLIN = 'Europe/Berlin'

test.each([
  ['2026-09-17T10:45:00Z', '2026-09-17T12:30:00Z', 'Thu 17 Sep 2026, 12:45–14:30 CEST, UTC+2'],
  [
    '2026-09-17T10:45:00Z',
    '2026-09-17T10:45:30Z',
    'Thu 17 Sep 2026, 12:45:00–12:45:30 CEST, UTC+2',
  ],
  [
    '2026-09-17T20:00:00Z',
    '2026-09-18T01:00:00Z',
    'Thu 17 Sep 2026, 22:00 to Fri 18 Sep 2026, 03:00 CEST, UTC+2',
  ],
  // The night in which clocks are set back: 02:30 comes twice.
  [
    '2026-10-25T00:30:00Z',
    '2026-10-25T01:30:00Z',
    'Sun 25 Oct 2026, 02:30 CEST, UTC+2 to Sun 25 Oct 2026, 02:30 CET, UTC+1',
  ],
])('a window from %s to %s is written %s', (from, to, text) => {
  expect(windowText(span(from, to), BERLIN)).toBe(text)
})

test('an instant is written with its day where the clock alone could mean several', () => {
  const day = span('2026-09-17T10:00:00Z', '2026-09-17T12:00:00Z')
  const days = span('2026-09-17T10:00:00Z', '2026-09-19T12:00:00Z')
  const years = span('2026-12-31T10:00:00Z', '2027-01-01T12:00:00Z')
  expect(clockText(day.from, day, BERLIN)).toBe('12:00:00')
  expect(clockText(at('2026-09-16T10:00:00Z'), day, BERLIN)).toBe('16 Sep 12:00:00')
  expect(clockText(days.from, days, BERLIN)).toBe('17 Sep 12:00:00')
  expect(clockText(years.to, years, BERLIN)).toBe('1 Jan 2027 13:00:00')
})

test('in a night in which clocks are changed every clock time says its zone, and a header names both', () => {
  const night = span('2026-10-25T00:00:00Z', '2026-10-25T02:00:00Z')
  const [first, again] = [at('2026-10-25T00:30:00Z'), at('2026-10-25T01:30:00Z')]
  expect(clockText(first, night, BERLIN)).toBe('02:30:00 CEST')
  expect(clockText(again, night, BERLIN)).toBe('02:30:00 CET')
  expect(minuteText(again, night, BERLIN)).toBe('02:30 CET')
  expect(zoneName(night, BERLIN)).toBe('CEST/CET')
  expect(spokenWindow(night, BERLIN)).toBe('02:00 CEST to 03:00 CET')
  const before = span('2026-10-24T10:00:00Z', '2026-10-24T12:00:00Z')
  expect(minuteText(before.from, before, BERLIN)).toBe('12:00')
  const days = span('2026-09-17T10:00:00Z', '2026-09-19T12:00:00Z')
  expect(minuteText(days.from, days, BERLIN)).toBe('17 Sep 12:00')
  expect(zoneName(before, BERLIN)).toBe('CEST')
  expect(clockText(again, before, BERLIN)).toBe('25 Oct 02:30:00 CET')
  expect(zonedClockText(first, before, BERLIN)).toBe('25 Oct 02:30:00 CEST')
})

test('UTC is written for people and for programs; what is no instant is empty', () => {
  expect(utcText(at('2026-09-17T10:45:03.900Z'))).toBe('2026-09-17 10:45:03Z')
  expect(isoText(at('2026-09-17T10:45:03.900Z'))).toBe('2026-09-17T10:45:03.900Z')
  expect([NaN, Infinity, 9e15, 1e15].map(isoText)).toEqual(['', '', '', ''])
  expect(windowUtcText(span('2026-09-17T10:45:00Z', '2026-09-17T12:30:00Z'))).toBe(
    '2026-09-17 10:45:00Z to 2026-09-17 12:30:00Z',
  )
})

test('an organisation is named once, however often its domain says the same', () => {
  const organisation = {
    id: orgId('x'),
    name: 'Demo',
    region: '127.0.0.1:8787',
    domain: '127.0.0.1:8787',
    simulation: 'scenario quiet, seed 1',
  }
  expect(organisationWords(organisation)).toBe('Demo · 127.0.0.1:8787')
  expect(simulatedWords(organisation)).toMatch(/^Simulated organisation: scenario quiet, seed 1\. /)
  expect(simulatedWords({ ...organisation, simulation: null })).toBeNull()
  expect(simulatedWords(null)).toBeNull()
})

test('how exact a time is, in seconds or below; nothing where nobody can say', () => {
  expect([2_000, 500, 0, null].map(plusMinusText).map(plainSpaces)).toEqual([
    '± 2 s',
    '± 500 ms',
    '± 0 s',
    '',
  ])
})

test('a clock says how far it was moved, by whom, and how exact that is', () => {
  const incident = someIncident()
  const known = { movedMs: durationMs(0), plusMinusMs: null, how: 'asItIs' as const, drift: null }
  const words = (clock: Partial<Parameters<typeof clockWords>[0]>) =>
    plainSpaces(clockWords({ ...known, ...clock }, incident))
  expect(words({})).toBe('not moved, how exact is not known')
  expect(words({ movedMs: durationMs(-41_000), how: 'byHand' })).toBe(
    'moved −41 s, how exact is not known, by hand',
  )
  expect(
    words({ movedMs: durationMs(1_350), plusMinusMs: durationMs(500), how: 'dateHeaders' }),
  ).toBe('moved +1 350 ms, ± 500 ms, by Date headers')
  expect(words({ drift: { ppm: -12.5, from: incidentAt('13:00:00') }, how: 'correlation' })).toBe(
    'moved 0 s, how exact is not known, by cross-correlation, drift −12.5 ppm from 13:00:00',
  )
})

test('the levels of a limit fill a window, the time before anybody knew included', () => {
  const window = span('2026-09-17T10:00:00Z', '2026-09-17T12:00:00Z')
  const [noon, late] = [at('2026-09-17T11:00:00Z'), at('2026-09-17T13:00:00Z')]
  const steps = [
    { from: noon, value: 5, source: 'a' },
    { from: late, value: 6, source: 'b' },
  ]
  expect(limitSpans(steps, window)).toEqual([
    {
      from: window.from,
      to: noon,
      value: null,
      source: 'nobody had read it yet',
      isEarlier: true,
      since: null,
    },
    { from: noon, to: window.to, value: 5, source: 'a', isEarlier: false, since: noon },
  ])
  expect(limitSpans([], window)).toMatchObject([
    { ...window, value: null, source: 'no source names one' },
  ])
})

test('notes are numbered by time; lines of the timeline are no notes', () => {
  const [first, second] = someIncident().notes
  const line = { ...first!, id: 'line', place: 'timeline' as const }
  const numbered = numberedNotes(someIncident({ notes: [second!, line, first!] }))
  expect(numbered.map(({ number, note }) => [number, note.id])).toEqual([
    [1, 'note-1'],
    [2, 'note-2'],
  ])
})
