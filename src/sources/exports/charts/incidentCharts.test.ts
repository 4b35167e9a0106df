import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { expect, test } from 'vitest'
import { errorEvent } from '#domain/errors/errorEvent.ts'
import type { Incident } from '#domain/incident/incident.ts'
import { incidentEvidence } from '#domain/incident/incidentEvidence.ts'
import { epochMs, later } from '#domain/units.ts'
import { someEvidence } from '#testing/someEvidence.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import {
  CONNECTIONS,
  INCIDENT_FROM,
  incidentAt,
  someIncident,
  withSamples,
} from '#testing/someIncident.ts'
import type { ChartTheme } from './chartColours.ts'
import { incidentCharts } from './incidentCharts.ts'
import { textWidth } from './svgText.ts'

const report = incidentEvidence(someIncident())
const ours = someIncident()
const level = ours.samples.find(({ metric }) => metric === CONNECTIONS)!.series

const chartsOf = (incident: Incident, theme: ChartTheme = 'light', widthPx = 760) =>
  incidentCharts(incident, { report }, { widthPx, theme, window: incident })

const chartOf = (incident: Incident, id: string, theme: ChartTheme = 'light') =>
  chartsOf(incident, theme).find((chart) => chart.id === id)!

/** What is written in a picture, in its order; throws where it is no XML. */
function textsOf(svg: string): string[] {
  const texts: string[] = []
  const parser = new SaxesParser()
  let text: string | null = null
  parser.on('opentag', ({ name }) => {
    if (name === 'text') text = ''
  })
  parser.on('text', (piece) => {
    if (text !== null) text += piece
  })
  parser.on('closetag', ({ name }) => {
    if (name !== 'text') return
    texts.push(plainSpaces(text!))
    text = null
  })
  parser.on('error', (error) => {
    throw error
  })
  parser.write(svg).close()
  return texts
}

/** Paths stroked in a colour, without fill. */
const strokesIn = (svg: string, colour: string) =>
  [...svg.matchAll(/<path d="([^"]*)" fill="none" stroke="([^"]*)"/g)]
    .filter(([, , stroke]) => stroke === colour)
    .map(([, path]) => path!)

/** The highest place a path reaches on the page. */
const highestIn = (path: string) =>
  Math.min(
    ...[...path.matchAll(/([MLV])([-\d. ]+)/g)].flatMap(([, command, numbers]) => {
      const all = numbers!.trim().split(' ').map(Number)
      return command === 'V' ? all : all.filter((_, i) => i % 2 === 1)
    }),
  )

test('an afternoon is drawn against its limits, with its windows and its notes', () => {
  expect(chartsOf(ours).map(({ id }) => id)).toEqual([
    'connections',
    'sessions',
    'notReleased',
    'queue',
    'errors',
  ])
  const texts = textsOf(chartOf(ours, 'connections').svg)
  for (const text of [
    'WebSocket connections',
    'Alder Retail · eu_central_1 · mypurecloud.de · Thu 17 Sep 2026, 12:45–14:30 CEST, UTC+2',
    'WebSocket connections measured, organisation',
    'Open in load test, run-07.jtl measured, sampled clients',
    'Window A 12:45–13:40',
    'Window B 13:45–14:30',
    'Limit 1 000',
    'Limit 1 500 from 13:40, presence sockets.max',
    '1',
    '2',
    'CEST',
    '13:15',
  ])
    expect(texts).toContain(text)
  expect(textsOf(chartOf(ours, 'sessions').svg)).toContain('Capacity 900')
})

test('each chart says in a sentence what it shows', () => {
  const gap = level.value.map((value, i) => (i > 480 && i < 517 ? NaN : value))
  const incident = withSamples(ours, CONNECTIONS, { timeMs: level.timeMs, value: gap })
  const said = chartsOf(incident).map(({ summary }) => plainSpaces(summary))
  expect(said[0]).toBe(
    'WebSocket connections, 12:45 to 14:30 CEST: peak 1 242 of 1 500 at 14:22:53; at the limit twice, for 9 min 20 s, 10 min 10 s; one gap of 6 min 10 s; 307 refused.',
  )
  expect(said[1]).toBe('Call sessions, 12:45 to 14:30 CEST: peak 628 of 900 at 13:06:13.')
  expect(said[4]).toBe(
    'Errors by class, 12:45 to 14:30 CEST: 307 capacity, 1 rate, 1 auth, 0 server, 1 network, 0 socket; 3 capacity told once more by files.',
  )
  for (const { svg, summary, title } of chartsOf(incident)) {
    expect(svg).toContain(`<desc>${summary}</desc>`)
    expect(svg).toContain(`<title>${title}</title>`)
  }
})

