import type { Incident, Span } from '#domain/incident/incident.ts'
import { CHART_COLOURS, type ChartColours, type ChartTheme } from './chartColours.ts'

/** How charts are asked for. */
export type ChartOptions = {
  widthPx: number
  theme: ChartTheme
  /** What is drawn: the incident's own window, or a part of it. */
  window: Span
  /** Whether what stands around it says already whose it is and when: then the picture does not. */
  isInPage?: boolean
}

/** Everything a chart needs to know of where it draws: the same for all of an incident. */
export type ChartPlot = {
  incident: Incident
  window: Span
  isInPage: boolean
  colours: ChartColours
  widthPx: number
  /** The plot's edges; left of it stand labels. */
  left: number
  right: number
  /** Where an instant lies. */
  x: (at: number) => number
}

/** Room for `capacity 12 345`, the widest words left of a plot. */
const GUTTER_PX = 92
const MARGIN_PX = 10
/** Narrower plots show nothing. */
const LEAST_PLOT_PX = 120

/** The plot of an incident's charts. Throws where the window has no length. */
export function chartPlot(incident: Incident, options: ChartOptions): ChartPlot {
  const { widthPx, theme, window, isInPage = false } = options
  const { from, to } = window
  if (!(to > from)) throw new RangeError(`A window must end after it begins: ${from} to ${to}`)
  const width = Math.max(LEAST_PLOT_PX, Math.round(widthPx) - GUTTER_PX - MARGIN_PX)
  const left = GUTTER_PX
  return {
    incident,
    window,
    isInPage,
    colours: CHART_COLOURS[theme],
    widthPx: left + width + MARGIN_PX,
    left,
    right: left + width,
    x: (at) => left + ((at - from) / (to - from)) * width,
  }
}
