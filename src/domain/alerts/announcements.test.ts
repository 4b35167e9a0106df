import { expect, test } from 'vitest'
import { someAlert, someBlindness, someRefusals } from '#testing/someAlert.ts'
import { someMetric } from '#testing/someMetric.ts'
import type { Marker } from '../timeline/marker.ts'
import { durationMs, type EpochMs, epochMs, HOUR_MS, MINUTE_MS, metricId } from '../units.ts'
import type { Alert, AlertEvent } from './alert.ts'
import { type Announcements, announced, NOTHING_TOLD } from './announcements.ts'
import { stopping } from './stopping.ts'

const METRICS = [
  someMetric('open', { group: 'connections' }),
  someMetric('calls', { group: 'sessions' }),
]
const OPTIONS = { groupMs: durationMs(10_000), graceMs: durationMs(10 * MINUTE_MS) }
const at = (minute: number) => epochMs(minute * MINUTE_MS)
const marker = (minute: number, kind: Marker['kind']): Marker => ({
  id: `${kind}:${minute}`,
  at: at(minute),
  kind,
  label: '',
  origin: 'here',
})

/** Alerts come and go; what is told is written down as it is told. */
function setup(markers: readonly Marker[] = []) {
  let state: Announcements = NOTHING_TOLD
  let active: Alert[] = []
  const messages: string[] = []
  function tick(now: EpochMs, events: AlertEvent[] = []) {
    const next = announced(state, { events, active, markers, metrics: METRICS }, now, OPTIONS)
    // As a page that is reloaded at every tick.
    state = JSON.parse(JSON.stringify(next.state)) as Announcements
    for (const { audience, lines } of next.messages)
      messages.push(
        `${audience}: ${lines.map(({ kind, alert }) => `${kind} ${alert.id}`).join(', ')}`,
      )
  }
  return {
    messages,
    tick,
    fire: (now: EpochMs, ...alerts: Alert[]) => {
      active = [...active, ...alerts]
      const events = alerts.map((alert) => ({ kind: 'fired', at: now, alert }) as const)
      tick(now, events)
      tick(epochMs(now + OPTIONS.groupMs))
    },
    end: (now: EpochMs, ...ids: string[]) => {
      const ended = active.filter(({ id }) => ids.includes(id))
      active = active.filter(({ id }) => !ids.includes(id))
      const events = ended.map(
        (alert) => ({ kind: 'ended', at: now, alert, reason: 'cleared' }) as const,
      )
      tick(now, events)
      tick(epochMs(now + OPTIONS.groupMs))
    },
    change: (id: string, known: Partial<Alert>) => {
      active = active.map((alert) => (alert.id === id ? { ...alert, ...known } : alert))
    },
  }
}

test('fifty limits reached at once are one message of fifty lines', () => {
  const { fire, messages, tick } = setup()
  const fifty = Array.from({ length: 50 }, (_, i) =>
    someAlert(`alert ${i}`, { metric: metricId(`metric ${i}`) }),
  )
  fire(at(1), ...fifty)
  tick(at(5))
  expect(messages).toHaveLength(1)
  expect(messages[0]!.split(', ')).toHaveLength(50)
})

test('an alert is told once, and its end to whom was told of it', () => {
  const { fire, end, tick, messages } = setup()
  fire(at(1), someAlert('wall'))
  tick(at(2))
  end(at(3), 'wall')
  tick(at(4))
  expect(messages).toEqual(['operators: fired wall', 'operators: ended wall'])
})

test('what is over before its group is complete is told with its end', () => {
  const { fire, end, messages } = setup()
  const wall = someAlert('wall')
  fire(epochMs(at(1) - 1), wall)
  end(at(1), 'wall')
  expect(messages).toEqual(['operators: fired wall', 'operators: ended wall'])
})

test('an organisation that is not heard silences its other alerts, which are told once it is heard', () => {
  const { fire, end, tick, messages } = setup()
  fire(at(1), someBlindness('blind', 10))
  fire(at(2), someAlert('wall'), someRefusals('refusals'))
  tick(at(9))
  expect(messages).toEqual(['operators: fired blind'])
  end(at(10), 'blind')
  expect(messages[1]).toBe('operators: ended blind, fired wall')
})

test('one that is heard in part silences nothing', () => {
  const { fire, messages } = setup()
  fire(at(1), someBlindness('blind', 9))
  fire(at(2), someAlert('wall'))
  expect(messages).toEqual(['operators: fired blind', 'operators: fired wall'])
})

test('what came and went while it was silenced is never told', () => {
  const { fire, end, messages } = setup()
  fire(at(1), someBlindness('blind', 10))
  fire(at(2), someAlert('wall'))
  end(at(3), 'wall')
  end(at(4), 'blind')
  expect(messages).toEqual(['operators: fired blind', 'operators: ended blind'])
})

