/** The themes there are. What a user may also choose, "system", is decided before it gets here. */
export type ThemeName = 'dark' | 'light'

/** What a colour is for; the same names are CSS variables (`--water`). */
export type ColourToken =
  | 'bg'
  | 'panel'
  | 'raised'
  | 'hair'
  | 'edge'
  | 'ink'
  | 'ink2'
  | 'ink3'
  | 'water'
  | 'limit'
  | 'ok'
  | 'warn'
  | 'crit'
  | 'rate'

/**
 * The palette. Usage is water, the limit is the wall; words are ink; vermillion is kept for what is
 * at a limit and for refusals. Built on Okabe–Ito, darkened for the light theme, where its orange,
 * blue and yellow miss 3 : 1.
 */
export const COLOURS: Readonly<Record<ThemeName, Readonly<Record<ColourToken, string>>>> = {
  dark: {
    bg: '#0b0f14',
    panel: '#11171e',
    raised: '#18202a',
    hair: '#222c38',
    edge: '#667484',
    ink: '#e6eaf0',
    ink2: '#b4beca',
    ink3: '#8f9ba9',
    water: '#56b4e9',
    limit: '#f2e97f',
    ok: '#04a36e',
    warn: '#f9b310',
    crit: '#ea551f',
    rate: '#dd90bc',
  },
  light: {
    bg: '#ffffff',
    panel: '#f5f7f9',
    raised: '#ffffff',
    hair: '#dde3e9',
    edge: '#7a8693',
    ink: '#141c25',
    ink2: '#404c59',
    ink3: '#596572',
    water: '#0069a8',
    limit: '#33301b',
    ok: '#056245',
    warn: '#bf7c07',
    crit: '#9a2b00',
    rate: '#7a3468',
  },
}

/** A colour laid over another one: six hex digits and an opacity. */
export type Tint = { colour: string; alpha: number }
export type TintToken = 'water-soft' | 'band' | 'band-soft' | 'halo' | 'hatch'

/**
 * Under water; at the limit (`band`, and half of it in the rows below); the halo that gives the dark
 * dash of the light theme its yellow; the lines of a hatch.
 */
export const TINTS: Readonly<Record<ThemeName, Readonly<Record<TintToken, Tint>>>> = {
  dark: {
    'water-soft': { colour: '#56b4e9', alpha: 0.16 },
    band: { colour: '#f2e97f', alpha: 0.1 },
    'band-soft': { colour: '#f2e97f', alpha: 0.05 },
    halo: { colour: '#f2e97f', alpha: 0 },
    hatch: { colour: '#8f9ba9', alpha: 0.3 },
  },
  light: {
    'water-soft': { colour: '#0069a8', alpha: 0.12 },
    band: { colour: '#f0e442', alpha: 0.34 },
    'band-soft': { colour: '#f0e442', alpha: 0.17 },
    halo: { colour: '#f0e442', alpha: 1 },
    hatch: { colour: '#596572', alpha: 0.34 },
  },
}
