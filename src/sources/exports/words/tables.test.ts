import { expect, test } from 'vitest'
import { findingsOf } from '#domain/incident/findingsOf.ts'
import { incidentEvidence } from '#domain/incident/incidentEvidence.ts'
import { epochMs, later, metricId } from '#domain/units.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { SESSIONS, someIncident } from '#testing/someIncident.ts'
import { carePacket } from '../carePacket.ts'
import { carePacketText } from '../carePacketText.ts'
import { incidentCharts } from '../charts/incidentCharts.ts'
import { differingTable } from './differingTable.ts'
import { comparedTable } from './comparedTable.ts'
import { episodeTable, nearMissTable } from './episodeTable.ts'
import { limitTable } from './limitTable.ts'
import { sourceTable } from './sourceTable.ts'
import { timelineTable } from './timelineTable.ts'

const findings = (incident = someIncident()) => findingsOf(incident, incidentEvidence(incident))
const names = ({ columns }: { columns: readonly { name: string }[] }) =>
  columns.map(({ name }) => name)

test('every row of a table has a cell for each of its columns', () => {
  for (const zone of ['UTC', 'Europe/Berlin']) {
    const incident = someIncident({ zone })
    const { timeline, differing, episodes, nearMisses, compared } = findings(incident)
    for (const table of [
      timelineTable(incident, timeline),
      differingTable(differing),
      limitTable(incident),
      limitTable(movingIncident(50)),
      episodeTable(incident, episodes),
      nearMissTable(incident, nearMisses),
      comparedTable(incident, compared!),
      sourceTable(incident),
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

/** The same incident with a capacity of sessions that moves every three seconds. */
function movingIncident(levels: number) {
  const incident = someIncident()
  const steps = Array.from({ length: levels }, (_, i) => ({
    from: later(incident.from, 3_000 * i),
    value: 900 + (i % 7),
    source: 'capacity of the edges',
  }))
  const others = incident.limits.filter(({ metric }) => metric !== SESSIONS)
  return { ...incident, limits: [...others, { metric: SESSIONS, steps }] }
}

test('a limit that moves by itself is one row, and one line of a packet', () => {
  const incident = movingIncident(2_000)
  const rows = limitTable(incident).rows.map((row) => row.map(plainSpaces))
  expect(rows.filter(([name]) => name === 'Call sessions')).toEqual([
    ['Call sessions', '900 to 906', 'moves: 2 000 levels in the window', 'capacity of the edges'],
  ])
  const packet = carePacket(incident, findings(incident))
  const lines = plainSpaces(carePacketText(packet)).split('\n')
  expect(lines.filter((line) => line.includes('Call sessions'))).toEqual([
    'Call sessions: 900 to 906, moves: 2 000 levels in the window; capacity of the edges',
  ])
})

test('a limit that moves by itself leaves its chart legible', () => {
  const incident = movingIncident(2_000)
  const options = { widthPx: 720, theme: 'light' as const, window: incident }
  const [sessions] = incidentCharts(incident, findings(incident), options).filter(
    ({ id }) => id === 'sessions',
  )
  const labels = plainSpaces(sessions!.svg).match(/>Capacity \d[^<]*</g)
  expect(labels).toEqual(['>Capacity 900 to 906<'])
})

test('a few levels are told one by one', () => {
  expect(
    limitTable(movingIncident(12)).rows.filter(([name]) => name === 'Call sessions'),
  ).toHaveLength(12)
})
