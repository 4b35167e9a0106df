import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { expect, test } from 'vitest'
import { html, styleElement, textOf } from './html.ts'

/** What an XML reader finds: the text, and the attributes of all elements. */
function readBack(markup: string) {
  const found = { text: '', attributes: [] as string[], elements: 0 }
  const parser = new SaxesParser()
  parser.on('text', (text) => (found.text += text))
  parser.on('opentag', (tag) => {
    found.elements += 1
    found.attributes.push(...Object.values(tag.attributes).map(String))
  })
  parser.on('error', (error) => {
    throw error
  })
  parser.write(markup).close()
  return found
}

test('text and numbers are escaped, markup is kept, nothing is written for null and false', () => {
  const label = '<script>alert(1)</script>'
  const row = html`<td>${label}</td>`
  expect(textOf(html`<tr>${row}${[row, null]}${false}${0}${undefined}</tr>`)).toBe(
    '<tr><td>&lt;script&gt;alert(1)&lt;/script&gt;</td><td>&lt;script&gt;alert(1)&lt;/script&gt;</td>0</tr>',
  )
})

test('quotes end no attribute', () => {
  const label = `" onload="alert(1)' onload='x`
  expect(textOf(html`<p title="${label}"></p>`)).toBe(
    '<p title="&quot; onload=&quot;alert(1)&#39; onload=&#39;x"></p>',
  )
})

test('the end of an element, a line separator and a lone surrogate stay text', () => {
  const hostile = '</style></p>]]><!--\u2028&amp;\u0000\ud800'
  const markup = textOf(html`<p>${hostile}</p>`)
  const { text, elements } = readBack(markup)
  expect(elements).toBe(1)
  expect(text).toBe('</style></p>]]><!--\u2028&amp;\ufffd\ufffd')
})

test('something that only looks like markup is no markup', () => {
  const forged = JSON.parse('{"markup":"<b>x</b>"}') as string
  expect(() => textOf(html`<p>${forged}</p>`)).toThrow()
})

test('a template with an attribute that has no quotes, or with a hole in a script, is refused', () => {
  expect(() => html`<p title=${'a'}></p>`).toThrow('without quotes')
  expect(() => html`<script>${'a'}</script>`).toThrow('script')
  expect(() => html`<style>p { color: ${'red'} }</style>`).toThrow('style sheet')
  expect(() => html`<style>p { color: red }</style><p>${'a'}</p>`).not.toThrow()
  expect(() => styleElement('p{} </STYLE><script>')).toThrow('end its own element')
  expect(textOf(styleElement('p > a { }'))).toBe('<style>p > a { }</style>')
})

test('whatever the text, it comes back as text, in content and in attributes', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", '`', '/', '!', '-', ']', 'a') }),
  )
  fc.assert(
    fc.property(anyText, (label) => {
      const { text, attributes, elements } = readBack(
        textOf(html`<p title="${label}">a${label}</p>`),
      )
      const known = label.replace(/\r\n?/g, '\n')
      expect(elements).toBe(1)
      // A reader of XML turns line ends and tabs of attributes into spaces.
      expect(attributes).toEqual([known.replace(/[\n\t]/g, ' ')])
      expect(text).toBe(`a${known}`)
    }),
  )
})
