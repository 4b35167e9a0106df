import { expect, test } from 'vitest'
import {
  AUDITED_AT,
  CONNECTIONS,
  inUse,
  refusedFor,
  someAudit,
  someRequest,
} from '#testing/someAudit.ts'
import { someMetric } from '#testing/someMetric.ts'
import { epochMs, metricId } from '../../units.ts'
import { NO_LIMIT_SETTINGS } from '../limitSettings.ts'
import { EMPTY_BOOK, withRegistryFacts } from '../registryBook.ts'
import { seenOnce } from '../sightings.ts'

const RATE = { namespace: 'platform.api', key: 'token.rate.per.minute' }
const entryOf = (audit: ReturnType<typeof someAudit>, key: string) => {
  const found = audit.keys.find((entry) => entry.key === key)
  if (!found) throw new Error(`no entry for ${key}`)
  return found
}

test('every namespace that the vendor names has an entry, read or not', () => {
  const audit = someAudit({
    names: ['analytics', 'usage', 'webhooks'],
    told: [{ ...RATE, value: 300 }],
    failures: {
      analytics: refusedFor('analytics:any:view'),
      usage: { kind: 'absent', reason: 'Answered 404.', permission: null },
    },
  })
  expect(
    audit.namespaces.map(({ namespace, state, reason }) => [namespace, state, reason]),
  ).toEqual([
    ['analytics', 'refused', 'permission missing: analytics:any:view'],
    ['platform.api', 'read', null],
    ['usage', 'absent', 'Answered 404.'],
    ['webhooks', 'notAsked', 'not asked for'],
  ])
})

test('a key tells its value, its default and what somebody asked for', () => {
  const audit = someAudit({
    told: [{ ...RATE, value: 600, byDefault: 300 }],
    requests: [
      someRequest({ ...RATE, requestedValue: 900, status: 'Pending', completedAt: null }),
      someRequest({
        namespace: 'usage',
        key: 'exports.max',
        requestedValue: 5,
        status: 'Rejected',
      }),
    ],
  })
  expect(entryOf(audit, RATE.key)).toMatchObject({
    effective: 600,
    default: 300,
    differsFromDefault: true,
    requested: { value: 900, status: 'Pending' },
    scope: 'token',
    source: 'registry',
  })
  // Nobody told of this one but the request.
  expect(entryOf(audit, 'exports.max')).toMatchObject({
    state: 'unread',
    effective: null,
    differsFromDefault: null,
    requested: null,
  })
})

test('a metric shows the use of its key, with the peak and what is left', () => {
  const requests = someMetric('api.requestsPerMinute', { limitKey: RATE, scope: 'token' })
  const audit = someAudit({
    told: [{ ...RATE, value: 300 }],
    metrics: [requests],
    uses: { [requests.id]: inUse(30, 60) },
  })
  expect(entryOf(audit, RATE.key)).toMatchObject({
    use: { kind: 'measured', value: 30, usedRatio: 0.1, peak: { value: 60 } },
    headroom: 270,
    scope: 'own token',
    scopeBasis: 'metric',
  })
})

test('a key without a metric says why it cannot be measured, and one without samples that it is silent', () => {
  const silent = someMetric('api.requestsPerMinute', { limitKey: RATE })
  const size = { namespace: 'platform.api', key: 'request.bytes.max' }
  const audit = someAudit({
    told: [
      { ...RATE, value: 300 },
      { ...size, value: 512_000 },
    ],
    metrics: [silent],
  })
  expect(entryOf(audit, RATE.key).use).toMatchObject({ kind: 'noSample', metric: silent.id })
  expect(entryOf(audit, size.key).use).toEqual({
    kind: 'notMeasurable',
    reason: 'a size, not a use',
  })
})

test('a value that is no limit to compare with leaves no share and no headroom', () => {
  const requests = someMetric('api.requestsPerMinute', { limitKey: RATE })
  const audit = someAudit({
    told: [{ ...RATE, value: -1 }],
    metrics: [requests],
    uses: { [requests.id]: inUse(30) },
  })
  expect(entryOf(audit, RATE.key)).toMatchObject({
    effective: -1,
    headroom: null,
    use: { usedRatio: null },
  })
})

