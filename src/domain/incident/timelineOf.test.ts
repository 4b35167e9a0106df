import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyIncident } from '#testing/anyIncident.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import {
  CONNECTIONS,
  INCIDENT_FROM,
  INCIDENT_TO,
  incidentAt,
  someIncident,
  withSamples,
} from '#testing/someIncident.ts'
import { errorEvent } from '../errors/errorEvent.ts'
import { evidenceParts } from '../evidence/parts/evidenceParts.ts'
import { formatClock } from '../format.ts'
import type { LimitSteps } from '../metrics/limitSteps.ts'
import { durationMs, epochMs, later } from '../units.ts'
import type { Incident } from './incident.ts'
import { incidentEvidence } from './incidentEvidence.ts'
import { timelineOf } from './timelineOf.ts'

const drafted = (incident: Incident) => timelineOf(incident, incidentEvidence(incident))
const written = (incident: Incident) =>
  drafted(incident).map(({ at, plusMinusMs, title, detail }) =>
    plainSpaces(
      `${formatClock(at, incident.zone)} ${plusMinusMs === null ? '' : `± ${plusMinusMs / 1_000} s `}${title} | ${detail}`,
    ),
  )
const lineOf = (incident: Incident, kind: string) =>
  drafted(incident).find((line) => line.kind === kind)
const refusedAt = (clock: string, source: 'feed' | 'jtl' = 'feed') =>
  errorEvent({ at: incidentAt(clock), class: 'capacity', source, status: 503 })
/** One value per ten seconds from the beginning, under the afternoon's limits. */
const levelsOf = (values: readonly number[], known: Partial<Incident> = {}) =>
  withSamples(
    someIncident({ samples: [], errors: [], clients: [], markers: [], ...known }),
    CONNECTIONS,
    {
      timeMs: Float64Array.from(values, (_, i) => INCIDENT_FROM + 10_000 * i),
      value: Float64Array.from(values),
    },
  )

test('the afternoon is told as in the picture', () => {
  expect(written(someIncident())).toEqual([
    '12:45:00 Start of window | 266 of 1 000 before iteration 5.',
    '12:50:18 ± 5 s Warn, 80 % of 1 000 | Iteration 5. Highest 962, none refused.',
    '13:08:58 ± 5 s First crossing, 1 000 of 1 000 | Iteration 6. Floor before it: 322.',
    '13:09:12 ± 2 s First 503, softphone | 14 s after crossing, grade A.',
    '13:11:20 ± 2 s Retry storm, 7 min | 3.4 attempts per demand.',
    '13:29:30 ± 25 s Peak of refusals, 33 in 50 s | Iteration 7, at limit for 10 min.',
    '13:36:40 ± 2 s Recovery, load ends | Floor stays at 433. 3 refused after it.',
    '13:40:00 ± 2 s Limit change, 1 000 to 1 500 | presence sockets.max. Limit presence sockets.max changed to 1 500.',
    '14:20:58 ± 5 s Warn, 80 % of 1 500 | Iteration 10. Highest 1 242, 1 refused.',
    '14:30:00 End of window | 1 242 of 1 500, iteration 10. Floor +56 per iteration.',
  ])
})

test('an empty incident still has a start and an end', () => {
  const nothing = someIncident({
    metrics: [],
    samples: [],
    limits: [],
    errors: [],
    markers: [],
    clients: [],
    notes: [],
  })
  expect(drafted(nothing).map(({ kind, at, detail }) => [kind, at, detail])).toEqual([
    ['start', INCIDENT_FROM, ''],
    ['end', INCIDENT_TO, ''],
  ])
})

test('of errors alone nothing is said about a limit', () => {
  const errors = someIncident({ metrics: [], samples: [], limits: [], clients: [] })
  expect(written(errors).map((line) => line.slice(9))).toEqual([
    'Start of window | ',
    '± 2 s First 503, softphone | Grade A.',
    '± 25 s Peak of refusals, 33 in 50 s | Iteration 7.',
    'End of window | ',
  ])
})

test('a level without a limit has no crossing', () => {
  const incident = someIncident({ limits: [] })
  const kinds = drafted(incident).map(({ kind }) => kind)
  expect(kinds).not.toContain('crossing')
  expect(kinds).not.toContain('warn')
  expect(lineOf(incident, 'refusal')?.detail).toBe('Limit not known, grade A.')
})

