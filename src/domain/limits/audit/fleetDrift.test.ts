import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  AUDITED_AT,
  inUse,
  refusedFor,
  type SomeKey,
  someAudit,
  workingSource,
} from '#testing/someAudit.ts'
import { someMetric } from '#testing/someMetric.ts'
import { seededRandom } from '../../stats/random.ts'
import { later, metricId } from '../../units.ts'
import type { Audit, AuditSource } from './audit.ts'
import { fleetDrift } from './fleetDrift.ts'

const ORGANISATIONS = 10
const PLANTED = 20
const NAMESPACES = 12
const KEYS_EACH = 6
const METRICS = 8
const SOURCES = 8

type Plan = { planted: ReadonlyMap<string, number>; audits: readonly Audit[] }

/**
 * Ten organisations that should be equal, with as many differences planted as `PLANTED`, each in something
 * else; and with what must not count: use that differs, a namespace that one of them may not read, a
 * metric that one of them has not.
 */
function fleet(seed: number): Plan {
  const random = seededRandom(seed)
  const below = (end: number) => Math.floor(random() * end)
  const keys = Array.from({ length: NAMESPACES * KEYS_EACH }, (_, i): SomeKey => {
    const namespace = `namespace.${Math.floor(i / KEYS_EACH)}`
    return { namespace, key: `key.${i % KEYS_EACH}.max`, value: 10 + below(990), byDefault: 10 }
  })
  const metrics = Array.from({ length: METRICS }, (_, i) => someMetric(`metric.${i}`))
  const sources = Array.from({ length: SOURCES }, (_, i) => workingSource(`call.${i}`))
  // The last namespace, metric and source are kept free of differences.
  const targets = [
    ...keys
      .slice(0, -KEYS_EACH)
      .flatMap(({ namespace, key }) => [
        `values:${namespace} ${key}`,
        `defaults:${namespace} ${key}`,
      ]),
    ...metrics.slice(0, -1).map(({ id }) => `thresholds:${id}`),
    ...sources.slice(0, -1).map(({ id }) => `permissions:any:${id}:view`),
  ]
  const planted = new Map<string, number>()
  while (planted.size < PLANTED) {
    const [target] = targets.splice(below(targets.length), 1)
    planted.set(target!, below(ORGANISATIONS))
  }
  const audits = Array.from({ length: ORGANISATIONS }, (_, organisation) => {
    const isHere = (id: string) => planted.get(id) === organisation
    const told = keys.map(({ namespace, key, value, byDefault }) => ({
      namespace,
      key,
      value: isHere(`values:${namespace} ${key}`) ? value! + 1 : value,
      byDefault: isHere(`defaults:${namespace} ${key}`) ? byDefault! + 1 : byDefault!,
    }))
    return someAudit({
      organisationName: `Organisation ${organisation}`,
      told: organisation === 3 ? told.slice(0, -KEYS_EACH) : told,
      failures: organisation === 3 ? { 'namespace.11': refusedFor('limits:any:view') } : {},
      metrics: metrics
        .filter((_, i) => organisation !== 5 || i < METRICS - 1)
        .map((metric) =>
          isHere(`thresholds:${metric.id}`)
            ? { ...metric, thresholds: { warnAt: 0.7, criticalAt: 0.9 } }
            : metric,
        ),
      uses: { [metricId('metric.0')]: inUse(organisation) },
      sources: sources.map((source): AuditSource => {
        const permission = `any:${source.id}:view`
        return isHere(`permissions:${permission}`)
          ? { ...source, state: 'refused', permission }
          : source
      }),
    })
  })
  return { planted, audits }
}

const oddOnesOut = (row: ReturnType<typeof fleetDrift>['rows'][number]) => {
  const texts = row.values.map((value) => JSON.stringify(value))
  return texts.flatMap((text, i) => (texts.filter((one) => one === text).length === 1 ? [i] : []))
}

test('20 differences planted in 10 organisations are found, each in its organisation, and nothing else', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const { planted, audits } = fleet(seed)
      const { rows } = fleetDrift(audits)
      expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(planted.keys()))
      expect(rows).toHaveLength(PLANTED)
      for (const row of rows) expect(oddOnesOut(row)).toEqual([planted.get(row.id)])
    }),
    { numRuns: 12 },
  )
})

test('rows stand in the same order whatever the order of the organisations', () => {
  const { audits } = fleet(7)
  const forwards = fleetDrift(audits)
  const backwards = fleetDrift(audits.toReversed())
  expect(backwards.rows.map(({ id }) => id)).toEqual(forwards.rows.map(({ id }) => id))
  expect(backwards.audits.map(({ name }) => name)).toEqual(
    forwards.audits.map(({ name }) => name).toReversed(),
  )
  expect(backwards.rows.map(({ values }) => values.toReversed())).toEqual(
    forwards.rows.map(({ values }) => values),
  )
})

test('what one organisation may not read is told as not compared, and counted where two others could', () => {
  const { audits } = fleet(11)
  const { uncompared, compared } = fleetDrift(audits)
  const unread = uncompared.filter(({ namespace }) => namespace === 'namespace.11')
  expect(unread.filter(({ group }) => group === 'values')).toHaveLength(KEYS_EACH)
  expect(compared).toBe(NAMESPACES * KEYS_EACH)
})

test('nothing differs among fewer than two audits', () => {
  expect(fleetDrift([])).toEqual({ audits: [], rows: [], uncompared: [], compared: 0 })
  const alone = someAudit({ told: [{ namespace: 'a', key: 'b', value: 1 }] })
  expect(fleetDrift([alone]).rows).toEqual([])
})

test('a permission that one organisation lacks differs only where another shows that it has it', () => {
  const lacking: AuditSource = {
    ...workingSource('calls'),
    state: 'refused',
    permission: 'p:q:view',
  }
  const silent: AuditSource = { ...workingSource('calls'), state: 'notAsked' }
  const rowsOf = (...states: AuditSource[]) =>
    fleetDrift(states.map((source) => someAudit({ sources: [source] }))).rows
  expect(rowsOf(lacking, silent)).toEqual([])
  expect(rowsOf(lacking, lacking)).toEqual([])
  expect(rowsOf(lacking, workingSource('calls'))).toMatchObject([
    {
      group: 'permissions',
      name: 'p:q:view',
      values: [{ value: 'missing' }, { value: 'granted' }],
    },
  ])
})

test('organisations are compared at whatever time they were audited', () => {
  const told = [{ namespace: 'a', key: 'b', value: 1 }]
  const [early, late] = [
    someAudit({ told }),
    someAudit({ told, takenAt: later(AUDITED_AT, 86_400_000) }),
  ]
  expect(fleetDrift([early, late]).rows).toEqual([])
})
