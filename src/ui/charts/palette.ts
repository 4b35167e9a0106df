const TOKENS = [
  'bg',
  'hair',
  'edge',
  'ink',
  'ink2',
  'ink3',
  'water',
  'limit',
  'crit',
  'rate',
  'water-soft',
  'band',
  'band-soft',
  'halo',
  'hatch',
] as const
type Token = (typeof TOKENS)[number]

/** What canvases draw with: the theme's CSS variables, and its type. */
export type Palette = Readonly<Record<Token, string>> & { readonly fontFamily: string }

/** Reads the theme in force at an element. A missing variable throws: colours are never guessed. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element)
  const colours = Object.fromEntries(
    TOKENS.map((token) => [token, style.getPropertyValue(`--${token}`).trim()]),
  ) as Record<Token, string>
  const missing = TOKENS.filter((token) => !colours[token])
  if (missing.length > 0) throw new Error(`The theme does not set --${missing.join(', --')}`)
  return { ...colours, fontFamily: style.fontFamily }
}

/** Calls when the theme changes: it is an attribute of the document's root. Returns the way out. */
export function watchTheme(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange)
  observer.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ['data-theme', 'class', 'style'],
  })
  return () => observer.disconnect()
}
