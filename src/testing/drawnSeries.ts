import '#ui/theme/tokens.css'
import type { PanelSeries, TimeWindow, WindowReader } from '#ui/charts/chartData.ts'
import { paintPanel } from '#ui/charts/paintPanel.ts'
import { readPalette } from '#ui/charts/palette.ts'
import type { Area, Plot } from '#ui/charts/plot.ts'
import { xOf } from '#ui/charts/timeFrame.ts'

type Picture = {
  reader: WindowReader
  window: TimeWindow
  /** In CSS pixels: the plot fills it from edge to edge. */
  size: { width: number; height: number }
  pixelRatio: number
  /** What lies at the bottom and at the top. */
  values: { min: number; max: number }
  style?: PanelSeries['style']
  gapAfterMs?: number
}

/** Air above and below, so that a line at the very top is seen whole. */
const AIR_PX = 4

/** One series drawn on a canvas of its own, by the code that draws every panel. */
export function drawnSeries(picture: Picture) {
  const { reader, window, size, pixelRatio, values, style = 'water' } = picture
  const { gapAfterMs = Infinity } = picture
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(size.width * pixelRatio)
  canvas.height = Math.round(size.height * pixelRatio)
  const context = canvas.getContext('2d', { willReadFrequently: true })!
  context.scale(pixelRatio, pixelRatio)
  const area: Area = { left: 0, top: 0, ...size }
  const x: Plot['x'] = (at) => xOf(at, window, area.left, area.width)
  const perUnit = (size.height - 2 * AIR_PX) / (values.max - values.min)
  const y = (value: number) => size.height - AIR_PX - (value - values.min) * perUnit
  paintPanel(
    { context, area, window, palette: readPalette(document.documentElement), x },
    {
      series: [{ reader, title: 'Series', style, gapAfterMs, staleAfterMs: Infinity }],
      limit: null,
      floors: null,
      sharedBands: [],
      titles: new WeakMap(),
      y,
      zone: 'UTC',
      now: window.to,
      pixelRatio,
    },
  )
  return { image: context.getImageData(0, 0, canvas.width, canvas.height), x, y }
}

/** How much colour a device pixel has, 0 to 255; none beside the canvas. */
export const inkAt = (image: ImageData, x: number, y: number) =>
  x < 0 || x >= image.width ? 0 : image.data[4 * (y * image.width + x) + 3]!

/** First and last row with ink in a column of device pixels; null where there is none. */
export function inkExtent(image: ImageData, column: number) {
  let top: number | null = null
  let bottom = 0
  for (let row = 0; row < image.height; row++) {
    if (inkAt(image, column, row) === 0) continue
    top ??= row
    bottom = row
  }
  return top === null ? null : { top, bottom }
}
