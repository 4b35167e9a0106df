/**
 * Markup that was written here, with every text put into it escaped. A class with a private field:
 * nothing that was read from a file can pass for it.
 */
export class Html {
  readonly #markup: string
  constructor(markup: string) {
    this.#markup = markup
  }
  /** The markup of it; for `textOf` alone. */
  static read(html: Html): string {
    return html.#markup
  }
}

/** What may stand between the pieces of a template; null, undefined and false write nothing. */
export type HtmlPart = string | number | Html | null | undefined | false | readonly HtmlPart[]

/**
 * Markup from a template: text and numbers are escaped, for element content and for quoted attributes
 * alike, in HTML and in XML (SVG). Attributes must be quoted, and nothing may be put into `script` or
 * `style`, where escapes mean nothing: a template that does throws when it is first used.
 */
export function html(template: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  if (!checked.has(template)) check(template)
  let markup = template[0]!
  parts.forEach((part, i) => {
    markup += written(part) + template[i + 1]!
  })
  return new Html(markup)
}

/** The markup as text: to write to a file, or to hand to a page. */
export const textOf = (markup: Html): string => Html.read(markup)

/** A style sheet of ours as an element. Throws where the sheet would end its element by itself. */
export function styleElement(css: string): Html {
  if (/<\/style|<!--/i.test(css)) throw new Error('A style sheet may not end its own element')
  return new Html(`<style>${css}</style>`)
}

function written(part: HtmlPart): string {
  if (part === null || part === undefined || part === false) return ''
  if (part instanceof Html) return Html.read(part)
  if (typeof part === 'object') return part.map(written).join('')
  return escaped(String(part))
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}

/**
 * Characters that no XML document may hold, not even as an entity: a reader would refuse the whole
 * picture. HTML has no use for them either.
 */
const UNWRITABLE = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu

const escaped = (text: string) =>
  text.replace(UNWRITABLE, '\ufffd').replace(/[&<>"'`]/g, (character) => ENTITIES[character]!)

/** Templates whose places have been looked at. */
const checked = new WeakSet<TemplateStringsArray>()

function check(template: TemplateStringsArray) {
  template.slice(0, -1).forEach((piece, i) => {
    const before = template.slice(0, i + 1).join('')
    if (/<[^<>]*=\s*$/.test(before)) throw new Error(`An attribute without quotes: ${piece}`)
    if (/<(script|style)\b(?![\s\S]*<\/\1)/i.test(before))
      throw new Error('Nothing can be put into a script or a style sheet')
  })
  checked.add(template)
}
