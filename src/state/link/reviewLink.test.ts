import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Span } from '#domain/incident/incident.ts'
import { DAY_MS, epochMs, later, orgId } from '#domain/units.ts'
import { anyClasses, anyInstant, anySeriesChoice, anyZone } from '#testing/anyLink.ts'
import { DEFAULT_LIVE_VIEW } from './liveLink.ts'
import {
  DEFAULT_REVIEW_VIEW,
  type ReviewView,
  reviewOfLive,
  reviewSearchOf,
  reviewViewOf,
} from './reviewLink.ts'
import { searchOfText, textOfSearch } from './searchText.ts'

const anySpan: fc.Arbitrary<Span> = fc
  .tuple(anyInstant, fc.integer({ min: 1_000, max: 396 * DAY_MS }))
  .map(([from, ms]) => ({ from, to: later(from, ms) }))
const anyView: fc.Arbitrary<ReviewView> = fc.record({
  org: fc.option(fc.constantFrom(orgId('simulated-limit-raised'), orgId('mypurecloud.de-4711'))),
  window: fc.option(anySpan),
  zone: anyZone,
  series: anySeriesChoice,
  at: fc.option(anyInstant),
  comparison: fc.option(fc.record({ a: anySpan, b: anySpan })),
  errors: anyClasses,
  panel: fc.option(fc.constant('evidence' as const)),
})

test('every view survives the way through the address and back', () => {
  fc.assert(
    fc.property(anyView, (view) => {
      const address = textOfSearch(reviewSearchOf(view))
      expect(reviewViewOf(searchOfText(address))).toEqual({ view, notices: [] })
    }),
  )
})

test('any address at all shows something, and its windows have a length', () => {
  const names = fc.constantFrom(
    'org',
    'from',
    'to',
    'zone',
    'series',
    'at',
    'a',
    'b',
    'errors',
    'panel',
    'x',
  )
  fc.assert(
    fc.property(fc.dictionary(names, fc.oneof(fc.string(), fc.anything())), (search) => {
      const { window, comparison } = reviewViewOf(search).view
      const spans = [window, comparison?.a, comparison?.b].flatMap((span) => span ?? [])
      for (const { from, to } of spans) expect(to - from).toBeGreaterThanOrEqual(1_000)
    }),
  )
})

test('an empty address asks for nothing', () => {
  expect(reviewViewOf({})).toEqual({ view: DEFAULT_REVIEW_VIEW, notices: [] })
  expect(textOfSearch(reviewSearchOf(DEFAULT_REVIEW_VIEW))).toBe('')
})

test('a window without its end, or upside down, is said and left out', () => {
  const torn = reviewViewOf({ from: '2026-09-17T10:45:00Z' })
  expect(torn.view.window).toBeNull()
  expect(torn.notices[0]).toMatch(/no window between/)
  const turned = reviewViewOf({ from: '2026-09-17T12:00:00Z', to: '2026-09-17T10:00:00Z' })
  expect(turned.view.window).toBeNull()
})

test('one window to compare is none', () => {
  const { view, notices } = reviewViewOf({ a: '2026-09-17T10:45:00Z/2026-09-17T11:40:00Z' })
  expect(view.comparison).toBeNull()
  expect(notices).toEqual(['The link names no two windows to compare.'])
})

test('a window that stands still on Live is reviewed as it is, with what is selected', () => {
  const org = orgId('alder')
  const [from, to] = [epochMs(1_789_640_000_000), epochMs(1_789_643_600_000)]
  const live = { ...DEFAULT_LIVE_VIEW, window: { kind: 'absolute' as const, from, to }, at: from }
  expect(reviewOfLive(org, { ...live, zone: 'UTC', errors: ['capacity'] })).toEqual({
    ...DEFAULT_REVIEW_VIEW,
    org,
    window: { from, to },
    zone: 'UTC',
    at: from,
    errors: ['capacity'],
  })
})

test('a window that moves has no end: the review is of that organisation, and chooses itself', () => {
  const org = orgId('alder')
  expect(reviewOfLive(org, DEFAULT_LIVE_VIEW)).toEqual({ ...DEFAULT_REVIEW_VIEW, org })
  expect(reviewOfLive(org, null)).toEqual({ ...DEFAULT_REVIEW_VIEW, org })
})
