import {
  COLOURS,
  type ColourToken,
  type ThemeName,
  type Tint,
  TINTS,
  type TintToken,
} from '#domain/charts/themeColours.ts'

/** The themes a picture can be drawn in. */
export type ChartTheme = ThemeName

/** What charts are drawn with; a tint is a colour with an opacity over what lies under it. */
export type ChartColours = Readonly<Record<ColourToken, string> & Record<TintToken, Tint>>

/** The colours of the screen's themes, for pictures that leave it. */
export const CHART_COLOURS: Readonly<Record<ChartTheme, ChartColours>> = {
  light: { ...COLOURS.light, ...TINTS.light },
  dark: { ...COLOURS.dark, ...TINTS.dark },
}