test('a gap is hatched and named, and no line crosses it', () => {
  const [from, to] = [incidentAt('13:00:00'), incidentAt('13:06:00')]
  const isIn = (i: number) => level.timeMs[i]! > from && level.timeMs[i]! < to
  const incident = withSamples(ours, CONNECTIONS, {
    timeMs: level.timeMs.filter((_, i) => !isIn(i)),
    value: level.value.filter((_, i) => !isIn(i)),
  })
  const { svg } = chartOf(incident, 'connections')
  expect(strokesIn(svg, '#0069a8')[0]!.match(/M/g)).toHaveLength(2)
  expect(svg).toContain('stroke-opacity="0.34"')
  expect(textsOf(svg).some((text) => text.startsWith('gap 6 min'))).toBe(true)
  expect(strokesIn(chartOf(ours, 'connections').svg, '#0069a8')[0]!.match(/M/g)).toHaveLength(1)
})

test('a spike of one sample stands above the wall in the picture', () => {
  const timeMs = Float64Array.from({ length: 63_000 }, (_, i) => INCIDENT_FROM + 100 * i)
  const withSpike = (spike: number) =>
    withSamples(ours, CONNECTIONS, {
      timeMs,
      value: timeMs.map((_, i) => (i === 31_234 ? spike : 700)),
    })
  const [water] = strokesIn(chartOf(withSpike(1_800), 'connections').svg, '#0069a8')
  const [wall] = strokesIn(chartOf(withSpike(1_800), 'connections').svg, '#33301b')
  expect(highestIn(water!)).toBeLessThan(highestIn(wall!))
  const [calm] = strokesIn(chartOf(withSpike(700), 'connections').svg, '#0069a8')
  const [calmWall] = strokesIn(chartOf(withSpike(700), 'connections').svg, '#33301b')
  expect(highestIn(calm!)).toBeGreaterThan(highestIn(calmWall!))
})