test('a limit that belongs to no key is an entry of its metric, with who typed it', () => {
  const connections = someMetric(CONNECTIONS)
  const typed = {
    metric: CONNECTIONS,
    value: 1500,
    from: epochMs(0),
    until: null,
    author: 'Ada',
    setAt: epochMs(1),
    note: 'mail of 17 Sep',
  }
  const audit = someAudit({
    metrics: [connections],
    limits: new Map([[CONNECTIONS, [{ from: epochMs(0), value: 1500, source: 'by hand, Ada' }]]]),
    settings: { ...NO_LIMIT_SETTINGS, manualLimits: [typed] },
    uses: { [CONNECTIONS]: inUse(1236) },
  })
  expect(audit.metrics).toMatchObject([
    {
      metric: CONNECTIONS,
      key: null,
      limit: { value: 1500, source: 'by hand, Ada' },
      headroom: 264,
      manual: [typed],
      thresholds: connections.thresholds,
    },
  ])
})

test('a value read earlier is told as the last known one where the registry refuses now', () => {
  const early = epochMs(AUDITED_AT - 3_600_000)
  const namespace = { kind: 'namespace', namespace: RATE.namespace, title: null } as const
  const { book } = withRegistryFacts(EMPTY_BOOK, [
    {
      ...namespace,
      answer: { at: early, failure: null },
      keys: [{ key: RATE.key, effective: seenOnce(300, early), defaults: [], doc: null }],
    },
  ])
  const refused = { at: AUDITED_AT, failure: refusedFor('some:permission') }
  const now = withRegistryFacts(book, [{ ...namespace, answer: refused, keys: [] }]).book
  expect(entryOf(someAudit({ book: now }), RATE.key)).toMatchObject({
    state: 'unread',
    effective: null,
    lastKnown: 300,
    lastSeenAt: early,
    source: 'no reply',
  })
})

test('a key that the registry tells no more, and one of the documentation alone, are not told', () => {
  const early = epochMs(AUDITED_AT - 3_600_000)
  const namespace = { kind: 'namespace', namespace: 'usage', title: null } as const
  const keyOf = (key: string, at: typeof early) => ({
    key,
    effective: seenOnce(1, at),
    defaults: [],
    doc: null,
  })
  const documented = { key: 'papers.max', effective: [], defaults: seenOnce(9, early), doc: null }
  const { book } = withRegistryFacts(EMPTY_BOOK, [
    {
      ...namespace,
      answer: { at: early, failure: null },
      keys: [keyOf('gone.max', early), documented],
    },
  ])
  const answer = { at: AUDITED_AT, failure: null }
  const audit = someAudit({
    book: withRegistryFacts(book, [{ ...namespace, answer, keys: [] }]).book,
  })
  for (const key of ['gone.max', 'papers.max'])
    expect(entryOf(audit, key)).toMatchObject({
      state: 'notTold',
      effective: null,
      lastKnown: null,
    })
})

test('what arrives in another order is the same audit', () => {
  const told = [
    { namespace: 'b', key: 'x', value: 1 },
    { namespace: 'a', key: 'y', value: 2 },
    { namespace: 'a', key: 'x', value: 3 },
  ]
  const metrics = [someMetric('m.b'), someMetric('m.a')]
  const forwards = someAudit({ told, metrics, names: ['z', 'b'] })
  const backwards = someAudit({
    told: told.toReversed(),
    metrics: metrics.toReversed(),
    names: ['b', 'z'],
  })
  expect(JSON.stringify(backwards)).toBe(JSON.stringify(forwards))
  expect(forwards.keys.map(({ namespace, key }) => `${namespace} ${key}`)).toEqual([
    'a x',
    'a y',
    'b x',
  ])
})

test('a metric that counts what happens has no level to compare', () => {
  const attempts = someMetric('attempts', { kind: 'count' })
  const audit = someAudit({ metrics: [attempts], uses: { [metricId('attempts')]: inUse(5) } })
  expect(audit.metrics[0]!.use.kind).toBe('notMeasurable')
})
