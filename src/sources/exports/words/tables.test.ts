import { expect, test } from 'vitest'
import { findingsOf } from '#domain/incident/findingsOf.ts'
import { incidentEvidence } from '#domain/incident/incidentEvidence.ts'
import { epochMs, metricId } from '#domain/units.ts'
import { someIncident } from '#testing/someIncident.ts'
import { differingTable } from './differingTable.ts'
import { limitTable } from './limitTable.ts'
import { timelineTable } from './timelineTable.ts'

const findings = (incident = someIncident()) => findingsOf(incident, incidentEvidence(incident))
const names = ({ columns }: { columns: readonly { name: string }[] }) =>
  columns.map(({ name }) => name)

test('every row of a table has a cell for each of its columns', () => {
  for (const zone of ['UTC', 'Europe/Berlin']) {
    const incident = someIncident({ zone })
    const { timeline, differing } = findings(incident)
    for (const table of [
      timelineTable(incident, timeline),
      differingTable(differing),
      limitTable(incident),
    ])
      for (const row of table.rows) expect(row).toHaveLength(table.columns.length)
  }
})

test('on a clock of UTC the time is not written twice', () => {
  const { timeline } = findings()
  expect(names(timelineTable(someIncident({ zone: 'Europe/Berlin' }), timeline))).toContain('UTC')
  const utc = timelineTable(someIncident({ zone: 'UTC' }), timeline)
  expect(names(utc)).toEqual(['Time, UTC', 'How exact', 'What', 'Detail'])
})

test('where nobody counts attempts there are no empty columns for them, and that is said', () => {
  const counted = findings().differing
  expect(names(differingTable(counted))).toContain('By chance')
  const uncounted = counted.map((one) => ({
    ...one,
    attempts: null,
    ofAttempts: null,
    difference: null,
    p: null,
    isOver: false,
    source: 'Organisation history',
  }))
  const table = differingTable(uncounted)
  expect(names(table)).toEqual(['Which', 'Kind', 'Refused'])
  expect(table.remarks.join(' ')).toMatch(/attempts are not counted/)
})

test('a limit that was never known is said in a sentence, with the reason', () => {
  const incident = someIncident()
  const metric = metricId('acd.waiting')
  const unknown = { from: epochMs(0), value: null, source: 'no key published for this metric' }
  const table = limitTable({
    ...incident,
    limits: [...incident.limits, { metric, steps: [unknown] }],
  })
  expect(table.rows.flat()).not.toContain('unknown')
  expect(table.remarks).toEqual([
    expect.stringMatching(/^Limit unknown \(no key published for this metric\): /),
  ])
})