test('a refusal before the limit was reached is said to be so', () => {
  const incident = someIncident({
    errors: [refusedAt('13:00:00'), ...someIncident().errors].sort((a, b) => a.at - b.at),
  })
  expect(lineOf(incident, 'refusal')).toMatchObject({
    at: incidentAt('13:00:00'),
    detail: 'Before any crossing, grade C.',
  })
})

test('a refusal as near to the crossing as nobody can tell is put in no order', () => {
  const incident = levelsOf([500, 500, 1_000, 1_000], { errors: [refusedAt('12:45:20')] })
  expect(lineOf(incident, 'crossing')).toMatchObject({
    at: incidentAt('12:45:15'),
    plusMinusMs: 5_000,
  })
  expect(lineOf(incident, 'refusal')?.detail).toBe('At once with the crossing, grade C.')
})

test('a window that begins at the limit saw no crossing', () => {
  const incident = levelsOf([1_000, 1_000, 400], { errors: [refusedAt('12:45:05')] })
  expect(lineOf(incident, 'crossing')).toMatchObject({
    at: INCIDENT_FROM,
    plusMinusMs: null,
    detail: 'Reached before the window.',
  })
  expect(lineOf(incident, 'refusal')?.detail).toBe('At limit already, grade C.')
})

test('a crossing within a gap has no time of its own', () => {
  const gap = Array<number>(30).fill(NaN)
  const incident = levelsOf([400, 400, ...gap, 1_000, 1_000, 400])
  expect(lineOf(incident, 'crossing')).toMatchObject({
    at: incidentAt('12:50:20'),
    plusMinusMs: null,
    detail: 'Reached while nothing was measured.',
  })
  expect(
    drafted(incident)
      .filter(({ kind }) => kind === 'gap')
      .map(({ title }) => plainSpaces(title)),
  ).toEqual(['Gap of 5 min', 'Gap of 99 min'.replace('99 min', '1 h 39 min')])
})

test('the time of a file’s error is as exact as that file’s clock', () => {
  const fromFile = someIncident({ errors: [refusedAt('13:09:12', 'jtl')], clockErrorMs: null })
  expect(lineOf(fromFile, 'refusal')?.plusMinusMs).toBe(2_000)
  const [history, jtl] = fromFile.sources
  const unsure = { ...jtl!, clock: { ...jtl!.clock, plusMinusMs: null } }
  expect(lineOf({ ...fromFile, sources: [history!, unsure] }, 'refusal')?.plusMinusMs).toBeNull()
  const recorded = someIncident({ errors: [refusedAt('13:09:12')], clockErrorMs: durationMs(700) })
  expect(lineOf(recorded, 'refusal')?.plusMinusMs).toBe(700)
})

test('an order that rests on a clock nobody checked says so', () => {
  const fromFile = someIncident({ errors: [refusedAt('13:09:12', 'jtl')], clockErrorMs: null })
  expect(lineOf(fromFile, 'refusal')?.detail).not.toMatch(/clock/)
  const [history, jtl] = fromFile.sources
  const unsure = { ...jtl!, clock: { ...jtl!.clock, plusMinusMs: null } }
  const incident = { ...fromFile, sources: [history!, unsure] }
  expect(lineOf(incident, 'refusal')?.detail).toMatch(/Their clocks were not compared\.$/)
})

test('a level that was first measured at its limit was reached before that, not before the window', () => {
  const gap = Array<number>(30).fill(NaN)
  expect(lineOf(levelsOf([...gap, 1_000, 1_000, 400]), 'crossing')?.detail).toBe(
    'Reached before it was first measured.',
  )
})

test('a limit that came to be known is not one that changed', () => {
  const known = (steps: LimitSteps) =>
    lineOf(someIncident({ limits: [{ metric: CONNECTIONS, steps }], markers: [] }), 'limitChange')
  const at = incidentAt('13:00:00')
  const told = known([{ from: at, value: 1_000, source: 'a' }])
  expect([told?.title, told?.detail].map((text) => plainSpaces(text ?? ''))).toEqual([
    'Limit known from here, 1 000',
    'a.',
  ])
  const lost = known([
    { from: epochMs(0), value: 1_000, source: 'a' },
    { from: at, value: null, source: 'forbidden' },
  ])
  expect(plainSpaces(lost?.title ?? '')).toBe('Limit unknown from here, 1 000 before')
})

