import { SaxesParser } from 'saxes'
import { expect, test } from 'vitest'
import { findingsOf } from '#domain/incident/findingsOf.ts'
import type { Incident } from '#domain/incident/incident.ts'
import { incidentEvidence } from '#domain/incident/incidentEvidence.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { someIncident } from '#testing/someIncident.ts'
import { html, textOf } from '../html.ts'
import { reportCss } from './reportCss.ts'
import { reportHtml } from './reportHtml.ts'

type Element = { name: string; attributes: Record<string, string>; text: string; within: string[] }

const findings = findingsOf(someIncident(), incidentEvidence(someIncident()))

/** The elements of a report in their order, each with all text in it; throws where it is not sound. */
function elementsOf(incident: Incident, found = findings): Element[] {
  const elements: Element[] = []
  const open: Element[] = []
  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes }) => {
    const element = {
      name,
      attributes: attributes as Record<string, string>,
      text: '',
      within: open.map((outer) => outer.name),
    }
    elements.push(element)
    open.push(element)
  })
  parser.on('text', (text) => {
    for (const element of open) element.text += plainSpaces(text)
  })
  parser.on('closetag', () => void open.pop())
  parser.on('error', (error) => {
    throw error
  })
  parser.write(textOf(reportHtml(incident, found))).close()
  return elements
}

const named = (elements: readonly Element[], name: string) =>
  elements.filter((element) => element.name === name).map(({ text }) => text)

test('a report says what, of whom, when, and how it was found, in one order', () => {
  const elements = elementsOf(someIncident())
  expect(named(elements, 'h1')).toEqual(['Load test, run 7'])
  expect(named(elements, 'h2')).toEqual([
    'Verdict',
    'Charts',
    'Timeline',
    'Two windows compared',
    'What differs inside',
    'Episodes',
    'Near misses',
    'Evidence',
    'Notes',
    'Limits as they held then',
    'Sources',
  ])
  const [whole] = named(elements, 'article')
  for (const text of [
    'Alder Retail · eu_central_1 · mypurecloud.de',
    'Thu 17 Sep 2026, 12:45–14:30 CEST, UTC+2',
    '2026-09-17 10:45:00Z to 2026-09-17 12:30:00Z',
    'Capacity-bound',
    'of 307 refused connections happened at the limit',
    'Against it: 5 were refused below the limit',
    'First crossing, 1 000 of 1 000',
    'Worked. The higher limit removed',
    'Softphone login: 61 % of 246 refusals',
    'Support confirms the change to 1 500.',
    '13:40:00 (2026-09-17 11:40:00Z)',
    'moved −41 s, ± 2 s, by cross-correlation, drift +12 ppm from 12:45:00',
    '11 × Authorization header, 3 × token in an address',
    'run-07.jtl, line 8 417: cut short: 9 of 17 fields',
  ])
    expect(whole).toContain(text)
})

test('tables name their columns and rows, charts have a sentence, numbers have a name', () => {
  const elements = elementsOf(someIncident())
  const heads = elements.filter(({ name }) => name === 'th')
  expect(heads.length).toBeGreaterThan(40)
  for (const { attributes, within } of heads)
    expect(attributes['scope']).toBe(within.includes('thead') ? 'col' : 'row')
  const rows = elements.filter(({ name, within }) => name === 'tr' && within.includes('tbody'))
  const rowHeads = heads.filter(({ within }) => within.includes('tbody'))
  expect(rowHeads).toHaveLength(rows.length)
  const figures = elements.filter(({ name }) => name === 'figure')
  expect(figures).toHaveLength(5)
  expect(named(elements, 'figcaption')[0]).toMatch(/^WebSocket connections, 12:45 to 14:30 CEST: /)
  expect(
    elements.filter(({ name }) => name === 'svg').map(({ attributes }) => attributes['role']),
  ).toEqual(Array.from(figures, () => 'img'))
  expect(named(elements, 'dt')).toContain('Attributable fraction')
})

test('headings go down one level at a time', () => {
  const levels = elementsOf(someIncident())
    .filter(({ name }) => /^h[1-6]$/.test(name))
    .map(({ name }) => Number(name[1]))
  expect(levels[0]).toBe(1)
  levels.slice(1).forEach((level, i) => expect(level - levels[i]!).toBeLessThanOrEqual(1))
})

test('a simulated organisation is said so before anything else', () => {
  const simulation = 'scenario limit-raised, seed 42'
  const organisation = { ...someIncident().organisation!, simulation }
  const [first] = named(elementsOf(someIncident({ organisation })), 'p')
  expect(first).toBe(
    'Simulated organisation: scenario limit-raised, seed 42. Nothing here comes from Genesys Cloud.',
  )
})

test('what is missing is said in words', () => {
  const incident = someIncident({
    title: '',
    organisation: null,
    metrics: [],
    samples: [],
    limits: [],
    errors: [],
    markers: [],
    clients: [],
    sources: [],
    notes: [],
    comparison: null,
  })
  const elements = elementsOf(incident, findingsOf(incident, incidentEvidence(incident)))
  const [whole] = named(elements, 'article')
  for (const text of [
    'No organisation: files alone',
    'Cannot tell',
    'No source says what refused attempts had in common.',
    'No peak came within 5 % of a limit without refusals.',
    'Nobody wrote a note.',
    'No limit is known in this window.',
    'No source is named.',
  ])
    expect(whole).toContain(text)
  expect(whole).not.toContain('Two windows compared')
})

test('hostile texts stay text wherever they stand', () => {
  const hostile = `</title></svg></style><script>alert(1)</script>" onload="x' &amp; \u2028\u0000`
  const ours = someIncident()
  const incident = someIncident({
    title: hostile,
    organisation: { ...ours.organisation!, name: hostile, region: hostile, simulation: hostile },
    metrics: ours.metrics.map((metric) => ({ ...metric, title: hostile, origin: hostile })),
    limits: ours.limits.map(({ metric, steps }) => ({
      metric,
      steps: steps.map((step) => ({ ...step, source: hostile })),
    })),
    errors: ours.errors.map((event) => ({
      ...event,
      route: hostile,
      app: hostile,
      message: hostile,
    })),
    markers: ours.markers.map((marker) => ({ ...marker, label: hostile })),
    notes: ours.notes.map((note) => ({ ...note, text: hostile, author: hostile })),
    sources: ours.sources.map((source) => ({
      ...source,
      name: hostile,
      kind: hostile,
      warnings: [hostile],
      rejections: [{ line: 1, reason: hostile }],
      removals: [{ what: hostile, count: 1 }],
      groups: source.groups.map((group) => ({ ...group, name: hostile })),
    })),
  })
  const elements = elementsOf(incident, findingsOf(incident, incidentEvidence(incident)))
  const names = new Set(elements.map(({ name }) => name))
  expect(names).not.toContain('script')
  expect(names).not.toContain('style')
  const attributes = elements.flatMap((element) => Object.keys(element.attributes))
  expect(attributes.filter((name) => /^on/i.test(name))).toEqual([])
  expect(named(elements, 'h1')[0]).toContain('<script>alert(1)</script>')
})

test('the style is for paper of any size, and asks for nothing', () => {
  expect(reportCss).not.toMatch(/url\(|@import|</)
  expect(reportCss).toContain('@page { margin: 15mm; }')
  expect(reportCss).not.toMatch(/size:\s*(A4|letter)/i)
  const used = new Set(
    [...textOf(html`${reportHtml(someIncident(), findings)}`).matchAll(/class="([^"]+)"/g)].map(
      ([, name]) => name!,
    ),
  )
  for (const name of used) expect(reportCss).toContain(`.${name}`)
})
