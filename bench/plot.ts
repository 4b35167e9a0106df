import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A mark with an optional range through it. `x` counts in ticks where ticks are names. */
export type Mark = { x: number; y: number; low?: number; high?: number }

export type Line = { name: string; marks: readonly Mark[]; isJoined?: boolean }

export type Plot = {
  title: string
  xLabel: string
  yLabel: string
  xTicks: readonly { at: number; text: string }[]
  yTicks: readonly number[]
  yText?: (value: number) => string
  x: readonly [number, number]
  lines: readonly Line[]
  /** Shaded from one y to another. */
  bands?: readonly { from: number; to: number; text: string }[]
  /** Dashed, at one y or one x. */
  rules?: readonly ({ y: number; text: string } | { x: number; text: string })[]
  /** Columns from 0 up. */
  bars?: readonly { from: number; to: number; y: number }[]
}

const WIDTH = 760
const HEIGHT = 380
const PLOT = { left: 64, right: 736, top: 74, bottom: 322 }
/** Okabe and Ito's colours, dark ones first: told apart by all eyes; shapes differ besides. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#222222', '#e69f00', '#56b4e9']
const SHAPES = ['circle', 'square', 'diamond', 'triangle', 'cross', 'ring', 'box'] as const
type Shape = (typeof SHAPES)[number]

/** Writes a plot to docs/images, on white, so that it reads in light and dark. */
export function writePlot(name: string, plot: Plot) {
  const folder = new URL('../docs/images/', import.meta.url)
  mkdirSync(folder, { recursive: true })
  writeFileSync(fileURLToPath(new URL(`${name}.svg`, folder)), svgOf(plot))
}

function svgOf(plot: Plot): string {
  const { x, yTicks, yText = String } = plot
  const [yLow, yHigh] = [yTicks[0]!, yTicks.at(-1)!]
  const atX = (value: number) =>
    round(PLOT.left + ((value - x[0]) / (x[1] - x[0])) * (PLOT.right - PLOT.left))
  const atY = (value: number) => {
    const inside = Math.min(yHigh, Math.max(yLow, value))
    return round(PLOT.bottom - ((inside - yLow) / (yHigh - yLow)) * (PLOT.bottom - PLOT.top))
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${escaped(plot.title)}" font-family="system-ui, sans-serif" font-size="12" fill="#222">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    text(PLOT.left, 22, plot.title, 'font-size="15" font-weight="600"'),
    ...legend(plot.lines),
    ...(plot.bands ?? []).flatMap(({ from, to, text: words }) => [
      `<rect x="${PLOT.left}" y="${atY(to)}" width="${PLOT.right - PLOT.left}" height="${round(atY(from) - atY(to))}" fill="#e8eef4"/>`,
      text(PLOT.right - 6, atY(to) + 14, words, 'text-anchor="end" fill="#555"'),
    ]),
    ...yTicks.flatMap((value) => [
      `<path d="M${PLOT.left} ${atY(value)}H${PLOT.right}" stroke="#ddd"/>`,
      text(PLOT.left - 8, atY(value) + 4, yText(value), 'text-anchor="end"'),
    ]),
    ...plot.xTicks.map((tick) =>
      text(atX(tick.at), PLOT.bottom + 18, tick.text, 'text-anchor="middle"'),
    ),
    ...(plot.bars ?? []).map(
      ({ from, to, y }) =>
        `<rect x="${atX(from)}" y="${atY(y)}" width="${round(atX(to) - atX(from))}" height="${round(PLOT.bottom - atY(y))}" fill="#9bb8cf" stroke="#fff"/>`,
    ),
    ...(plot.rules ?? []).flatMap((rule) => ruleOf(rule, atX, atY)),
    `<path d="M${PLOT.left} ${PLOT.bottom}H${PLOT.right}" stroke="#222"/>`,
    ...plot.lines.flatMap((line, i) => lineOf(line, i, atX, atY)),
    text((PLOT.left + PLOT.right) / 2, HEIGHT - 14, plot.xLabel, 'text-anchor="middle"'),
    text(
      16,
      (PLOT.top + PLOT.bottom) / 2,
      plot.yLabel,
      `text-anchor="middle" transform="rotate(-90 16 ${(PLOT.top + PLOT.bottom) / 2})"`,
    ),
    '</svg>\n',
  ].join('\n')
}

