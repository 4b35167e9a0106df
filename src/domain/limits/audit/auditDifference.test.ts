import { expect, test } from 'vitest'
import { AUDITED_AT, CONNECTIONS, refusedFor, someAudit, someRequest } from '#testing/someAudit.ts'
import { someMetric } from '#testing/someMetric.ts'
import { epochMs, later } from '../../units.ts'
import { NO_LIMIT_SETTINGS } from '../limitSettings.ts'
import { auditDifference } from './auditDifference.ts'

const KEY = { namespace: 'dataactions', key: 'actions.concurrent.executions.max' }
const THE_DAY_AFTER = later(AUDITED_AT, 86_400_000)
const before = (value: number, byDefault = 50) =>
  someAudit({ told: [{ ...KEY, value, byDefault }] })
const changesOf = (...audits: Parameters<typeof auditDifference>) =>
  auditDifference(...audits).changes.map(({ group, name, change, from, to, reason }) => [
    group,
    name,
    change,
    from,
    to,
    reason?.kind ?? null,
  ])

test('a value that changed by a request names the request', () => {
  const request = someRequest({ ...KEY, requestedValue: 75, completedAt: later(AUDITED_AT, 1) })
  const after = someAudit({
    takenAt: THE_DAY_AFTER,
    told: [{ ...KEY, value: 75, byDefault: 50 }],
    requests: [request],
  })
  expect(changesOf(before(50), after)).toEqual([['values', KEY.key, 'changed', 50, 75, 'request']])
})

test('a value that changed with nothing to lead to it is unexplained', () => {
  const long = someRequest({ ...KEY, requestedValue: 75, completedAt: epochMs(1) })
  const after = someAudit({
    takenAt: THE_DAY_AFTER,
    told: [{ ...KEY, value: 75, byDefault: 50 }],
    requests: [long],
  })
  expect(changesOf(before(50), after)).toEqual([
    ['values', KEY.key, 'changed', 50, 75, 'unexplained'],
  ])
})

test('a default that moved explains the value that moved with it, and is a change of its own', () => {
  const after = someAudit({
    takenAt: THE_DAY_AFTER,
    told: [{ ...KEY, value: 60, byDefault: 60 }],
  })
  expect(changesOf(before(50), after)).toEqual([
    ['values', KEY.key, 'changed', 50, 60, 'default'],
    ['defaults', KEY.key, 'changed', 50, 60, null],
  ])
})

test('what could not be read is never told to be gone', () => {
  const refused = someAudit({
    takenAt: THE_DAY_AFTER,
    failures: { [KEY.namespace]: refusedFor('some:permission') },
  })
  const { changes, uncompared, compared } = auditDifference(before(50), refused)
  expect(changes.map(({ group, from, to }) => [group, from, to])).toEqual([
    ['reading', 'read', 'refused: some:permission'],
  ])
  expect(uncompared.map(({ group, name }) => [group, name])).toEqual([
    ['values', KEY.key],
    ['defaults', KEY.key],
  ])
  expect(uncompared[0]!.values[1]).toEqual({
    kind: 'unread',
    reason: 'permission missing: some:permission',
  })
  expect(compared).toBe(0)
})

test('a key that is not told any more is removed, and one that is told is added', () => {
  const other = { ...KEY, key: 'actions.total.max' }
  const without = someAudit({ told: [{ ...other, value: 9 }] })
  const both = someAudit({
    told: [
      { ...KEY, value: 50 },
      { ...other, value: 9 },
    ],
  })
  expect(changesOf(both, without)).toEqual([
    ['values', KEY.key, 'removed', 50, null, 'unexplained'],
  ])
  expect(changesOf(without, both)).toEqual([['values', KEY.key, 'added', null, 50, 'unexplained']])
})

test('a request that was made since is a change of its own', () => {
  const asked = someRequest({ ...KEY, requestedValue: 100, status: 'Pending', completedAt: null })
  const after = someAudit({
    takenAt: THE_DAY_AFTER,
    told: [{ ...KEY, value: 50, byDefault: 50 }],
    requests: [asked],
  })
  expect(changesOf(before(50), after)).toEqual([
    ['requests', KEY.key, 'added', null, '100, Pending', null],
  ])
})

test('a limit that somebody typed says who; a capacity that moves all the time is no change', () => {
  const typed = {
    metric: CONNECTIONS,
    value: 1500,
    from: epochMs(0),
    until: null,
    author: 'Ada',
    setAt: AUDITED_AT,
    note: '',
  }
  const auditWith = (value: number, source: string, manualLimits = [typed]) =>
    someAudit({
      metrics: [someMetric(CONNECTIONS, { title: 'WebSocket connections' })],
      limits: new Map([[CONNECTIONS, [{ from: epochMs(0), value, source }]]]),
      settings: { ...NO_LIMIT_SETTINGS, manualLimits },
    })
  expect(changesOf(auditWith(1000, 'the feed', []), auditWith(1500, 'by hand'))).toEqual([
    ['values', 'WebSocket connections', 'changed', 1000, 1500, 'manual'],
  ])
  const moving = (value: number) => auditWith(value, 'told with the value', [])
  expect(changesOf(moving(1000), moving(1200))).toEqual([])
})

test('an audit does not differ from itself', () => {
  const audit = someAudit({
    told: [{ ...KEY, value: 75, byDefault: 50 }],
    failures: { usage: refusedFor('usage:any:view') },
    metrics: [someMetric('calls')],
    names: ['analytics'],
  })
  expect(auditDifference(audit, audit).changes).toEqual([])
})
