import { expect, test } from 'vitest'
import { plantedWindow, stretches } from '#testing/plantedWindow.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { epochMs, metricId } from '../units.ts'
import type { JournalEntry } from './limitJournal.ts'
import { hasMoved, lateStretch, rejudgedOf, windowAround } from './rejudged.ts'
import { rejudgedWords } from './rejudgedWords.ts'

const MANUAL = {
  metric: metricId('connections'),
  value: 100,
  from: epochMs(0),
  until: null,
  author: 'Ada',
  setAt: epochMs(900),
  note: '',
}
const entry = (known: Partial<JournalEntry>): JournalEntry => ({
  id: 'one',
  kind: 'effective',
  key: null,
  metric: metricId('connections'),
  from: 60,
  to: 100,
  earliest: epochMs(300),
  latest: epochMs(300),
  firstSeenAt: epochMs(900),
  explanation: { kind: 'unexplained' },
  ...known,
})

test('a change known later than it held has a stretch to judge anew', () => {
  expect(lateStretch(entry({}))).toEqual({ from: 300, to: 900 })
  expect(lateStretch(entry({ firstSeenAt: epochMs(300) }))).toBeNull()
  expect(lateStretch(entry({ firstSeenAt: null }))).toBeNull()
  expect(lateStretch(entry({ kind: 'requested' }))).toBeNull()
})

test('a typed limit that ended before it was typed is judged anew up to its end', () => {
  const limit = { ...MANUAL, until: epochMs(500) }
  const explanation = { kind: 'manual' as const, limit, hasEnded: false }
  expect(lateStretch(entry({ explanation }))).toEqual({ from: 300, to: 500 })
})

test('the window around reaches back as far again, and not beyond now', () => {
  const stretch = { from: epochMs(7_200_000), to: epochMs(10_800_000) }
  expect(windowAround(stretch, epochMs(11_000_000))).toEqual({ from: 3_600_000, to: 11_000_000 })
})

/** Use of 60 for a while in each of three thirds, refused there; believed 60, in truth 100 in the middle. */
function judged(believed: number | null, truly: number, errorsAtTop = 3) {
  const values = stretches([30, 120], [60, 60], [30, 120], [60, 60], [30, 120], [60, 60], [30, 60])
  const planted = plantedWindow({
    values,
    limit: truly,
    errors: values.map((value) => (value === 60 ? errorsAtTop : 0)),
    attempts: values.map(() => 6),
  })
  return rejudgedOf({
    ...planted,
    subject: planted.subject!,
    window: { from: planted.from, to: planted.to },
    stretch: { from: epochMs(180_000), to: epochMs(480_000) },
    believed,
  })
}

test('a higher limit that held already takes time at the limit away', () => {
  const found = judged(60, 100)
  expect(found.old).toMatchObject({ atLimitMs: 60_000, above: 0 })
  expect(found.new).toMatchObject({ atLimitMs: 0, above: 0 })
  expect(plainSpaces(rejudgedWords(found, 'UTC'))).toBe(
    'Judged anew from 00:03 to 00:08: 1 min at the limit before, none now; the verdict was partly and is not capacity-bound.',
  )
})

test('a lower one brings samples above it to light', () => {
  const found = judged(100, 50)
  expect(found.new.above).toBe(60)
  expect(plainSpaces(rejudgedWords(found, 'UTC'))).toContain(
    '0 of 300 samples above it before, 60 now',
  )
})

test('a limit that nobody knew says so', () => {
  const found = judged(null, 60)
  expect(found.old.atLimitMs).toBeNull()
  expect(found.new.verdict.word).toBe('capacity-bound')
  expect(rejudgedWords(found, 'UTC')).toContain('limit not known before')
})

test('the same limit moves nothing', () => {
  const found = judged(60, 60)
  expect(hasMoved(found)).toBe(false)
  expect(rejudgedWords(found, 'UTC')).toBe(
    'Judged anew from 00:03 to 00:08: nothing moved; the verdict stays capacity-bound.',
  )
})

test('a stretch without samples moved no verdict', () => {
  const planted = plantedWindow({ values: [], limit: 5, errors: [] })
  const found = rejudgedOf({
    ...planted,
    subject: planted.subject!,
    window: { from: epochMs(0), to: epochMs(600_000) },
    stretch: { from: epochMs(0), to: epochMs(60_000) },
    believed: 3,
  })
  expect(rejudgedWords(found, 'UTC')).toBe(
    'Nothing was measured from 00:00 to 00:01: no verdict moved.',
  )
})
