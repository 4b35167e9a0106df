import { expect, test } from 'vitest'
import type { AtLimitCount, Stretch } from '#domain/timeline/atLimit.ts'
import { durationMs, epochMs, later } from '#domain/units.ts'
import type { TileReading } from '#ui/tile/tileReading.ts'
import type { Refused } from './refusedIn.ts'
import { speaking, type StatusFacts, statusSentence } from './statusSentence.ts'

const noon = epochMs(Date.UTC(2026, 8, 17, 12))
const at = (seconds: number) => later(noon, seconds * 1000)

const tile = (known: Partial<TileReading>): TileReading => ({
  title: 'WebSocket connections',
  state: 'ok',
  value: '12',
  limit: '50',
  usedRatio: 0.24,
  lastRatio: 0.24,
  used: '24 %',
  details: [],
  off: null,
  ...known,
})

const stay = (from: number, to: number): Stretch => ({
  state: 'atLimit',
  from: at(from - 2),
  to: at(to + 2),
  seenAt: at(from),
  lastAt: at(to),
})

const plain = (text: string) => text.replaceAll('\u202f', ' ')

function say(known: {
  worst?: TileReading | null
  stays?: readonly Stretch[]
  count?: Partial<AtLimitCount>
  title?: string
  isUnjudged?: boolean
  refused?: Refused
  isSummarised?: boolean
}) {
  const stays = known.stays ?? []
  const count: AtLimitCount = {
    refused: 0,
    refusedAtLimit: 0,
    refusedBelow: 0,
    refusedUnknown: 0,
    atLimitMs: durationMs(0),
    quietAtLimitMs: durationMs(0),
    coverage: 1,
    newest: stays.at(-1) ?? null,
    ...known.count,
  }
  const facts: StatusFacts = {
    worst: known.worst === undefined ? tile({}) : known.worst,
    judged: known.isUnjudged
      ? null
      : { title: known.title ?? 'WebSocket connections', stretches: stays, count },
    isSummarised: known.isSummarised ?? false,
    refused: known.refused ?? { watched: count.refused, inFiles: 0, files: [] },
    zone: 'UTC',
  }
  const { state, sentence, counter } = statusSentence(facts)
  return { state, sentence, counter: plain(counter) }
}

test('at the limit: since when, and what was refused there and below', () => {
  expect(
    say({
      worst: tile({ state: 'atLimit', value: '50', used: '100 %' }),
      stays: [stay(0, 300)],
      count: { refused: 30, refusedAtLimit: 30, quietAtLimitMs: durationMs(260_000) },
    }),
  ).toEqual({
    state: 'atLimit',
    sentence:
      'WebSocket connections 50 of 50 since 12:00:00; 30 of 30 refused in this window came at the limit.',
    counter: '0 refused below the limit; 4 min 20 s at the limit passed without refusals.',
  })
})

test('back below the limit: how often and how long it was there', () => {
  const { sentence } = say({
    stays: [stay(0, 60), stay(120, 180)],
    count: { refused: 9, refusedAtLimit: 8, refusedBelow: 1, atLimitMs: durationMs(120_000) },
  })
  expect(plain(sentence)).toBe(
    'WebSocket connections at the limit twice for 2 min, until 12:03:00; 8 of 9 refused came at the limit.',
  )
})

test('never at the limit: refusals are named without it', () => {
  expect(say({ count: { refused: 7, refusedBelow: 7 } })).toMatchObject({
    sentence: 'WebSocket connections not at the limit in this window; 7 refused.',
    counter: '7 refused below the limit.',
  })
})

test('what happened at the limit comes before how something else stands, while that is well', () => {
  const stays = [stay(0, 60)]
  const count = { refused: 5, refusedAtLimit: 5, atLimitMs: durationMs(60_000) }
  const calls = { title: 'Call sessions', value: '734', limit: '1 000', used: '73 %' }
  const history =
    'WebSocket connections at the limit once for 1 min, until 12:01:00; 5 of 5 refused came at the limit.'
  expect(plain(say({ worst: tile(calls), stays, count }).sentence)).toBe(history)
  const full = { ...calls, state: 'critical', value: '950', used: '95 %' } as const
  expect(plain(say({ worst: tile(full), stays, count }).sentence)).toBe(
    `Call sessions 950 of 1 000, 95 % used; ${history}`,
  )
  const late = { ...calls, state: 'stale', used: null, details: ['52 s old'] } as const
  expect(plain(say({ worst: tile(late), stays, count }).sentence)).toBe(
    `Call sessions 734 of 1 000, 52 s old; ${history}`,
  )
  const other = say({ worst: tile({ ...calls, state: 'atLimit', value: '1 000' }) })
  expect(other.sentence).toBe(
    'Call sessions 1 000 of 1 000; WebSocket connections not at the limit in this window; none refused.',
  )
})

