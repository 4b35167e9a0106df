import { expect, test } from 'vitest'
import { durationMs, epochMs, sourceId } from '#domain/units.ts'
import type { SourceStatus } from '#monitor/orgFacts.ts'
import { PERMISSIONS } from '#sources/genesys/access.ts'
import type { ProbeId, ProbeResult } from '#sources/genesys/probes/probe.ts'
import { SourceError } from '#sources/sourceError.ts'
import { minimumRole } from './minimumRole.ts'
import { permissionRows } from './permissionRows.ts'

const AGENTS = 'analytics:agentState:view'
const EVENTS = 'usage:events:view'

const source = (id: string, known: Partial<SourceStatus> = {}): SourceStatus => ({
  id: sourceId(id),
  title: id,
  everyMs: durationMs(10_000),
  metrics: [],
  state: 'ok',
  lastOkAt: epochMs(1),
  failingSince: null,
  failure: null,
  nextAt: null,
  skippedTicks: 0,
  ...known,
})
const refused = (id: string, permission: string) =>
  source(id, {
    state: 'off',
    failure: {
      ...new SourceError('forbidden', 'no', { permission }).details,
      kind: 'forbidden',
      message: 'no',
    },
  })
const probed = (probe: ProbeId, known: Partial<ProbeResult>): [ProbeId, ProbeResult] => [
  probe,
  {
    probe,
    state: 'works',
    findings: [],
    permission: null,
    at: epochMs(1),
    tookMs: durationMs(1),
    ...known,
  },
]

function rowOf(
  name: string,
  {
    sources = [],
    needs = {},
    results = [],
  }: {
    sources?: SourceStatus[]
    needs?: Record<string, string[]>
    results?: [ProbeId, ProbeResult][]
  },
) {
  const rows = permissionRows({
    sources,
    needs: new Map(Object.entries(needs).map(([id, list]) => [sourceId(id), list])),
    results: new Map(results),
  })
  return rows.find((row) => row.name === name)
}

test('nothing asked, nothing known: the whole role is listed', () => {
  const rows = permissionRows({ sources: [], needs: new Map(), results: new Map() })
  expect(rows.map(({ name }) => name)).toEqual(PERMISSIONS.map(({ name }) => name))
  expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['unknown']))
})

test('a refused source names what is off; the missing ones come first', () => {
  const sources = [refused('users', AGENTS), source('calls')]
  const rows = permissionRows({ sources, needs: new Map(), results: new Map() })
  expect(rows[0]).toMatchObject({ name: AGENTS, state: 'missing' })
  expect(rows[0]!.off.map(({ title }) => title)).toEqual(['users'])
})

test('a source that answers proves its permission, and knows better than an old probe', () => {
  const sources = [source('users')]
  const needs = { users: [AGENTS] }
  const results = [probed('P4', { state: 'forbidden', permission: AGENTS })]
  expect(rowOf(AGENTS, { sources, needs })?.state).toBe('held')
  expect(rowOf(AGENTS, { sources, needs, results })).toMatchObject({ state: 'held', probes: [] })
  expect(rowOf(AGENTS, { results })).toMatchObject({ state: 'missing', probes: ['P4'] })
})

test('where any of two would do, an answer proves neither', () => {
  expect(rowOf(AGENTS, { sources: [source('a')], needs: { a: [AGENTS, EVENTS] } })?.state).toBe(
    'unknown',
  )
})

test('a probe that works proves its permission, too', () => {
  expect(rowOf(EVENTS, { results: [probed('P7', {})] })?.state).toBe('held')
})

test('a permission that only a reply knows is listed', () => {
  const row = rowOf('some:new:view', { sources: [refused('x', `${AGENTS}, some:new:view`)] })
  expect(row).toMatchObject({ state: 'missing', reason: 'named by a reply' })
})

test('the printed role has every permission with its reason, and the scopes', () => {
  const text = minimumRole()
  for (const { name, reason } of PERMISSIONS) expect(text).toContain(`- ${name}: ${reason}`)
  expect(text.indexOf('Optional:')).toBeLessThan(text.indexOf('telephony:plugin:all'))
  expect(text).toContain('- telephony:readonly')
})
