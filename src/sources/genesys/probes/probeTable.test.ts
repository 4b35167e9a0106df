import { expect, test } from 'vitest'
import { durationMs, epochMs } from '#domain/units.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import type { ProbeId, ProbeResult } from './probe.ts'
import { probeMarkdown, probeTsv } from './probeTable.ts'

const NOW = epochMs(Date.UTC(2026, 8, 17, 12, 30))
const result: ProbeResult = {
  probe: 'P7',
  state: 'forbidden',
  findings: ['=cmd|calc', 'A | pipe\tand\na line.'],
  permission: 'usage:events:view',
  at: NOW,
  tookMs: durationMs(1_200),
}
const known = {
  organisation: { name: '=Alder', domain: 'mypurecloud.de', simulation: null },
  results: new Map<ProbeId, ProbeResult>([['P7', result]]),
  zone: 'UTC',
  now: NOW,
}

test('a spreadsheet gets ten rows of seven cells, and nothing that it would run', () => {
  const lines = probeTsv(known).trimEnd().split('\r\n')
  expect(lines).toHaveLength(11)
  expect(new Set(lines.map((line) => line.split('\t').length))).toEqual(new Set([7]))
  const row = lines.find((line) => line.startsWith('P7'))!.split('\t')
  expect(plainSpaces(row.join('|'))).toBe(
    "P7 Operational events|GET /api/v2/usage/events/definitions|Forbidden|'=cmd|calc A | pipe and a line.|usage:events:view|Thu 17 Sep 2026 12:30:00|1 s",
  )
})

test('a ticket gets a Markdown table that foreign words cannot break, with zone and date', () => {
  const text = plainSpaces(probeMarkdown(known))
  const rows = text.split('\n').filter((line) => line.startsWith('|'))
  expect(rows).toHaveLength(12)
  expect(rows.find((row) => row.includes('P7 '))).toContain('=cmd\\|calc A \\| pipe and a line.')
  expect(text).toContain('### Diagnostics of =Alder (mypurecloud.de)')
  expect(text).toContain('Times in UTC. Copied Thu 17 Sep 2026 12:30:00.')
  expect(rows.filter((row) => row.includes('Not run'))).toHaveLength(9)
})

test('what is simulated says so in the copied text, too', () => {
  const organisation = { ...known.organisation, simulation: 'quiet' }
  expect(probeMarkdown({ ...known, organisation })).toContain('(simulated: quiet)')
})
