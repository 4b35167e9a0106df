import { expect, test } from 'vitest'
import { someIncident } from '#testing/someIncident.ts'
import { findingsOf } from './findingsOf.ts'
import { incidentEvidence } from './incidentEvidence.ts'

test('the findings of an afternoon hold together', () => {
  const incident = someIncident()
  const report = incidentEvidence(incident)
  const findings = findingsOf(incident, report)
  expect(findings.report).toBe(report)
  expect(findings.timeline[0]!.kind).toBe('start')
  expect(findings.timeline.at(-1)!.kind).toBe('end')
  expect(findings.episodes.filter(({ kind }) => kind === 'atLimit')).toHaveLength(2)
  expect(findings.differing[0]).toMatchObject({ name: 'Softphone login', isOver: true })
  expect(findings.compared?.word).toBe('worked')
  expect(findingsOf(structuredClone(incident), report)).toEqual(findings)
})

test('nothing is compared where no windows were chosen', () => {
  const incident = someIncident({ comparison: null })
  expect(findingsOf(incident, incidentEvidence(incident)).compared).toBeNull()
})
