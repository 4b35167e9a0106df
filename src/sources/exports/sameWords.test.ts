import { expect, test } from 'vitest'
import { verdictWords } from '#domain/evidence/verdict/verdictWords.ts'
import { formatCount } from '#domain/format.ts'
import { findingsOf } from '#domain/incident/findingsOf.ts'
import type { Incident } from '#domain/incident/incident.ts'
import { incidentEvidence } from '#domain/incident/incidentEvidence.ts'
import { someIncident } from '#testing/someIncident.ts'
import { readBundle } from '../imports/bundle/readBundle.ts'
import { writeBundle } from './bundle/writeBundle.ts'
import { carePacket } from './carePacket.ts'
import { carePacketText } from './carePacketText.ts'
import { textOf } from './html.ts'
import { markdownSummary } from './markdownSummary.ts'
import { reportHtml } from './report/reportHtml.ts'

const UNESCAPED: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#96;': '`',
  '&#64;': '@',
  '&amp;': '&',
}
const unescaped = (text: string) =>
  text.replace(/&[\w#]+;/g, (entity) => UNESCAPED[entity] ?? entity)
const ofHtml = (markup: string) => unescaped(markup.replace(/<[^>]*>/g, ' '))
const ofMarkdown = (text: string) => unescaped(text.replace(/\\([^\w\s])/g, '$1'))

/** What every reader of an incident is given, as the words that are read. */
function handedOver(incident: Incident) {
  const report = incidentEvidence(incident)
  const findings = findingsOf(incident, report)
  const { html } = writeBundle(incident, report, 'check()')
  const again = readBundle(html, 'incident.html').incident
  const page = html.slice(html.indexOf('<main'), html.indexOf('</main>'))
  const texts = {
    report: ofHtml(textOf(reportHtml(incident, findings))),
    markdown: ofMarkdown(markdownSummary(incident, findings, null)),
    packet: carePacketText(carePacket(incident, findings)),
    bundle: ofHtml(page),
    recomputed: ofHtml(textOf(reportHtml(again, findingsOf(again, incidentEvidence(again))))),
  }
  return { report, findings, texts: Object.entries(texts) }
}

const calm = someIncident({ errors: [], comparison: null })

test.each([
  ['an incident at the limit', someIncident({ zone: 'UTC' })],
  ['one without refusals', { ...calm, zone: 'UTC' }],
  ['one without a limit', someIncident({ zone: 'UTC', limits: [] })],
  ['files alone', someIncident({ zone: 'UTC', organisation: null })],
])('%s has one verdict, whoever reads it', (_, incident) => {
  const { report, texts } = handedOver(incident)
  const { word, sentence, against } = verdictWords(report, incident.zone)
  for (const [name, text] of texts)
    for (const words of [word, sentence, against])
      expect([name, text]).toEqual([name, expect.stringContaining(words)])
})

test('limits, refusals and the peak of them have one number each', () => {
  const incident = someIncident({ zone: 'UTC' })
  const { report, findings, texts } = handedOver(incident)
  const limits = incident.limits.flatMap(({ steps }) =>
    steps.map(({ value }) => formatCount(value!)),
  )
  for (const [name, text] of texts)
    for (const number of [...limits, formatCount(report.verdict.errors)])
      expect([name, text]).toEqual([name, expect.stringContaining(number)])
  for (const { title } of findings.timeline)
    for (const [name, text] of texts.filter(([one]) => one !== 'packet'))
      expect([name, text]).toEqual([name, expect.stringContaining(title)])
  const { peak } = carePacket(incident, findings)
  const highest = Math.max(...peak.map(({ refused }) => refused))
  expect(highest).toBe(33)
  expect(
    findings.timeline.some(({ title }) => title.startsWith(`Peak of refusals, ${highest} in`)),
  ).toBe(true)
})

test('a failure at the very end of the window is counted nowhere, since the window ends before it', () => {
  const ours = someIncident({ zone: 'UTC' })
  const late = { ...ours.errors.findLast((one) => one.class === 'capacity')!, at: ours.to }
  const { report, texts } = handedOver({ ...ours, errors: [...ours.errors, late] })
  expect(report.verdict.errors).toBe(incidentEvidence(ours).verdict.errors)
  for (const [name, text] of texts.filter(([one]) => /report|bundle|recomputed/.test(one)))
    expect([name, text]).toEqual([
      name,
      expect.stringMatching(new RegExp(`; ${report.verdict.errors} refused\\.`)),
    ])
})