test('where nothing happened one short sentence says so', () => {
  expect(say({})).toEqual({
    state: 'ok',
    sentence:
      'WebSocket connections 12 of 50, 24 % used; not at the limit in this window; none refused.',
    counter: '',
  })
  expect(say({ worst: tile({ title: 'Call sessions' }) }).sentence).toBe(
    'WebSocket connections not at the limit in this window; none refused.',
  )
})

test('what a load test met is told as its file’s', () => {
  const refused = { watched: 0, inFiles: 8_099, files: ['ramp.jtl'] }
  const count = { refused: 8_099, refusedUnknown: 8_099, coverage: 0 }
  expect(say({ count, refused }).counter).toBe(
    '8 099 refused while nothing was measured; all of them from ramp.jtl.',
  )
  const some = say({
    count: { refused: 9, refusedBelow: 9 },
    refused: { ...refused, watched: 1, inFiles: 8 },
  })
  expect(some.counter).toBe('9 refused below the limit; 8 of them from ramp.jtl.')
  const unjudged = { worst: tile({ state: 'unknown', limit: null }), isUnjudged: true }
  expect(say({ ...unjudged, refused }).counter).toBe(
    '8 099 refused in this window, all of them from ramp.jtl.',
  )
})

test('what was not covered, and refused unseen, is said', () => {
  const { counter } = say({ count: { refused: 3, refusedUnknown: 3, coverage: 0.71 } })
  expect(counter).toBe(
    '0 refused below the limit; 3 refused while nothing was measured; 71 % of the window is covered by samples.',
  )
})

test('a window without samples is not called below the limit', () => {
  expect(say({ count: { refused: 8, refusedUnknown: 8, coverage: 0 } })).toMatchObject({
    sentence: 'WebSocket connections not measured in this window; 8 refused.',
    counter: '8 refused while nothing was measured.',
  })
})

test('without a limit there is no judgement, and no share', () => {
  expect(
    say({
      worst: tile({ state: 'unknown', value: '612', limit: null, used: null }),
      isUnjudged: true,
      count: { refused: 2 },
    }),
  ).toEqual({
    state: 'unknown',
    sentence: 'No limit is known. WebSocket connections: 612, drawn without a line.',
    counter: '2 refused in this window.',
  })
})

test.each([
  [null, 'Nothing is measured here yet.'],
  [tile({ state: 'loading', value: null }), 'The first replies are on their way.'],
])('where nothing is measured it says so: %#', (worst, sentence) => {
  expect(say({ worst }).sentence).toBe(sentence)
})

test('a blind metric is told with what happened before', () => {
  const worst = tile({ state: 'blind', value: null, details: ['since 11:52: no reply, network'] })
  const since = 'WebSocket connections since 11:52: no reply, network'
  expect(say({ worst, isUnjudged: true }).sentence).toBe(`${since}.`)
  expect(say({ worst, count: { coverage: 0, refused: 2 } })).toMatchObject({
    state: 'blind',
    sentence: `${since}.`,
    counter: '2 refused in this window.',
  })
  const stays = [stay(0, 60)]
  const count = { refused: 5, refusedAtLimit: 5, atLimitMs: durationMs(60_000), coverage: 0.5 }
  expect(plain(say({ worst, stays, count }).sentence)).toBe(
    `${since}; at the limit once for 1 min, until 12:01:00; 5 of 5 refused came at the limit.`,
  )
  expect(
    say({ worst: tile({ ...worst, details: ['no reply yet: 503'] }), isUnjudged: true }),
  ).toMatchObject({ sentence: 'WebSocket connections: no reply yet: 503.' })
})

test('where all else is well, connections that cannot be seen give the line its word', () => {
  const calls = tile({ title: 'Call sessions' })
  const blind = tile({ state: 'blind', value: null })
  expect(speaking(calls, blind)).toBe(blind)
  expect(speaking(calls, tile({ state: 'stale' }))?.state).toBe('stale')
  expect(speaking(calls, tile({}))).toBe(calls)
  const stale = tile({ title: 'Call sessions', state: 'stale' })
  expect(speaking(stale, blind)).toBe(blind)
  expect(speaking(stale, tile({ state: 'stale' }))).toBe(stale)
  const full = tile({ title: 'Call sessions', state: 'critical' })
  expect(speaking(full, blind)).toBe(full)
  expect(speaking(null, null)).toBeNull()
})

test('of a window in steps only the level now and the number of refusals are said', () => {
  const summarised = { isSummarised: true, count: { coverage: 0.1 } }
  expect(say({ ...summarised, refused: { watched: 312, inFiles: 0, files: [] } })).toMatchObject({
    sentence: 'WebSocket connections 12 of 50, 24 % used.',
    counter: '312 refused in this window. Summaries do not say how many of them came at the limit.',
  })
  expect(say(summarised).counter).toBe('')
})