test('a picture refers to nothing outside of itself, and runs nothing', () => {
  for (const theme of ['light', 'dark'] as const)
    for (const { svg } of chartsOf(ours, theme)) {
      expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(
        /href|url\(|@import|<script|<style|<image|<foreignObject|https?:|\bid=|\son\w+=/i,
      )
    }
  expect(chartOf(ours, 'connections', 'dark').svg).toContain('fill="#0b0f14"')
})

test('an unknown limit is said in words and drawn nowhere', () => {
  const incident = someIncident({ limits: [] })
  const { svg, summary } = chartOf(incident, 'connections')
  expect(textsOf(svg)).toContain('Limit unknown: no source names one')
  expect(svg).not.toContain('stroke-dasharray="6 3"')
  expect(summary).toContain('limit unknown')
})

test('a simulated organisation is said so in every picture', () => {
  const simulation = 'scenario limit-raised, seed 42'
  const incident = someIncident({ organisation: { ...ours.organisation!, simulation } })
  for (const { svg } of chartsOf(incident))
    expect(textsOf(svg)[0]).toBe(
      'Simulated organisation: scenario limit-raised, seed 42. Nothing here comes from Genesys Cloud.',
    )
})

test('without samples, errors and limits there is only an empty chart of failures', () => {
  const incident = someIncident({
    samples: [],
    limits: [],
    errors: [],
    notes: [],
    comparison: null,
  })
  const [chart, ...others] = chartsOf(incident)
  expect(others).toEqual([])
  expect(plainSpaces(chart!.summary)).toBe(
    'Errors by class, 12:45 to 14:30 CEST: 0 capacity, 0 rate, 0 auth, 0 server, 0 network, 0 socket.',
  )
  expect(textsOf(chart!.svg)).toContain('capacity 0')
})

test('refusals are filled columns, the highest count stands at the axis; other failures are outlines', () => {
  const at = incidentAt('13:20:00')
  const errors = [
    errorEvent({ at, class: 'capacity', source: 'feed', count: 30 }),
    errorEvent({ at: later(at, 600_000), class: 'capacity', source: 'feed', count: 3 }),
    errorEvent({ at, class: 'rate', source: 'feed' }),
    errorEvent({ at: later(at, 1_000), class: 'rate', source: 'feed' }),
  ]
  const { svg } = chartOf(someIncident({ errors }), 'errors')
  const texts = textsOf(svg)
  expect(texts).toContain('capacity 33')
  expect(texts).toContain('30')
  expect(texts).toContain('rate 2')
  const [columns] = [...svg.matchAll(/<path d="([^"]*)" fill="#9a2b00"/g)].map(([, path]) => path!)
  expect(columns!.match(/Z/g)).toHaveLength(2)
  // Two within one glyph's width are one glyph.
  expect(svg.match(/<g fill="none" stroke="#7a3468"[^>]*><path transform/g)).toHaveLength(1)
})

test('notes too close to be told apart share a pin', () => {
  const note = (id: string, clock: string) => ({
    id,
    at: incidentAt(clock),
    text: '',
    author: '',
    place: 'notes' as const,
  })
  const notes = [note('a', '13:00:00'), note('b', '13:00:30'), note('c', '14:00:00')]
  const texts = textsOf(chartOf(someIncident({ notes }), 'errors').svg)
  expect(texts).toContain('1–2')
  expect(texts).toContain('3')
})

test('only with a ledger is the difference of two counts called not released', () => {
  const ledger = { ...someEvidence().notReleased!, baseline: 266 }
  const options = { widthPx: 760, theme: 'light' as const, window: ours }
  const withLedger = incidentCharts(ours, { report: { ...report, notReleased: ledger } }, options)
  const named = withLedger.find(({ id }) => id === 'notReleased')!
  expect(named.title).toBe('Not released')
  expect(plainSpaces(named.summary)).toContain('peak 897')
  const plain = chartOf(ours, 'notReleased')
  expect(plain.title).toBe('Counted beyond the load test')
  expect(plainSpaces(plain.summary)).toContain('peak 1 163')
})

test('a part of an incident is drawn alone; a window without length is refused', () => {
  const window = { from: incidentAt('13:50:00'), to: incidentAt('14:00:00') }
  const options = { widthPx: 500, theme: 'light' as const, window }
  const [chart] = incidentCharts(ours, { report }, options)
  expect(textsOf(chart!.svg)).toContain('Limit 1 500')
  expect(textsOf(chart!.svg)).not.toContain('Limit 1 000')
  const empty = { ...options, window: { from: window.to, to: window.to } }
  expect(() => incidentCharts(ours, { report }, empty)).toThrow(RangeError)
})

test('whatever names and numbers come out of files, each picture is sound and keeps to its size', () => {
  const anyText = fc.string({
    unit: fc.constantFrom('<', '"', '&', "'", '`', 'ü', ' ', '\0', '\u2028', '界', 'a'),
  })
  const anyValue = fc.oneof(
    fc.double(),
    fc.constantFrom(0, -1, 1e308, -1e308, NaN, Infinity, 5e-324),
  )
  fc.assert(
    fc.property(
      anyText,
      anyText,
      fc.array(anyValue, { maxLength: 12 }),
      fc.option(anyValue.filter(Number.isFinite)),
      (title, source, values, limit) => {
        const timeMs = Float64Array.from(values, (_, i) => INCIDENT_FROM + 400_000 * i)
        const incident = withSamples(
          someIncident({
            title,
            samples: [],
            metrics: ours.metrics.map((metric) => ({ ...metric, title, origin: source })),
            organisation: { ...ours.organisation!, name: title, simulation: source },
            limits: [{ metric: CONNECTIONS, steps: [{ from: epochMs(0), value: limit, source }] }],
          }),
          CONNECTIONS,
          { timeMs, value: Float64Array.from(values) },
        )
        for (const { svg } of chartsOf(incident)) {
          expect(() => textsOf(svg)).not.toThrow()
          expect(/NaN|Infinity|undefined|="[^"]*\de[+-]/.exec(svg)?.[0]).toBeUndefined()
        }
      },
    ),
    { numRuns: 60 },
  )
})

test('a name wider than the picture is written below itself, and how far to trust it is not cut off', () => {
  const name = 'a name without an end '.repeat(12)
  const metrics = ours.metrics.map((metric) => ({ ...metric, title: name }))
  const { svg } = chartOf({ ...ours, metrics }, 'connections')
  const [, width] = /width="(\d+)"/.exec(svg)!
  const lines = [...svg.matchAll(/<text x="([\d.]+)"[^>]*text-anchor="start"[^>]*>(.*?)<\/text>/g)]
  const texts = lines.map(([, x, runs]) => ({
    x: Number(x),
    text: runs!.replace(/<[^>]*>/g, ''),
    isStrong: runs!.includes('font-weight="600"'),
  }))
  expect(texts.some(({ text }) => text === 'measured, organisation')).toBe(true)
  for (const { x, text, isStrong } of texts.filter((one) => one.text.includes('name without')))
    expect(x + textWidth(text, 11, isStrong)).toBeLessThanOrEqual(Number(width))
})
