import fc from 'fast-check'
import { expect, test } from 'vitest'
import { errorEvent } from '#domain/errors/errorEvent.ts'
import { findingsOf } from '#domain/incident/findingsOf.ts'
import type { Incident } from '#domain/incident/incident.ts'
import { incidentEvidence } from '#domain/incident/incidentEvidence.ts'
import { later } from '#domain/units.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { incidentAt, someIncident } from '#testing/someIncident.ts'
import { carePacket } from './carePacket.ts'
import { carePacketJson, carePacketText } from './carePacketText.ts'

const findings = findingsOf(someIncident(), incidentEvidence(someIncident()))
const textOf = (incident: Incident) => plainSpaces(carePacketText(carePacket(incident, findings)))
const linesOf = (incident: Incident) => textOf(incident).split('\n')

test('support gets what it asks for, all times in UTC', () => {
  const lines = linesOf(someIncident())
  expect(lines.slice(0, 6)).toEqual([
    'Genesys Care packet, written by Tidemark',
    'Organisation: Alder Retail',
    'Organisation id: alder',
    'Region: eu_central_1',
    'Domain: mypurecloud.de',
    'Window: 2026-09-17T10:45:00.000Z to 2026-09-17T12:30:00.000Z (UTC)',
  ])
  for (const line of [
    'No reply named a limit.',
    'WebSocket connections: 1 000, in force when the window began; presence sockets.max',
    'WebSocket connections: 1 500, from 2026-09-17T11:40:00.000Z; presence sockets.max',
    '2026-09-17T11:29Z: 33 refused, 99 attempts, WebSocket connections 1 000 of 1 000',
    'Correlation ids (ININ-Correlation-Id), 3',
    '2026-09-17T11:09:12.300Z 1f0c44aa-0000-4000-8000-000000000000 503 capacity WS streaming.mypurecloud.de/channels/{id}',
    '2026-09-17T11:40:00.000Z WebSocket connections: limit 1 000 to 1 500, presence sockets.max',
    'run-07.jtl, JTL CSV, start times; clock moved −41 s, ± 2 s, by cross-correlation, drift +12 ppm from 10:45:00',
    'Secrets taken out: 11 × Authorization header, 3 × token in an address.',
  ])
    expect(lines).toContain(line)
  expect(
    lines.some((line) => line.startsWith('Limit raised from 1 000 to 1 500 at 11:40 UTC. Worked.')),
  ).toBe(true)
})

test('of a simulated organisation the first line says that nothing comes from Genesys Cloud', () => {
  const organisation = { ...someIncident().organisation!, simulation: 'scenario quiet, seed 1' }
  const incident = someIncident({ organisation })
  expect(linesOf(incident)[0]).toBe(
    'Simulated organisation: scenario quiet, seed 1. Nothing here comes from Genesys Cloud.',
  )
  expect(JSON.parse(carePacketJson(carePacket(incident, findings)))).toMatchObject({
    format: 'tidemark-care-packet',
    version: 1,
    simulated: linesOf(incident)[0],
  })
})

test('limits that replies named come with namespace, key and how often', () => {
  const limit = { namespace: 'presence', key: 'sockets.max', value: 1_000 }
  const at = incidentAt('13:10:00')
  const errors = [1, 2].map((count) =>
    errorEvent({ at, class: 'capacity', source: 'feed', status: 503, count, limit }),
  )
  expect(linesOf(someIncident({ errors }))).toContain(
    'Named by the server in 3 replies: namespace presence, key sockets.max, value 1 000',
  )
})

test('of many correlation ids the first are listed, refusals before others, and how many there are', () => {
  const errors = Array.from({ length: 120 }, (_, i) =>
    errorEvent({
      at: later(incidentAt('13:10:00'), 1_000 * i),
      class: i % 2 === 0 ? 'rate' : 'capacity',
      source: 'har',
      correlationId: `1f0c44aa-0000-4000-8000-${String(i % 110).padStart(12, '0')}`,
    }),
  )
  const { replies } = carePacket(someIncident({ errors }), findings)
  expect(replies.total).toBe(110)
  expect(replies.first).toHaveLength(50)
  expect(replies.first.every((reply) => reply.class === 'capacity')).toBe(true)
  expect(linesOf(someIncident({ errors }))).toContain(
    'Correlation ids (ININ-Correlation-Id), first 50 of 110',
  )
})

test('without refusals, ids and limits the packet says so', () => {
  const incident = someIncident({ errors: [], limits: [], markers: [], organisation: null })
  const lines = linesOf(incident)
  expect(lines).toContain('Nothing was refused in this window.')
  expect(lines).toContain('None: no source recorded any.')
  expect(lines).toContain('No limit is known.')
  expect(lines).toContain('Organisation: not known, the incident is made of files alone')
})

const SECRETS = [
  'jane.doe@example.com',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJl',
  'Bearer q8Zt3vK1x0Yp7Lm2',
  'access_token=q8Zt3vK1x0Yp7Lm2',
]

test('neither tokens nor addresses of people are in it, wherever they were', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...SECRETS),
      fc.constantFrom('', 'GET /a?b=c&', 'user ', '\n', '\u200b '),
      (secret, before) => {
        const text = `${before}${secret} end`
        const ours = someIncident()
        const incident = someIncident({
          title: text,
          organisation: { ...ours.organisation!, name: text, region: text, simulation: text },
          metrics: ours.metrics.map((metric) => ({ ...metric, title: text, origin: text })),
          limits: ours.limits.map(({ metric, steps }) => ({
            metric,
            steps: steps.map((step) => ({ ...step, source: text })),
          })),
          markers: ours.markers.map((marker) => ({ ...marker, label: text })),
          notes: ours.notes.map((note) => ({ ...note, text })),
          errors: ours.errors.map((event) => ({
            ...event,
            route: text,
            correlationId: text,
            limit: { namespace: text, key: text, value: 1 },
          })),
          sources: ours.sources.map((source) => ({ ...source, name: text, kind: text })),
        })
        const report = { ...findings.report, subject: { ...findings.report.subject!, title: text } }
        const packet = carePacket(incident, { ...findings, report })
        for (const written of [carePacketText(packet), carePacketJson(packet)])
          expect(written).not.toContain(secret.split(/[ =]/).at(-1))
        expect(packet.notIncluded.length).toBeGreaterThan(2)
      },
    ),
  )
})

test('a text from a file cannot pass for a line of the packet', () => {
  const route = 'GET /a\nDomain: evil.example\u2028Region: x'
  const errors = [
    errorEvent({
      at: incidentAt('13:10:00'),
      class: 'capacity',
      source: 'har',
      correlationId: '1f0c44aa-0000-4000-8000-000000000000',
      route,
    }),
  ]
  const lines = linesOf(someIncident({ errors }))
  expect(lines.filter((line) => line.startsWith('Domain: '))).toEqual(['Domain: mypurecloud.de'])
  expect(lines.some((line) => line.includes('\u2028'))).toBe(false)
})
