/** The themes a picture can be drawn in. */
export type ChartTheme = 'light' | 'dark'

type Colour = 'bg' | 'hair' | 'edge' | 'ink' | 'ink2' | 'ink3' | 'water' | 'limit' | 'crit' | 'rate'
type Tint = 'water-soft' | 'band' | 'band-soft' | 'halo' | 'hatch'

/** What charts are drawn with; a tint is a colour with an opacity over what lies under it. */
export type ChartColours = Readonly<
  Record<Colour, string> & Record<Tint, { colour: string; alpha: number }>
>

/**
 * The colours of the screen's themes, for pictures that leave it. A test holds them to the values of
 * `ui/theme/tokens.css`, which this room may not import.
 */
export const CHART_COLOURS: Readonly<Record<ChartTheme, ChartColours>> = {
  light: {
    bg: '#ffffff',
    hair: '#dde3e9',
    edge: '#7a8693',
    ink: '#141c25',
    ink2: '#404c59',
    ink3: '#596572',
    water: '#0069a8',
    limit: '#33301b',
    crit: '#9a2b00',
    rate: '#7a3468',
    'water-soft': { colour: '#0069a8', alpha: 0.12 },
    band: { colour: '#f0e442', alpha: 0.34 },
    'band-soft': { colour: '#f0e442', alpha: 0.17 },
    halo: { colour: '#f0e442', alpha: 1 },
    hatch: { colour: '#596572', alpha: 0.34 },
  },
  dark: {
    bg: '#0b0f14',
    hair: '#222c38',
    edge: '#667484',
    ink: '#e6eaf0',
    ink2: '#b4beca',
    ink3: '#8f9ba9',
    water: '#56b4e9',
    limit: '#f2e97f',
    crit: '#ea551f',
    rate: '#dd90bc',
    'water-soft': { colour: '#56b4e9', alpha: 0.16 },
    band: { colour: '#f2e97f', alpha: 0.1 },
    'band-soft': { colour: '#f2e97f', alpha: 0.05 },
    halo: { colour: '#f2e97f', alpha: 0 },
    hatch: { colour: '#8f9ba9', alpha: 0.3 },
  },
}
