import { expect, test } from 'vitest'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { epochMs } from '../units.ts'
import { journalWords, requestSentence } from './journalWords.ts'
import type { JournalEntry } from './limitJournal.ts'
import type { LimitRequest } from './registryFact.ts'

const at = (text: string) => epochMs(Date.parse(text))
const request: LimitRequest = {
  id: 'r1',
  namespace: 'dataactions',
  key: 'actions.concurrent.executions.max',
  requestedValue: 1500,
  currentValue: 1000,
  status: 'ChangeImplemented',
  createdAt: at('2026-09-10T08:00:00Z'),
  completedAt: at('2026-09-13T19:04:00Z'),
  rejectReason: null,
}
const entry = (known: Partial<JournalEntry>): JournalEntry => ({
  id: 'e',
  kind: 'effective',
  key: request,
  metric: null,
  from: 1000,
  to: 1500,
  earliest: at('2026-09-14T00:45:00Z'),
  latest: at('2026-09-14T01:00:00Z'),
  firstSeenAt: at('2026-09-14T01:00:00Z'),
  explanation: { kind: 'unexplained' },
  ...known,
})
const said = (known: Partial<JournalEntry>) => {
  const words = journalWords(entry(known), 'Europe/Berlin')
  return { ...words, change: plainSpaces(words.change) }
}

test('a change that nothing explains is flagged, and says in which stretch it happened', () => {
  expect(said({})).toEqual({
    when: 'Mon 14 Sep 03:00',
    tag: 'unexplained',
    change: '1 000 → 1 500',
    sentences: [
      'No change request leads to it.',
      'Valid from between Mon 14 Sep 02:45 and Mon 14 Sep 03:00.',
    ],
    isFlagged: true,
  })
})

test('a change by request says when it was first seen and when it was carried out', () => {
  const carried = at('2026-09-13T19:04:00Z')
  const { tag, sentences, isFlagged } = said({
    earliest: carried,
    latest: carried,
    explanation: { kind: 'request', request },
  })
  expect([tag, isFlagged]).toEqual(['change request', false])
  expect(sentences).toEqual([
    'First seen Mon 14 Sep 03:00.',
    'The request was carried out Sun 13 Sep 21:04.',
  ])
})

test('what is known from a request alone says so', () => {
  const { sentences } = said({
    earliest: at('2026-09-13T19:04:00Z'),
    latest: at('2026-09-13T19:04:00Z'),
    firstSeenAt: null,
    explanation: { kind: 'request', request },
  })
  expect(sentences).toEqual(['Known from the request alone, carried out Sun 13 Sep 21:04.'])
})

test('a limit of before anybody knew one is unknown, never 0', () => {
  expect(said({ from: null }).change).toBe('unknown → 1 500')
})

test('a typed limit names its author, and the note that came with it', () => {
  const limit = {
    metric: 'open' as never,
    value: 1500,
    from: at('2026-09-14T01:00:00Z'),
    until: null,
    author: 'Ada',
    setAt: at('2026-09-14T02:00:00Z'),
    note: 'Case 4711',
  }
  expect(said({ explanation: { kind: 'manual', limit, hasEnded: false } }).sentences).toEqual([
    'Typed by Ada, Mon 14 Sep 04:00.',
    'Case 4711',
  ])
})

test.each([
  [{ status: 'Rejected', rejectReason: 'IncreaseNotRequired' }, 'Rejected: no increase is needed.'],
  [{ status: 'Rejected', rejectReason: null }, 'Rejected.'],
  [{ status: 'Rejected', rejectReason: 'SomethingNew' }, 'Rejected: SomethingNew.'],
  [{ status: 'Pending' }, 'Pending. Drawn as a dashed step ahead of now.'],
  [{ status: 'SomethingNew' }, 'SomethingNew.'],
])('a request %j is told as %s', (known, sentence) => {
  expect(requestSentence({ ...request, ...known })).toBe(sentence)
})
