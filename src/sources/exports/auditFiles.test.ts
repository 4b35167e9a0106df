import { expect, test } from 'vitest'
import { fleetDrift } from '#domain/limits/audit/fleetDrift.ts'
import { papaRecords } from '#testing/papaRecords.ts'
import { CONNECTIONS, inUse, refusedFor, someAudit, workingSource } from '#testing/someAudit.ts'
import { someMetric } from '#testing/someMetric.ts'
import { epochMs } from '#domain/units.ts'
import { auditDriftCsv } from './auditDriftCsv.ts'
import { auditCsv, auditJson } from './auditFiles.ts'

const audit = someAudit({
  organisationName: '=Alder "Retail"',
  names: ['webhooks'],
  told: [
    { namespace: 'platform.api', key: 'token.rate.per.minute', value: 300, byDefault: 300 },
    { namespace: 'platform.api', key: 'request.bytes.max', value: 512_000 },
  ],
  failures: { analytics: refusedFor('analytics:any:view') },
  metrics: [someMetric(CONNECTIONS, { title: 'WebSocket connections' })],
  limits: new Map([[CONNECTIONS, [{ from: epochMs(0), value: 1500, source: 'by hand, Ada' }]]]),
  settings: {
    limitKeys: {},
    manualLimits: [
      {
        metric: CONNECTIONS,
        value: 1500,
        from: epochMs(0),
        until: null,
        author: '=HYPERLINK("x")',
        setAt: epochMs(0),
        note: '',
      },
    ],
  },
  uses: { [CONNECTIONS]: inUse(1236, 1241) },
  sources: [workingSource('genesys.callMetrics')],
})

const fieldsOf = (csv: string) => papaRecords(csv, ',').map(({ fields }) => fields)

function recordsOf(csv: string) {
  const [head, ...rows] = fieldsOf(csv)
  return rows.map((cells) => Object.fromEntries(head!.map((name, i) => [name, cells[i]])))
}

test('every entry of an audit has a row, and what is not known has its reason', () => {
  const rows = recordsOf(auditCsv(audit))
  expect(rows.map(({ entry, namespace, name, state }) => [entry, namespace, name, state])).toEqual([
    ['namespace', 'analytics', '', 'refused'],
    ['namespace', 'platform.api', '', 'read'],
    ['namespace', 'webhooks', '', 'notAsked'],
    ['key', 'platform.api', 'request.bytes.max', 'told'],
    ['key', 'platform.api', 'token.rate.per.minute', 'told'],
    ['metric', '', 'connections.open', 'told'],
    ['call', '', 'genesys.callMetrics', 'works'],
  ])
  expect(rows[0]!['reason']).toBe('permission missing: analytics:any:view')
  expect(rows[2]!['reason']).toBe('not asked for')
  expect(rows[3]!['reason']).toBe('not measurable: a size, not a use')
  expect(rows[4]).toMatchObject({ effective: '300', default: '300', differs_from_default: 'no' })
})

test('use, peak, limit and who typed it stand in the row of the metric, times in UTC', () => {
  const row = recordsOf(auditCsv(audit)).find(({ entry }) => entry === 'metric')
  expect(row).toMatchObject({
    in_use: '1236',
    in_use_at_utc: '2026-09-17T14:30:00.000Z',
    peak_24h: '1241',
    effective: '1500',
    headroom: '264',
    used_ratio: '0.824',
    source: 'by hand, Ada',
    typed_value: '1500',
    typed_at_utc: '1970-01-01T00:00:00.000Z',
  })
})

test('no cell of an audit is a formula', () => {
  const rows = recordsOf(auditCsv(audit))
  expect(rows[0]!['organisation']).toBe('\'=Alder "Retail"')
  expect(rows.find(({ entry }) => entry === 'metric')!['typed_by']).toBe('\'=HYPERLINK("x")')
})

test('the JSON file is the audit itself, an entry per line', () => {
  const text = auditJson(audit)
  expect(JSON.parse(text)).toEqual(audit)
  expect(text.split('\n').filter((line) => line.includes('"effective":'))).toHaveLength(2)
})

test('a difference is a table of its own, with what could not be compared', () => {
  const other = someAudit({
    organisationName: 'Alder Retail DR',
    told: [{ namespace: 'platform.api', key: 'token.rate.per.minute', value: 600 }],
  })
  const rows = fieldsOf(auditDriftCsv(fleetDrift([audit, other])))
  expect(rows[0]!.slice(0, 4)).toEqual(['finding', 'group', 'namespace', 'name'])
  expect(rows).toContainEqual([
    'differs',
    'values',
    'platform.api',
    'token.rate.per.minute',
    '300',
    '600',
  ])
  expect(rows).toContainEqual([
    'not compared',
    'values',
    '',
    'WebSocket connections',
    '1500',
    'not read: no such metric',
  ])
})
