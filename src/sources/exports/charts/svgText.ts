import type { Box } from '#domain/charts/labelSpace.ts'
import { type Html, html } from '../html.ts'

/** Far outside of every picture: where the largest numbers would lie beyond what a coordinate can be. */
const FAR_PX = 1e5

/** A coordinate with a hundredth of a pixel: finer is not seen, and costs bytes. */
export const px = (value: number) =>
  String(Math.round(Math.min(FAR_PX, Math.max(-FAR_PX, value)) * 100) / 100)

export type TextStyle = {
  fill: string
  sizePx?: number
  isStrong?: boolean
  anchor?: 'start' | 'middle' | 'end'
  /** A rim in this colour, so that lines do not cross letters. */
  rim?: string
}

/** A run of words in one weight and colour. */
export type TextPart = { text: string; fill: string; isStrong?: boolean }

/** One line of text on its base line. */
export function svgText(x: number, y: number, text: string, style: TextStyle): Html {
  const { fill, isStrong = false } = style
  return svgWords(x, y, [{ text, fill, isStrong }], style)
}

/** Words of several kinds on one base line, each right after the other whatever the font. */
export function svgWords(
  x: number,
  y: number,
  parts: readonly TextPart[],
  { sizePx = 11, anchor = 'start', rim }: Omit<TextStyle, 'fill' | 'isStrong'> = {},
): Html {
  const around = rim
    ? html` stroke="${rim}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"`
    : null
  const runs = parts
    .filter(({ text }) => text !== '')
    .map(
      ({ text, fill, isStrong }) =>
        html`<tspan font-weight="${isStrong ? 600 : 400}" fill="${fill}">${text}</tspan>`,
    )
  return html`<text x="${px(x)}" y="${px(y)}" font-size="${sizePx}" text-anchor="${anchor}" xml:space="preserve"${around}>${runs}</text>`
}

export const wordsWidth = (parts: readonly TextPart[], sizePx = 11) =>
  parts.reduce((sum, { text, isStrong }) => sum + textWidth(text, sizePx, isStrong), 0)

/**
 * About how wide a text is, rather more than less: nothing here can measure fonts, and the one that
 * will be there is not known.
 */
export function textWidth(text: string, sizePx = 11, isStrong = false): number {
  let ems = 0
  for (const character of text) ems += widthOf(character)
  return ems * sizePx * (isStrong ? 1.12 : 1)
}

function widthOf(character: string): number {
  if (/[ .,:;'|!iIjl\u202f·]/.test(character)) return 0.32
  if (/[mwMW@%—]/.test(character)) return 0.92
  if (/[A-Z\d±×≈+−–=<>]/.test(character)) return 0.68
  // Wide letters of East Asia, and pictures.
  return character.codePointAt(0)! >= 0x2e80 ? 1.05 : 0.6
}

/** A text in lines of at most this width, broken between words, and within one that is longer alone. */
export function wrapped(text: string, widthPx: number, sizePx = 11, isStrong = false): string[] {
  const fits = (line: string) => textWidth(line, sizePx, isStrong) <= widthPx
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line === '' ? word : `${line} ${word}`
    if (fits(longer)) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    line = ''
    for (const character of word) {
      if (line !== '' && !fits(line + character)) {
        lines.push(line)
        line = ''
      }
      line += character
    }
  }
  return line === '' ? lines : [...lines, line]
}

/** The room of a text whose base line starts at x, y. */
export const boxOf = (x: number, y: number, width: number): Box => ({
  left: x,
  top: y - 9,
  right: x + width,
  bottom: y + 3,
})
