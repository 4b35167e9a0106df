import { expect, test } from 'vitest'
import { durationMs, sourceId } from '#domain/units.ts'
import type { SourceFailure, SourceStatus } from '#monitor/orgFacts.ts'
import { SCOPES } from '#sources/genesys/access.ts'
import { someMetric } from '#testing/someMetric.ts'
import { administratorText, failedOf, missingOf, probeRows, probeWords } from './probe.ts'

const failure = (part: Partial<SourceFailure>): SourceFailure => ({
  kind: 'unavailable',
  message: 'It broke.',
  status: null,
  route: null,
  code: null,
  retryAfterMs: null,
  permission: null,
  correlationId: null,
  limit: null,
  ...part,
})

const source = (state: SourceStatus['state'], failed: Partial<SourceFailure> | null = null) => ({
  id: sourceId('genesys.calls'),
  title: 'Calls',
  everyMs: durationMs(15_000),
  metrics: [],
  state,
  lastOkAt: null,
  failingSince: null,
  failure: failed && failure(failed),
  nextAt: null,
  skippedTicks: 0,
})

test.each([
  ['waiting', null, 'Asking', null],
  ['ok', null, 'Works', null],
  ['signedOut', null, 'Signed out', null],
  ['off', { kind: 'forbidden', permission: 'a:b:c' }, 'Forbidden', 'Permission missing: a:b:c.'],
  [
    'off',
    { kind: 'forbidden', message: 'A scope is missing.' },
    'Forbidden',
    'A scope is missing.',
  ],
  ['off', { kind: 'absent' }, 'Absent', 'It broke.'],
  ['failing', { kind: 'unexpectedShape' }, 'Unexpected', 'It broke.'],
  ['failing', { kind: 'network' }, 'Failed', 'It broke.'],
  ['off', { kind: 'badRequest' }, 'Failed', 'It broke.'],
] as const)('a source that is %s (%j) says %s', (state, failed, word, reason) => {
  expect(probeRows({ sources: [source(state, failed)], metrics: [] })).toMatchObject([
    { word, reason },
  ])
})

test('a call names the series it feeds, a few of them by name', () => {
  const metrics = ['A', 'B', 'C', 'D', 'E'].map((title) => someMetric(title))
  const feedsOf = (count: number) =>
    probeRows({
      metrics,
      sources: [{ ...source('ok'), metrics: metrics.slice(0, count).map(({ id }) => id) }],
    })[0]!.feeds
  expect(feedsOf(0)).toBeNull()
  expect(feedsOf(3)).toBe('A · B · C')
  expect(feedsOf(5)).toBe('A · B · C and 2 more')
})

test('the count of what was tried ends when all were', () => {
  expect(probeWords([source('waiting'), source('ok')])).toMatch(/^1 of 2 calls have been tried, 1/)
  expect(probeWords([source('off', { kind: 'absent' }), source('ok')])).toMatch(/^All 2 calls/)
})

test('what failed or is forbidden can be tried again, what is absent or was switched off cannot', () => {
  const again = [source('failing', {}), source('off', { kind: 'forbidden' })]
  const settled = [
    source('ok'),
    source('waiting'),
    source('off', { kind: 'absent' }),
    source('off'),
  ]
  expect(failedOf([...again, ...settled])).toEqual(again)
})

test('what is missing is told once each, roles and scopes apart', () => {
  const noScope = { kind: 'forbidden', code: 'app.not.authorized.for.scope' } as const
  const role = { kind: 'forbidden', permission: 'analytics:agentState:view' } as const
  expect(missingOf([source('ok'), source('off', { kind: 'absent' })])).toBeNull()
  expect(missingOf([source('off', role), source('off', role), source('off', noScope)])).toEqual({
    permissions: ['analytics:agentState:view'],
    lacksScope: true,
  })
})

test('the message for an administrator says who asks, for what, and names no secret', () => {
  const about = { organisation: 'Alder Retail', domain: 'mypurecloud.de', clientId: '5f3c' }
  const text = administratorText(
    { permissions: ['analytics:agentState:view', 'new:one:view'], lacksScope: true },
    about,
  )
  expect(text).toContain('Alder Retail (mypurecloud.de) with the OAuth client 5f3c')
  expect(text).toContain('- analytics:agentState:view (users online)')
  expect(text).toContain('- new:one:view\n')
  for (const scope of SCOPES) expect(text).toContain(`- ${scope}`)
  expect(
    administratorText({ permissions: ['new:one:view'], lacksScope: false }, about),
  ).not.toMatch(/scopes/)
})