test('two causes by which nothing is heard do not silence each other both', () => {
  const { fire, messages } = setup()
  fire(
    at(1),
    someBlindness('token', 10, { cause: 'token' }),
    someBlindness('network', 10, { cause: 'network' }),
  )
  expect(messages).toEqual(['operators: fired network'])
})

test('a critical level silences the warning of its metric, and no other', () => {
  const { fire, messages } = setup()
  const near = (id: string, metric: string) =>
    someAlert(id, { rule: 'nearLimit', severity: 'warn', metric: metricId(metric) })
  fire(at(1), someAlert('wall'), near('same', 'open'), near('other', 'calls'))
  expect(messages).toEqual(['operators: fired wall, fired other'])
})

test('refusals are told with the connections that are full, and alone beside full calls', () => {
  const connections = setup()
  connections.fire(at(1), someAlert('wall'), someRefusals('refusals'))
  expect(connections.messages).toEqual(['operators: fired wall'])
  const calls = setup()
  calls.fire(at(1), someAlert('wall', { metric: metricId('calls') }), someRefusals('refusals'))
  expect(calls.messages).toEqual(['operators: fired wall, fired refusals'])
})

test('what would be over when nothing silences it any more is no news', () => {
  const { fire, end, change, messages } = setup()
  fire(at(1), someAlert('wall'), someRefusals('refusals'))
  change('refusals', { clearedAt: at(9) })
  end(at(10), 'wall')
  expect(messages).toEqual(['operators: fired wall', 'operators: ended wall'])
})

test('refusals that go on long after the limit was full are news of their own', () => {
  const { fire, end, tick, messages } = setup()
  fire(at(1), someAlert('wall'), someRefusals('refusals'))
  end(at(10), 'wall')
  tick(at(39.9))
  tick(at(40))
  tick(at(41))
  expect(messages.slice(1)).toEqual(['operators: ended wall', 'operators: fired refusals'])
})

test('in a load test capacity concerns the tester, and everything else the operators', () => {
  const { fire, end, messages } = setup([marker(0, 'run')])
  fire(at(1), someAlert('wall'), someBlindness('blind', 3))
  end(at(3), 'wall', 'blind')
  expect(messages).toEqual([
    'tester: fired wall',
    'operators: fired blind',
    'tester: ended wall',
    'operators: ended blind',
  ])
})

test('a quiet window ends with the run and its grace: what still fires goes to the operators', () => {
  const { fire, tick, end, messages } = setup([marker(0, 'run'), marker(5, 'end')])
  fire(at(1), someAlert('wall'))
  tick(at(14.5))
  tick(at(14.9))
  expect(messages).toEqual(['tester: fired wall'])
  tick(at(15))
  tick(at(16))
  expect(messages).toEqual(['tester: fired wall', 'operators: fired wall'])
  end(at(17), 'wall')
  expect(messages[2]).toBe('operators: ended wall')
})

test('what the tester has acknowledged, or is over but for its time, does not go to the operators', () => {
  for (const known of [{ acknowledged: { by: 'Ada', at: at(2) } }, { clearedAt: at(2) }]) {
    const { fire, tick, change, messages } = setup([marker(0, 'run'), marker(5, 'end')])
    fire(at(1), someAlert('wall'))
    change('wall', known)
    tick(at(20))
    tick(at(21))
    expect(messages).toEqual(['tester: fired wall'])
  }
})

test('the next iteration within the grace keeps the window quiet, a forgotten run does not for ever', () => {
  const markers = [marker(0, 'run'), marker(5, 'end'), marker(12, 'iteration')]
  const between = setup(markers)
  between.fire(at(13), someAlert('wall'))
  between.tick(at(100))
  expect(between.messages).toEqual(['tester: fired wall'])
  between.tick(epochMs(at(13) + 4 * HOUR_MS))
  between.tick(epochMs(at(14) + 4 * HOUR_MS))
  expect(between.messages).toHaveLength(2)
})

test('a run read from a file declares nothing', () => {
  const { fire, messages } = setup([{ ...marker(0, 'run'), origin: 'jtl' }])
  fire(at(1), someAlert('wall'))
  expect(messages).toEqual(['operators: fired wall'])
})

test('only a stop rule that was looked at lately, and still holds, stops a load test', () => {
  const alerts = [
    someAlert('stop', { isStop: true, lastAt: at(9) }),
    someAlert('stale', { isStop: true, lastAt: at(8) }),
    someAlert('over', { isStop: true, lastAt: at(9), clearedAt: at(9) }),
    someAlert('no stop', { lastAt: at(9) }),
  ]
  expect(stopping(alerts, at(9.5), MINUTE_MS).map(({ id }) => id)).toEqual(['stop'])
  expect(stopping(alerts, at(11), MINUTE_MS)).toEqual([])
})
