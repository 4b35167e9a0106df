import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DAY_MS, durationMs, epochMs, HOUR_MS, later, metricId } from '#domain/units.ts'
import { QUEUE_MEDIA, type QueueChoice } from '#domain/metrics/queueChoice.ts'
import { anyClasses, anyInstant, anySeriesChoice, anyZone } from '#testing/anyLink.ts'
import {
  DEFAULT_LIVE_VIEW,
  DEFAULT_WINDOW,
  type LiveView,
  liveSearchOf,
  liveViewOf,
  type TimeWindow,
} from './liveLink.ts'
import { searchOfText, textOfSearch } from './searchText.ts'

const seconds = (min: number, max: number) => fc.integer({ min, max }).map((n) => n * 1_000)
const anyWindow: fc.Arbitrary<TimeWindow> = fc.oneof(
  seconds(10, (396 * DAY_MS) / 1_000).map((ms) => ({
    kind: 'rolling' as const,
    lengthMs: durationMs(ms),
  })),
  fc.tuple(anyInstant, fc.integer({ min: 10_000, max: 396 * DAY_MS })).map(([from, ms]) => ({
    kind: 'absolute' as const,
    from,
    to: later(from, ms),
  })),
)
const anyQueue: fc.Arbitrary<QueueChoice> = fc.oneof(
  fc.constant({ kind: 'all' as const }),
  fc.constantFrom(...QUEUE_MEDIA).map(({ type }) => ({ kind: 'media' as const, media: type })),
  fc.string({ minLength: 1, unit: 'grapheme' }).map((id) => ({ kind: 'queue' as const, id })),
)
const anyView: fc.Arbitrary<LiveView> = fc.record({
  window: anyWindow,
  zone: anyZone,
  series: anySeriesChoice,
  queue: anyQueue,
  at: fc.option(anyInstant),
  errors: anyClasses,
  panel: fc.option(fc.constant('evidence' as const)),
})

test('every view survives the way through the address and back', () => {
  fc.assert(
    fc.property(anyView, (view) => {
      const address = textOfSearch(liveSearchOf(view))
      expect(liveViewOf(searchOfText(address))).toEqual({ view, notices: [] })
    }),
  )
})

test('any address at all shows something', () => {
  const names = fc.constantFrom(
    'w',
    'from',
    'to',
    'zone',
    'series',
    'queue',
    'at',
    'errors',
    'panel',
    'else',
  )
  fc.assert(
    fc.property(fc.dictionary(names, fc.oneof(fc.string(), fc.anything())), (search) => {
      const { window } = liveViewOf(search).view
      const length = window.kind === 'rolling' ? window.lengthMs : window.to - window.from
      expect(length).toBeGreaterThanOrEqual(10_000)
    }),
  )
})

test('a plain address is the usual view, and the usual view a plain address', () => {
  expect(liveViewOf({})).toEqual({ view: DEFAULT_LIVE_VIEW, notices: [] })
  expect(textOfSearch(liveSearchOf(DEFAULT_LIVE_VIEW))).toBe('')
})

test('addresses read well', () => {
  const view: LiveView = {
    window: {
      kind: 'absolute',
      from: epochMs(Date.UTC(2026, 8, 17, 11, 30)),
      to: epochMs(Date.UTC(2026, 8, 17, 14, 30)),
    },
    zone: 'UTC',
    series: [metricId('connections.open')],
    queue: { kind: 'queue', id: '0c7f2c1e-6f0e' },
    at: null,
    errors: ['capacity', 'rate'],
    panel: 'evidence',
  }
  expect(textOfSearch(liveSearchOf(view))).toBe(
    '?from=2026-09-17T11:30:00.000Z&to=2026-09-17T14:30:00.000Z&zone=UTC' +
      '&series=connections.open&queue=queue:0c7f2c1e-6f0e&errors=capacity,rate&panel=evidence',
  )
  const lastHours = { ...DEFAULT_LIVE_VIEW, window: { kind: 'rolling', lengthMs: 3 * HOUR_MS } }
  expect(liveSearchOf(lastHours as LiveView)).toEqual({ w: '3h' })
})

test.each([
  [{ w: '9q' }, 'The link says w=9q, which is not understood; the last hour is shown.'],
  [{ w: '400d' }, 'The link says w=400d, which is not understood; the last hour is shown.'],
  [
    { from: '2026-09-17T11:30', to: '2026-09-17T14:30:00Z' },
    'The link says from=2026-09-17T11:30, which is not understood; the last hour is shown.',
  ],
  [
    { from: '2026-09-17T14:30:00Z', to: '2026-09-17T11:30:00Z' },
    'The link names no window between 10 s and 13 months; the last hour is shown.',
  ],
  [
    { zone: 'Middle/Earth' },
    'The link says zone=Middle/Earth, which is not understood; your own zone is used.',
  ],
  [{ series: '%' }, 'The link says series=%, which is not understood; the usual series are shown.'],
  [
    { queue: 'fax' },
    'The link says queue=fax, which is not understood; the queues of all media are shown.',
  ],
  [
    { queue: 'queue:' },
    'The link says queue=queue:, which is not understood; the queues of all media are shown.',
  ],
  [{ at: 'noon' }, 'The link says at=noon, which is not understood; nothing is selected.'],
  [
    { errors: 'capacity,bad' },
    'The link says errors=capacity,bad, which is not understood; all classes are shown.',
  ],
  [
    { panel: 'cockpit' },
    'The link says panel=cockpit, which is not understood; nothing lies open beside the charts.',
  ],
])('%o falls back to the default and says so', (search, notice) => {
  const { view, notices } = liveViewOf(search)
  expect(view).toEqual(DEFAULT_LIVE_VIEW)
  expect(view.window).toEqual(DEFAULT_WINDOW)
  expect(notices).toContain(notice)
})

test('a link that is mostly torn says so in one sentence', () => {
  const { notices } = liveViewOf({ w: 'abc', zone: 'Mars', at: 'never', errors: 'odd' })
  expect(notices).toEqual([
    '4 parts of the link are not understood; what is usual stands in their place.',
  ])
})