type Place = (value: number) => number

function ruleOf(rule: NonNullable<Plot['rules']>[number], atX: Place, atY: Place): string[] {
  const dashes = 'stroke="#b00020" stroke-dasharray="5 4" fill="none"'
  if ('y' in rule)
    return [
      `<path d="M${PLOT.left} ${atY(rule.y)}H${PLOT.right}" ${dashes}/>`,
      text(PLOT.right - 6, atY(rule.y) - 6, rule.text, 'text-anchor="end" fill="#b00020"'),
    ]
  const isRight = atX(rule.x) > (PLOT.left + PLOT.right) / 2
  const beside = `text-anchor="${isRight ? 'end' : 'start'}" fill="#b00020"`
  return [
    `<path d="M${atX(rule.x)} ${PLOT.top}V${PLOT.bottom}" ${dashes}/>`,
    text(atX(rule.x) + (isRight ? -8 : 8), PLOT.bottom - 70, rule.text, beside),
  ]
}

function lineOf({ marks, isJoined }: Line, index: number, atX: Place, atY: Place): string[] {
  const colour = COLOURS[index % COLOURS.length]!
  const known = marks.filter(({ y }) => Number.isFinite(y))
  const path = known.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${atX(x)} ${atY(y)}`).join('')
  return [
    ...(isJoined ? [`<path d="${path}" fill="none" stroke="${colour}" stroke-width="1.6"/>`] : []),
    ...known.flatMap(({ x, y, low, high }) => [
      ...(low === undefined || high === undefined
        ? []
        : [
            `<path d="M${atX(x)} ${atY(low)}V${atY(high)}" stroke="${colour}" stroke-width="1.4"/>`,
          ]),
      shape(SHAPES[index % SHAPES.length]!, atX(x), atY(y), colour),
    ]),
  ]
}

function legend(lines: readonly Line[]): string[] {
  let left = PLOT.left
  let top = 44
  return lines.flatMap(({ name }, i) => {
    const width = 26 + 6.6 * name.length
    if (left + width > PLOT.right) [left, top] = [PLOT.left, top + 17]
    const x = left
    left += width
    return [
      shape(SHAPES[i % SHAPES.length]!, x + 5, top - 4, COLOURS[i % COLOURS.length]!),
      text(x + 14, top, name),
    ]
  })
}

function shape(kind: Shape, x: number, y: number, colour: string): string {
  const solid = `fill="${colour}" stroke="#fff" stroke-width="0.8"`
  const open = `fill="#fff" stroke="${colour}" stroke-width="1.8"`
  switch (kind) {
    case 'circle':
      return `<circle cx="${x}" cy="${y}" r="4.2" ${solid}/>`
    case 'ring':
      return `<circle cx="${x}" cy="${y}" r="3.6" ${open}/>`
    case 'square':
      return `<rect x="${round(x - 3.8)}" y="${round(y - 3.8)}" width="7.6" height="7.6" ${solid}/>`
    case 'box':
      return `<rect x="${round(x - 3.4)}" y="${round(y - 3.4)}" width="6.8" height="6.8" ${open}/>`
    case 'diamond':
      return `<path d="M${x} ${round(y - 5)}l5 5l-5 5l-5 -5z" ${solid}/>`
    case 'triangle':
      return `<path d="M${x} ${round(y - 5)}l5 9h-10z" ${solid}/>`
    case 'cross':
      return `<path d="M${round(x - 4)} ${round(y - 4)}l8 8m0 -8l-8 8" stroke="${colour}" stroke-width="2" fill="none"/>`
  }
}

const text = (x: number, y: number, words: string, more = '') =>
  `<text x="${round(x)}" y="${round(y)}" ${more}>${escaped(words)}</text>`

const round = (value: number) => Math.round(value * 10) / 10

const escaped = (words: string) =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
