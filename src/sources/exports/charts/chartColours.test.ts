import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { CHART_COLOURS, type ChartTheme } from './chartColours.ts'

const css = readFileSync('src/ui/theme/tokens.css', 'utf8')

test.each<ChartTheme>(['light', 'dark'])('pictures have the colours of the %s screen', (theme) => {
  const block = css.slice(css.indexOf(`[data-theme="${theme}"]`))
  const onScreen = (token: string) => new RegExp(`--${token}: ([^;]+);`).exec(block)?.[1]
  for (const [token, value] of Object.entries(CHART_COLOURS[theme])) {
    expect(onScreen(token), token).toBe(
      typeof value === 'string' ? value : rgb(value.colour, value.alpha),
    )
  }
})

function rgb(hex: string, alpha: number): string {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16))
  return `rgb(${red} ${green} ${blue} / ${alpha})`
}