test('a limit that nobody recorded a change of is first seen', () => {
  const incident = someIncident({
    markers: someIncident().markers.filter(({ kind }) => kind !== 'limitChanged'),
  })
  expect(lineOf(incident, 'limitChange')).toMatchObject({
    plusMinusMs: null,
    detail: 'presence sockets.max. First seen then.',
    part: 'raise',
  })
})

test('of a limit that moves all the time the ends are told', () => {
  const steps = Array.from({ length: 12 }, (_, i) => ({
    from: later(INCIDENT_FROM, 60_000 * i),
    value: 1_000 + 100 * i,
    source: 'scaling',
  }))
  const incident = someIncident({ limits: [{ metric: CONNECTIONS, steps }] })
  const changes = drafted(incident).filter(({ kind }) => kind === 'limitChange')
  expect(changes).toHaveLength(3)
  expect(changes.at(-1)?.detail).toContain('The last of 11 changes.')
})

test('recovery says whether the limit was raised, the load went off, or the level fell', () => {
  const values = [...Array<number>(12).fill(1_000), ...Array<number>(12).fill(600)]
  const errors = ['12:45:30', '12:45:40', '12:45:50', '12:46:20'].map((clock) => refusedAt(clock))
  const falls = levelsOf(values, { errors })
  expect(lineOf(falls, 'recovery')).toMatchObject({
    at: incidentAt('12:46:20'),
    title: 'Recovery, level falls',
  })
  const limits = [
    {
      metric: CONNECTIONS,
      steps: [
        { from: epochMs(0), value: 1_000, source: 'x' },
        { from: incidentAt('12:46:30'), value: 2_000, source: 'x' },
      ],
    },
  ]
  const raised = levelsOf(Array<number>(24).fill(1_000), { errors, limits })
  expect(lineOf(raised, 'recovery')?.title).toBe('Recovery, limit raised')
  const below = levelsOf(Array<number>(24).fill(600), { errors })
  expect(lineOf(below, 'recovery')?.title).toBe('Recovery, refusals end')
  const stays = levelsOf(Array<number>(24).fill(1_000), { errors })
  expect(lineOf(stays, 'recovery')).toBeUndefined()
})

test('what people added to the timeline stands there, and notes do not', () => {
  const note = { id: 'n', at: incidentAt('13:15:00'), author: 'lead' }
  const incident = someIncident({
    notes: [
      { ...note, text: '<b>Called the vendor</b>', place: 'timeline' },
      { ...note, text: 'not here', place: 'notes' },
      { ...note, at: incidentAt('15:00:00'), text: 'too late', place: 'timeline' },
    ],
  })
  expect(drafted(incident).filter(({ kind }) => kind === 'note')).toEqual([
    {
      kind: 'note',
      at: incidentAt('13:15:00'),
      plusMinusMs: null,
      title: '<b>Called the vendor</b>',
      detail: 'lead',
      part: null,
    },
  ])
})

test('of any incident the lines lie within the window, oldest first, and rest on parts that exist', () => {
  fc.assert(
    fc.property(anyIncident, (incident) => {
      const report = incidentEvidence(incident)
      const lines = timelineOf(incident, report)
      const parts = evidenceParts(report, incident.zone).map(({ id }) => id)
      expect(lines[0]?.kind).toBe('start')
      expect(lines.at(-1)?.kind).toBe('end')
      expect(lines.filter(({ kind }) => kind !== 'note').length).toBeLessThanOrEqual(16)
      for (const [i, { at, plusMinusMs, title, detail, part, kind }] of lines.entries()) {
        expect(at).toBeGreaterThanOrEqual(incident.from)
        expect(at).toBeLessThanOrEqual(Math.max(incident.from, incident.to))
        if (i > 0) expect(at).toBeGreaterThanOrEqual(lines[i - 1]!.at)
        if (plusMinusMs !== null) expect(plusMinusMs).toBeGreaterThanOrEqual(0)
        if (part !== null) expect(parts).toContain(part)
        if (kind !== 'note') expect(`${title}${detail}`).not.toMatch(/NaN|undefined|null|Infinity/)
      }
    }),
    { numRuns: 60 },
  )
})
