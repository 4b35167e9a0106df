import fc from 'fast-check'
import { expect, test } from 'vitest'
import { incidentEvidence } from '#domain/incident/incidentEvidence.ts'
import type { Incident } from '#domain/incident/incident.ts'
import { anyIncident, HOSTILE_TEXTS } from '#testing/anyIncident.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { ATTEMPTS, CONNECTIONS, INCIDENT_FROM, someIncident } from '#testing/someIncident.ts'
import { checkBundle } from '../../imports/bundle/checkBundle.ts'
import { readBundle } from '../../imports/bundle/readBundle.ts'
import { BundleError } from './bundleError.ts'
import { reportText } from './reportText.ts'
import { writeBundle } from './writeBundle.ts'

const VIEWER = 'const end = "</script>"; const comment = /<!--/; done(end, comment)'

function written(incident: Incident) {
  const report = incidentEvidence(incident)
  return { report, ...writeBundle(incident, report, VIEWER) }
}

const read = (html: string) => readBundle(html, 'incident.html')

test('a bundle gives back the incident and, byte for byte, the verdict', () => {
  const incident = someIncident()
  const { html, report, fingerprint, bytes } = written(incident)
  const bundle = read(html)
  expect(bundle.incident).toEqual(incident)
  expect(bundle.isIntact).toBe(true)
  expect(bundle.fingerprint).toBe(fingerprint)
  expect(bytes).toBe(new Blob([html]).size)
  const check = checkBundle(bundle)
  expect(check.isSameVerdict).toBe(true)
  expect(check.recomputed).toEqual(report)
  expect(report.verdict.word).not.toBe('cannot-tell')
})

test('any incident comes back as it was, to the last bit of every sample', () => {
  fc.assert(
    fc.property(anyIncident, (incident) => {
      const { html, report } = written(incident)
      const bundle = read(html)
      expect(bundle.incident).toEqual(incident)
      expect(bundle.isIntact).toBe(true)
      expect(bundle.storedReport).toBe(reportText(report))
      expect(checkBundle(bundle).isSameVerdict).toBe(true)
    }),
    { numRuns: 60 },
  )
})

test('the same incident is written the same way', () => {
  expect(written(someIncident()).html).toBe(written(someIncident()).html)
})

/** An incident in which everything that people or files can name is one text. */
function saying(text: string): Incident {
  const incident = someIncident()
  const one = <T extends object>(known: T, ...fields: (keyof T)[]) =>
    fields.reduce<T>((changed, field) => ({ ...changed, [field]: text }), known)
  return {
    ...incident,
    title: text,
    organisation: incident.organisation && one(incident.organisation, 'name', 'region', 'domain'),
    metrics: incident.metrics.map((metric) => one(metric, 'title', 'origin')),
    errors: incident.errors.map((event) =>
      one(event, 'route', 'app', 'code', 'message', 'correlationId'),
    ),
    markers: incident.markers.map((marker) => one(marker, 'label')),
    clients: incident.clients.map((event) => one(event, 'client')),
    notes: incident.notes.map((note) => one(note, 'text', 'author')),
    limits: incident.limits.map(({ metric, steps }) => ({
      metric,
      steps: steps.map((step) => one(step, 'source')),
    })),
    sources: incident.sources.map((source) => ({
      ...one(source, 'name', 'kind'),
      warnings: [text],
      groups: source.groups.map((group) => one(group, 'name')),
    })),
  }
}

test.each(HOSTILE_TEXTS)('%j stays text wherever it stands', (text) => {
  const incident = saying(text)
  const { html } = written(incident)
  expect(read(html).incident).toEqual(incident)
  const scripts = html.match(/<script/g)
  const ends = html.match(/<\/script/g)
  expect(scripts).toHaveLength(written(someIncident()).html.match(/<script/g)!.length)
  expect(ends).toHaveLength(scripts!.length)
  expect(html).not.toMatch(/<!--|<img|onload="|<svg onload/)
})

test('nothing in the page can be requested, and no code runs but its own', () => {
  const { html } = written(someIncident())
  const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)!
  expect(policy).toMatch(/^default-src &#39;none&#39;;/)
  expect(policy).toContain('script-src &#39;sha256-')
  expect(html.slice(0, 1_000)).toContain('<meta name="tidemark-bundle" content="1" />')
  expect(html).not.toMatch(/\b(?:href|src)="(?!data:|#)/)
})

test('a person can read a sample in its own line', () => {
  const { html } = written(someIncident())
  const text = html.slice(html.indexOf('id="tidemark-series-1"')).split('\n', 8)
  expect(text.slice(1, 6)).toEqual([
    '{',
    `"metric":"${CONNECTIONS}",`,
    '"times":"steps",',
    `"fromMs":${INCIDENT_FROM + 3_000},`,
    '"rows":[',
  ])
  expect(text[6]).toMatch(/^\[0,\d+\],$/)
  expect(text[7]).toMatch(/^\[10000,\d+\],$/)
})

test('what is larger than 10 MB is refused, with what is large in it and what would help', () => {
  const length = 900_000
  const large = {
    metric: ATTEMPTS,
    series: {
      timeMs: Float64Array.from({ length }, (_, i) => INCIDENT_FROM + 7 * i),
      value: Float64Array.from({ length }, (_, i) => 1_000 + i / 8),
    },
  }
  const incident = someIncident()
  const report = incidentEvidence(incident)
  const write = () => writeBundle({ ...incident, samples: [large] }, report, VIEWER)
  expect(write).toThrow(BundleError)
  const refusal = (() => {
    try {
      write()
    } catch (error) {
      return error as BundleError
    }
  })()
  expect(refusal?.kind).toBe('tooLarge')
  expect(plainSpaces(refusal?.message ?? '')).toMatch(
    /^The bundle would have 1\d\.\d MB, and 10\.0 MB is the most\. The largest in it: series Connection attempts 1\d\.\d MB, .*Choose a shorter window, or fewer series\.$/,
  )
})
