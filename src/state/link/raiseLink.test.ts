import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Span } from '#domain/incident/incident.ts'
import { DAY_MS, epochMs, later, metricId } from '#domain/units.ts'
import { anyInstant, anyZone } from '#testing/anyLink.ts'
import { DEFAULT_RAISE_VIEW, type RaiseView, raiseSearchOf, raiseViewOf } from './raiseLink.ts'
import { searchOfText, textOfSearch } from './searchText.ts'

const anySpan: fc.Arbitrary<Span> = fc
  .tuple(anyInstant, fc.integer({ min: 1, max: 14 * DAY_MS }))
  .map(([from, ms]) => ({ from, to: later(from, ms) }))
const anyView: fc.Arbitrary<RaiseView> = fc.record({
  metric: fc.option(fc.string({ unit: 'grapheme', minLength: 1 }).map(metricId)),
  at: fc.option(anyInstant),
  windows: fc.option(fc.record({ before: anySpan, after: anySpan })),
  zone: anyZone,
})

test('every view survives the way through the address and back', () => {
  fc.assert(
    fc.property(anyView, (view) => {
      const address = textOfSearch(raiseSearchOf(view))
      expect(raiseViewOf(searchOfText(address))).toEqual({ view, notices: [] })
    }),
  )
})

test('any address at all shows something', () => {
  const names = fc.constantFrom('metric', 'at', 'before', 'after', 'zone', 'else')
  fc.assert(
    fc.property(fc.dictionary(names, fc.oneof(fc.string(), fc.anything())), (search) => {
      const { windows } = raiseViewOf(search).view
      if (windows) expect(windows.before.to).toBeGreaterThan(windows.before.from)
    }),
  )
})

test('addresses read well', () => {
  const noon = epochMs(Date.UTC(2026, 8, 17, 12))
  const view: RaiseView = {
    ...DEFAULT_RAISE_VIEW,
    metric: metricId('connections.open'),
    at: noon,
    windows: {
      before: { from: later(noon, -3_600_000), to: noon },
      after: { from: noon, to: later(noon, 3_600_000) },
    },
  }
  expect(raiseSearchOf(view)).toEqual({
    metric: 'connections.open',
    at: '2026-09-17T12:00:00.000Z',
    before: '2026-09-17T11:00:00.000Z/2026-09-17T12:00:00.000Z',
    after: '2026-09-17T12:00:00.000Z/2026-09-17T13:00:00.000Z',
  })
  expect(raiseSearchOf(DEFAULT_RAISE_VIEW)).toEqual({})
})

test.each([
  [{ at: 'noon' }, 'The link says at=noon, which is not understood; the newest change is shown.'],
  [
    { before: '2026-09-17T11:00:00Z/2026-09-17T12:00:00Z' },
    'The link names no two windows; the proposed ones are compared.',
  ],
])('%o falls back to the default and says so', (search, notice) => {
  const { view, notices } = raiseViewOf(search)
  expect(view).toEqual(DEFAULT_RAISE_VIEW)
  expect(notices).toContain(notice)
})
