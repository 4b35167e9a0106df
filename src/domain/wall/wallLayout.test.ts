import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arcMinutesOfFont, LEAST_ARC } from './legibility.ts'
import { layoutOf, MOST_TILES, type WallAsk, wallPlan } from './wallLayout.ts'

const HD = { width: 1920, height: 1080 }

const ask = (known: Partial<WallAsk> = {}): WallAsk => ({
  diagonalInches: 55,
  distanceM: 5,
  screen: HD,
  whole: HD,
  hasRibbon: false,
  tiles: MOST_TILES,
  ...known,
})

const fitting = (known: Partial<WallAsk> = {}) => {
  const plan = wallPlan(ask(known))
  if (plan.kind === 'refused') throw new Error(`refused: ${JSON.stringify(plan.remedies)}`)
  return plan.layout
}

test('a 55-inch screen read from 5 m has the sizes of the drawing and seven tiles', () => {
  expect(fitting()).toMatchObject({
    stretch: 1,
    text: 54,
    number: 84,
    headline: 108,
    value: 132,
    header: 96,
    pinnedWidth: 944,
    rowLines: 2,
    tiles: 7,
  })
})

test('seven tiles fit beside the ribbon of simulated organisations, too', () => {
  expect(fitting({ hasRibbon: true }).tiles).toBe(7)
})

test('the same screen with twice the pixels has letters of the same height', () => {
  const UHD = { width: 3840, height: 2160 }
  expect(fitting({ screen: UHD, whole: UHD })).toMatchObject({ text: 108, stretch: 1, tiles: 7 })
})

test('a 43-inch screen has room for fewer tiles with larger letters', () => {
  const plan = wallPlan(ask({ diagonalInches: 43 }))
  expect(plan).toMatchObject({
    kind: 'refused',
    leastTextPx: 68,
    remedies: [
      { kind: 'fewerTiles', tiles: 4 },
      { kind: 'nearer', distanceM: 4 },
      { kind: 'larger', diagonalInches: 54 },
    ],
  })
  const layout = fitting({ diagonalInches: 43, tiles: 4 })
  expect(layout).toMatchObject({ rowLines: 3, tiles: 4 })
  expect(layout.text).toBeGreaterThanOrEqual(68)
})

test('a desk monitor read from 5 m is refused, and only coming nearer or a larger one would do', () => {
  const plan = wallPlan(ask({ diagonalInches: 24, tiles: 1 }))
  expect(plan).toMatchObject({
    kind: 'refused',
    remedies: [{ kind: 'nearer' }, { kind: 'larger' }],
  })
})

const anyAsk: fc.Arbitrary<WallAsk> = fc
  .record({
    diagonalInches: fc.double({ min: 10, max: 150, noNaN: true }),
    distanceM: fc.double({ min: 0.5, max: 20, noNaN: true }),
    screen: fc.constantFrom(HD, { width: 3840, height: 2160 }, { width: 1366, height: 768 }),
    whole: fc.constant(HD),
    hasRibbon: fc.boolean(),
    tiles: fc.integer({ min: 1, max: MOST_TILES }),
  })
  .map((some) => ({ ...some, whole: some.screen }))

test('whatever fits can be read: text, numbers and headline span their angles', () => {
  fc.assert(
    fc.property(anyAsk, (some) => {
      const plan = wallPlan(some)
      if (plan.kind === 'refused') return
      const viewing = { ...some, resolution: some.whole, pixelRatio: 1 }
      const arc = (fontPx: number) => arcMinutesOfFont(viewing, fontPx) + 1e-6
      expect(arc(plan.layout.text)).toBeGreaterThanOrEqual(LEAST_ARC.text)
      expect(arc(plan.layout.number)).toBeGreaterThanOrEqual(LEAST_ARC.number)
      expect(arc(plan.layout.headline)).toBeGreaterThanOrEqual(LEAST_ARC.headline)
    }),
  )
})

test('what fits stays on the screen', () => {
  fc.assert(
    fc.property(anyAsk, (some) => {
      const layout = layoutOf(some)
      if (!layout) return
      const { rowLines, line, rowAir, tiles, rowsHeight, header, ribbon, screen } = layout
      expect(tiles * (rowLines * line + rowAir)).toBeLessThanOrEqual(rowsHeight)
      expect(header + ribbon + rowsHeight).toBeLessThanOrEqual(screen.height)
    }),
  )
})

test('every remedy that a refusal names works', () => {
  fc.assert(
    fc.property(anyAsk, (some) => {
      const plan = wallPlan(some)
      if (plan.kind === 'fits') return
      for (const remedy of plan.remedies) {
        const { kind, ...changed } = remedy
        expect([kind, wallPlan({ ...some, ...changed }).kind]).toEqual([kind, 'fits'])
      }
    }),
  )
})
