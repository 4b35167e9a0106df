import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  DEFAULT_LIMITS_VIEW,
  LIMIT_FILTERS,
  LIMIT_PANELS,
  LIMIT_SORTS,
  limitsSearchOf,
  limitsViewOf,
} from './limitsLink.ts'
import { searchOfText, textOfSearch } from './searchText.ts'

const anyText = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
const anyView = fc.record({
  filter: fc.constantFrom(...LIMIT_FILTERS),
  sort: fc.constantFrom(...LIMIT_SORTS),
  find: fc.oneof(fc.constant(''), anyText),
  panel: fc.constantFrom(...LIMIT_PANELS),
  limit: fc.option(anyText),
})

test('what is shown survives the way through an address', () => {
  fc.assert(
    fc.property(anyView, (view) => {
      const address = textOfSearch(limitsSearchOf(view))
      expect(limitsViewOf(searchOfText(address))).toEqual({ view, notices: [] })
    }),
  )
})

test('what is usual leaves the address bare', () => {
  expect(limitsSearchOf(DEFAULT_LIMITS_VIEW)).toEqual({})
})

test('what is not understood is named, and the rest is shown', () => {
  const { view, notices } = limitsViewOf({ show: 'worst', panel: 'audit' })
  expect(view).toEqual({ ...DEFAULT_LIMITS_VIEW, panel: 'audit' })
  expect(notices).toEqual([
    'The link says show=worst, which is not understood; limits in use are listed.',
  ])
})
