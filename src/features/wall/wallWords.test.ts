import { expect, test } from 'vitest'
import { epochMs, orgId } from '#domain/units.ts'
import type { WallState } from '#domain/wall/wallState.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { someMetric } from '#testing/someMetric.ts'
import { FACTS_AT } from '#testing/wellFacts.ts'
import { wallNews } from './wallNews.ts'
import { nameLines, rowHeight } from './wallPicture.ts'
import { layoutOf } from '#domain/wall/wallLayout.ts'
import { type WallReading, wallReading } from './wallReading.ts'
import { darkWords, rowNoun, rowWords, spanWords, tallyWords } from './wallWords.ts'

const reading = (state: WallState, known: Partial<WallReading> = {}): WallReading => ({
  id: orgId('a'),
  name: 'Alder Retail',
  isSimulated: false,
  state,
  since: null,
  reason: null,
  metric: null,
  value: '1',
  limit: '2',
  used: '50 %',
  provenance: 'measured',
  refused: 0,
  ...known,
})

const HD = { width: 1920, height: 1080 }
const layoutFor = (diagonalInches: number) =>
  layoutOf({ diagonalInches, distanceM: 5, screen: HD, whole: HD, hasRibbon: false })!

test.each<[readonly WallState[], boolean, string]>([
  [['ok'], false, '1 organisation, no warning'],
  [['ok', 'ok', 'unknown'], false, '3 organisations, none warns'],
  [['warn', 'blind', 'atLimit', 'ok'], false, '1 at limit, 1 warn, 1 blind'],
  [['warn', 'ok'], true, '1 warn of 2'],
  [
    ['atLimit', 'critical', 'warn', 'warn', 'blind', 'signedOut'],
    false,
    '1 at limit, 1 critical, 4 more',
  ],
])('%j is tallied in words that one line holds', (states, isRotating, words) => {
  expect(
    tallyWords(
      states.map((state) => reading(state)),
      isRotating,
      layoutFor(55),
    ),
  ).toBe(words)
})

test('beside larger letters the tally is shorter', () => {
  const words = (states: readonly WallState[]) =>
    tallyWords(
      states.map((state) => reading(state)),
      false,
      layoutFor(43),
    )
  expect(words(['ok', 'ok'])).toBe('No warning')
  expect(words(['atLimit', 'warn'])).toBe('1 at limit, 1 warn')
  expect(words(['atLimit', 'warn', 'blind'])).toBe('1 at limit, 2 more')
})

test('a span is told in minutes, then in hours', () => {
  const since = (ms: number) => plainSpaces(spanWords(epochMs(FACTS_AT - ms), FACTS_AT))
  expect(since(4_000)).toBe('4 s')
  expect(since(38 * 60_000 + 20_000)).toBe('38 min')
  expect(since(125 * 60_000)).toBe('2 h 5 min')
  expect(since(50 * 3_600_000 + 60_000)).toBe('2 d 2 h')
  expect(since(-60_000)).toBe('0 s')
})

test('what went dark on another day says which', () => {
  const since = epochMs(FACTS_AT - 3 * 86_400_000)
  expect(darkWords(reading('blind', { since }), FACTS_AT, 'UTC')).toBe('Blind since Mon 14 Sep')
  expect(darkWords(reading('signedOut'), FACTS_AT, 'UTC')).toBe('Signed out')
})

test('a row names the limit beside every number, and says where there is none', () => {
  const words = (state: WallState, known: Partial<WallReading>) =>
    plainSpaces(rowWords(reading(state, known)).join(' '))
  expect(words('warn', { value: '842', limit: '1 000' })).toBe('Warn, 842 / 1 000')
  expect(words('unknown', { value: '842', limit: null })).toBe('Unknown limit, 842')
  expect(words('off', { value: null, reason: 'not watched here' })).toBe('Off: not watched here')
})

test('what was not measured says how it came to be', () => {
  const metric = someMetric('calls', { title: 'Calls', group: 'sessions' })
  expect(rowNoun(reading('ok', { metric }))).toBe('calls')
  expect(rowNoun(reading('ok', { metric, provenance: 'proxy' }))).toBe('proxy')
})

test('an organisation whose start failed is blind since then, one nobody signed in to is signed out', () => {
  const organisation = { id: orgId('a'), name: 'A', region: 'r', domain: 'd', simulation: null }
  const failed = { kind: 'failed' as const, since: FACTS_AT, reason: 'no reply' }
  expect(wallReading(organisation, failed)).toMatchObject({ state: 'blind', since: FACTS_AT })
  expect(wallReading(organisation, { kind: 'signedOut' }).state).toBe('signedOut')
  expect(wallReading(organisation, null).state).toBe('starting')
})

test('what becomes graver is news; what was never seen before, or comes back as it went, is not', () => {
  const at = (state: WallState) => reading(state, state === 'blind' ? { value: null } : {})
  let seen: ReadonlyMap<ReturnType<typeof orgId>, number> = new Map()
  const heard = (['warn', 'blind', 'warn', 'atLimit', 'critical', 'ok', 'warn'] as const).map(
    (state) => {
      const { news, after } = wallNews(seen, [at(state)])
      seen = after
      return news.critical.length > 0 ? 'critical' : news.warn.length > 0 ? 'warn' : ''
    },
  )
  expect(heard).toEqual(['', '', '', 'critical', '', '', 'warn'])
})

test('a long name makes its row higher', () => {
  const layout = layoutFor(55)
  expect(nameLines('Alder Retail', 600, layout)).toBe(1)
  expect(nameLines('Gesellschaft für lange Namen', 600, layout)).toBe(2)
  expect(nameLines('x'.repeat(40), 600, layout)).toBe(3)
  expect(rowHeight('Alder Retail', 600, layout)).toBe(2 * 60 + 6)
})
