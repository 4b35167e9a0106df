import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { contrast, difference, over, type Vision } from '#testing/contrast.ts'
import { COLOURS, type ColourToken, type ThemeName, TINTS } from '#domain/charts/themeColours.ts'

const THEMES: readonly ThemeName[] = ['dark', 'light']
const GROUNDS: readonly ColourToken[] = ['bg', 'panel', 'raised']

const pairs = (tokens: readonly ColourToken[]) =>
  THEMES.flatMap((theme) =>
    tokens.flatMap((token) => GROUNDS.map((ground) => [theme, token, ground] as const)),
  )

test.each(pairs(['ink', 'ink2', 'ink3', 'water']))(
  '%s: %s can be read as text on %s',
  (theme, token, ground) => {
    expect(contrast(COLOURS[theme][token], COLOURS[theme][ground])).toBeGreaterThanOrEqual(4.5)
  },
)

test.each(pairs(['edge', 'limit', 'ok', 'warn', 'crit', 'rate']))(
  '%s: %s can be told as a graphic on %s',
  (theme, token, ground) => {
    expect(contrast(COLOURS[theme][token], COLOURS[theme][ground])).toBeGreaterThanOrEqual(3)
  },
)

test.each(THEMES)('%s: text on an accent fill and on the time tag is readable', (theme) => {
  const { bg, water, ink } = COLOURS[theme]
  expect(contrast(bg, water)).toBeGreaterThanOrEqual(4.5)
  expect(contrast(bg, ink)).toBeGreaterThanOrEqual(4.5)
})

test.each(THEMES)('%s: words stay readable on every tint, and refusals visible', (theme) => {
  const { bg, ink, ink2, water, crit } = COLOURS[theme]
  for (const token of ['water-soft', 'band', 'band-soft'] as const) {
    const { colour, alpha } = TINTS[theme][token]
    const ground = over(bg, colour, alpha)
    for (const text of [ink, ink2, water])
      expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(crit, ground)).toBeGreaterThanOrEqual(3)
  }
})

const VISIONS: readonly Vision[] = ['normal', 'protan', 'deutan', 'tritan']

test.each(THEMES.flatMap((theme) => VISIONS.map((vision) => [theme, vision] as const)))(
  '%s: ok, warn and critical differ for %s vision',
  (theme, vision) => {
    const { ok, warn, crit } = COLOURS[theme]
    for (const [one, other] of [
      [ok, warn],
      [warn, crit],
      [ok, crit],
    ] as const)
      expect(difference(one, other, vision)).toBeGreaterThanOrEqual(20)
  },
)

test('contrast is that of the WCAG examples', () => {
  expect(contrast('#ffffff', '#000000')).toBeCloseTo(21)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
})

test.each(THEMES)('the style sheet says the same %s theme as the data', (theme) => {
  const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
  const block = new RegExp(`\\[data-theme="${theme}"\\]\\s*\\{([^}]*)\\}`).exec(css)![1]!
  const declared = new Map(
    [...block.matchAll(/--([\w-]+):\s*([^;]+);/g)].map((match) => [match[1]!, match[2]!.trim()]),
  )
  const { colours, tints } = { colours: COLOURS[theme], tints: TINTS[theme] }
  for (const [token, colour] of Object.entries(colours)) expect(declared.get(token)).toBe(colour)
  for (const [token, { colour, alpha }] of Object.entries(tints)) {
    const value = Number.parseInt(colour.slice(1), 16)
    const rgb = [(value >> 16) & 255, (value >> 8) & 255, value & 255].join(' ')
    expect(declared.get(token)).toBe(`rgb(${rgb} / ${alpha})`)
  }
  expect(declared.size).toBe(Object.keys(colours).length + Object.keys(tints).length + 1)
})
