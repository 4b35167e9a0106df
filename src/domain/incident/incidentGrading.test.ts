import { expect, test } from 'vitest'
import { incidentAt, someIncident } from '#testing/someIncident.ts'
import { errorEvent } from '../errors/errorEvent.ts'
import { countedOnce, incidentInput } from './incidentEvidence.ts'
import { incidentGrading } from './incidentGrading.ts'

const always = () => true

test('single errors are graded as the evidence counts them', () => {
  const incident = someIncident()
  const grade = incidentGrading(incident, always)
  const counts = { A: 0, B: 0, C: 0, D: 0 }
  for (const event of countedOnce(incident.errors)) {
    const reason = grade(event)
    expect(reason === null).toBe(event.class !== 'capacity')
    if (reason) counts[reason.grade] += event.count
  }
  expect(counts).toEqual(incidentInput(incident).profile.grades)
  expect(counts.C).toBeGreaterThan(0)
  expect(counts.D).toBeGreaterThan(0)
})

test('an error is graded by the limit of then, and not by the one that came after', () => {
  const incident = someIncident()
  const refusedAt = (clock: string) =>
    errorEvent({ at: incidentAt(clock), class: 'capacity', source: 'feed' })
  // 1 000 connections: at the limit of then, two thirds of the one from 13:40 on.
  expect(incidentGrading(incident, always)(refusedAt('13:30:00'))).toMatchObject({
    grade: 'C',
    ratio: 1,
  })
  const raisedFirst = incident.limits.map(({ metric, steps }) => ({
    metric,
    steps: steps.map((step) => ({ ...step, value: step.value && 1_500 })),
  }))
  const other = incidentGrading({ ...incident, limits: raisedFirst }, always)
  expect(other(refusedAt('13:30:00'))).toEqual({ grade: 'D', because: 'nothing' })
})

test('where only steps are held, an error without a sign is not called unexplained', () => {
  const incident = someIncident({ samples: [] })
  const refused = errorEvent({ at: incidentAt('13:30:00'), class: 'capacity', source: 'feed' })
  expect(incidentGrading(incident, () => false)(refused)).toBeNull()
  expect(incidentGrading(incident, always)(refused)).toMatchObject({ grade: 'D' })
  const named = { ...refused, code: 'too.many.requests' }
  expect(incidentGrading(incident, () => false)(named)).toMatchObject({ grade: 'A' })
})
