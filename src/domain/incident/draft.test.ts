import { expect, test } from 'vitest'
import { INCIDENT_FROM, incidentAt, someIncident } from '#testing/someIncident.ts'
import { someMetric } from '#testing/someMetric.ts'
import { errorEvent } from '../errors/errorEvent.ts'
import { observation } from '../observation.ts'
import { durationMs, epochMs, later } from '../units.ts'
import { type Draft, type DraftFile, EMPTY_DRAFT, incidentOf } from './draft.ts'
import { incidentEvidence, incidentSubject } from './incidentEvidence.ts'
import { countOf, refusalsOf } from './incidentLevels.ts'

const AT = epochMs(Date.UTC(2026, 8, 17, 11, 0, 0))
const threads = someMetric('jtl.threads:run', { group: 'connections', intervalMs: null })
const empty: Draft = { ...EMPTY_DRAFT, zone: 'UTC' }
const SEAL = { name: 'a.html', fingerprint: 'f', changed: [], storedReport: '' }

function file(id: string, movedMs = 0, client = 'c1'): DraftFile {
  return {
    source: {
      id,
      name: `${id}.jtl`,
      kind: 'JMeter CSV',
      samples: 3,
      rejected: 0,
      rejections: [],
      removals: [],
      warnings: [],
      clock: { movedMs: durationMs(movedMs), plusMinusMs: null, how: 'byHand', drift: null },
      groups: [],
    },
    observation: observation({
      metrics: [{ ...threads, id: `${threads.id}${id}` as typeof threads.id }],
      samples: [
        {
          metric: `${threads.id}${id}` as typeof threads.id,
          series: {
            timeMs: Float64Array.of(AT, AT + 10_000, AT + 20_000),
            value: Float64Array.of(1, 2, 3),
          },
        },
      ],
      clients: [{ at: AT, kind: 'opened', client, tookMs: 5 }],
    }),
  }
}

test('nothing on the desk is no incident', () => {
  expect(incidentOf(empty)).toBeNull()
})

test('files alone go from the first thing they tell to the last, on their moved clocks', () => {
  const incident = incidentOf({ ...empty, files: [file('a'), file('b', 60_000)] })!
  expect([incident.from, incident.to]).toEqual([AT, AT + 80_000])
  expect(incident.samples[1]!.series.timeMs[0]).toBe(AT + 60_000)
  expect(incident.title).toBe('a.jtl, b.jtl')
})

test('a window leaves out what lies beyond it, and the metrics that then have nothing', () => {
  const span = { from: AT, to: later(AT, 10_000) }
  const incident = incidentOf({ ...empty, span, files: [file('a'), file('b', 60_000)] })!
  expect(incident.samples.map(({ series }) => [...series.value])).toEqual([[1, 2]])
  expect(incident.metrics).toHaveLength(1)
  // What a source is and how it was read belongs to the incident all the same.
  expect(incident.sources).toHaveLength(2)
})

test('clients of two files are never the same one', () => {
  const { clients } = incidentOf({ ...empty, files: [file('a'), file('b')] })!
  expect(new Set(clients.map(({ client }) => client)).size).toBe(2)
})

test('a typed limit stands in the place of one that no source tells, and is what is judged by', () => {
  const draft = { ...empty, files: [file('a')] }
  const metric = incidentOf(draft)!.metrics[0]!.id
  const incident = incidentOf({ ...draft, typedLimits: [{ metric, value: 3 }] })!
  expect(incident.limits[0]!.steps[0]).toMatchObject({ value: 3, source: /typed in/ })
  expect(incidentSubject(incident).metric?.id).toBe(metric)
})

test('a bundle on the desk gives back its incident, and the same verdict', () => {
  const incident = someIncident()
  const { from, to, title, zone, notes, comparison } = incident
  const opened = incidentOf({
    ...empty,
    title,
    zone,
    span: { from, to },
    base: { kind: 'bundle', incident, seal: SEAL },
    notes,
    comparison,
  })!
  expect(opened).toEqual(incident)
  expect(incidentEvidence(opened)).toEqual(incidentEvidence(incident))
})

test('a part of a bundle can be looked at alone', () => {
  const incident = someIncident()
  const span = { from: INCIDENT_FROM, to: incidentAt('13:40:00') }
  const part = incidentOf({ ...empty, span, base: { kind: 'bundle', incident, seal: SEAL } })!
  expect(part.errors.every(({ at }) => at <= span.to)).toBe(true)
  expect(part.errors.length).toBeLessThan(incident.errors.length)
})

test('a window without anything in it is no incident', () => {
  expect(incidentOf({ ...empty, span: { from: AT, to: later(AT, 10_000) } })).toBeNull()
})

test('the last failure of files counts into their window', () => {
  const last = errorEvent({ at: later(AT, 25_000), class: 'capacity', source: 'jtl', count: 3 })
  const one = file('a')
  const incident = incidentOf({
    ...empty,
    files: [{ ...one, observation: { ...one.observation, errors: [last] } }],
  })!
  expect(countOf(refusalsOf(incident))).toBe(3)
})

test('of failures at the bounds of a window those at its start are in it', () => {
  const one = file('a')
  const errors = [0, 5_000, 10_000].map((ms) =>
    errorEvent({ at: later(AT, ms), class: 'capacity', source: 'jtl' }),
  )
  const span = { from: AT, to: later(AT, 10_000) }
  const files = [{ ...one, observation: { ...one.observation, errors } }]
  expect(incidentOf({ ...empty, span, files })!.errors).toEqual(errors.slice(0, 2))
})

test('clients of a bundle of two files are not those of a third', () => {
  const two = incidentOf({ ...empty, files: [file('a'), file('b')] })!
  const base = { kind: 'bundle', incident: two, seal: SEAL } as const
  const { clients } = incidentOf({ ...empty, base, files: [file('c')] })!
  expect(new Set(clients.map(({ client }) => client)).size).toBe(3)
})

test('a limit typed in for a file that was taken off is of nothing, and is there when it returns', () => {
  const files = [file('a'), file('b')]
  const metric = incidentOf({ ...empty, files })!.metrics[1]!.id
  const draft = { ...empty, files, typedLimits: [{ metric, value: 3 }] }
  expect(incidentOf({ ...draft, files: [file('a')] })!.limits).toEqual([])
  expect(incidentOf(draft)!.limits).toHaveLength(1)
})
