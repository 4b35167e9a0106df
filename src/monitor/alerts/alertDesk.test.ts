import { expect, test } from 'vitest'
import { DEFAULT_RULES } from '#domain/alerts/defaultRules.ts'
import type { AlertRule } from '#domain/alerts/alertRule.ts'
import { alertWords } from '#domain/alerts/alertWords.ts'
import type { AlertMessage } from '#domain/alerts/announcements.ts'
import { stopping } from '#domain/alerts/stopping.ts'
import { observation } from '#domain/observation.ts'
import { oneSample } from '#domain/series/series.ts'
import { durationMs, type EpochMs, MINUTE_MS, SECOND_MS, sourceId } from '#domain/units.ts'
import { someMetric } from '#testing/someMetric.ts'
import { stillMonitor } from '#testing/stillMonitor.ts'
import { createSteeredClock, STEERED_START } from '#testing/steeredClock.ts'
import type { OrgFacts, SourceStatus } from '../orgFacts.ts'
import { createAlertDesk } from './alertDesk.ts'
import { type AlertStore, createMemoryAlertStore } from './alertStore.ts'
import { askedMetrics } from './lapsesOf.ts'

const OPEN = someMetric('connections.open', {
  title: 'WebSocket connections',
  group: 'connections',
})
const LIMIT = { metric: OPEN.id, step: { from: STEERED_START, value: 100, source: 'test' } }
const STOP: AlertRule = {
  ...DEFAULT_RULES.find(({ isStop }) => isStop)!,
  isOn: true,
  holdMs: durationMs(0),
}

const source = (known: Partial<SourceStatus> = {}): SourceStatus => ({
  id: sourceId('feed'),
  title: 'Feed',
  everyMs: durationMs(2_000),
  metrics: [OPEN.id],
  state: 'ok',
  lastOkAt: STEERED_START,
  failingSince: null,
  failure: null,
  nextAt: null,
  skippedTicks: 0,
  ...known,
})

type Known = { facts?: Partial<OrgFacts>; rules?: readonly AlertRule[] }

/** One machine with a store that its tabs share. */
function machine() {
  const steered = createSteeredClock()
  const kept = createMemoryAlertStore()
  const heard = new Set<{ by: object; call: (text: string) => void }>()
  const messages: { tab: string; message: AlertMessage; title: string }[] = []
  const stops: EpochMs[] = []

  function openTab(name: string, { facts = {}, rules = DEFAULT_RULES }: Known = {}) {
    const monitor = stillMonitor(steered.now(), { sources: [source()], ...facts })
    monitor.observe(observation({ metrics: [OPEN], limits: [LIMIT] }))
    const by = {}
    const store: AlertStore = {
      load: kept.load,
      save(org, text) {
        kept.save(org, text)
        for (const one of heard) if (one.by !== by) one.call(text)
      },
      subscribe(_, call) {
        const one = { by, call }
        heard.add(one)
        return () => void heard.delete(one)
      },
    }
    const desk = createAlertDesk({
      monitor: { ...monitor, now: steered.now },
      rules,
      store,
      timer: steered.timer,
      tell(message, context) {
        const { title } = alertWords(message.lines[0]!, { ...context, zone: 'UTC' })
        messages.push({ tab: name, message, title })
      },
      looked(active, now) {
        if (stopping(active, now, durationMs(10_000)).length > 0) stops.push(now)
      },
    })
    return { monitor, desk }
  }

  /** A value every two seconds, as long as given. */
  async function play(tabs: readonly ReturnType<typeof openTab>[], values: readonly number[]) {
    for (const value of values) {
      await steered.advance(2 * SECOND_MS)
      for (const { monitor } of tabs)
        monitor.observe(
          observation({ samples: [{ metric: OPEN.id, series: oneSample(steered.now(), value) }] }),
        )
    }
  }

  const told = () => messages.map(({ tab, title }) => `${tab}: ${title}`)
  return { steered, openTab, play, told, messages, stops }
}

const times = (count: number, ...values: number[]) =>
  Array.from({ length: count }, (_, i) => values[i % values.length]!)

test('a series that dances on the line is one alert, told once, and seen until it ends', async () => {
  const { openTab, play, told, steered } = machine()
  const tab = openTab('A')
  await play([tab], times(10, 50))
  await play([tab], times(300, 98, 97, 99, 96, 100))
  expect(told()).toEqual(['A: Alder Retail: WebSocket connections at the limit'])
  expect(tab.desk.shown().active.filter(({ severity }) => severity === 'critical')).toHaveLength(1)
  await play([tab], times(600, 40))
  expect(tab.desk.shown().active).toEqual([])
  expect(
    tab.desk
      .shown()
      .ended.map(({ severity }) => severity)
      .toSorted(),
  ).toEqual(['critical', 'warn'])
  expect(told()).toHaveLength(2)
  expect(steered.timers()).toBe(1)
})

test('a page that is loaded again goes on: nothing is told twice, nothing is lost', async () => {
  const { openTab, play, told } = machine()
  const before = openTab('before')
  await play([before], times(20, 99))
  expect(told()).toHaveLength(1)
  before.desk.stop()
  const after = openTab('after')
  await play([after], times(60, 99))
  expect(told()).toHaveLength(1)
  expect(after.desk.shown().active[0]).toMatchObject({ kind: 'level', severity: 'critical' })
  const [alert] = before.desk.shown().active
  expect(after.desk.shown().active[0]!.id).toBe(alert!.id)
})

test('of two tabs the one that asks tells; when it closes the other takes over without a word', async () => {
  const { openTab, play, told } = machine()
  const [first, second] = [openTab('first'), openTab('second', { facts: { role: 'following' } })]
  await play([first, second], times(20, 99))
  expect(told()).toEqual(['first: Alder Retail: WebSocket connections at the limit'])
  expect(second.desk.shown().active.map(({ id }) => id)).toEqual(
    first.desk.shown().active.map(({ id }) => id),
  )
  second.desk.acknowledge(second.desk.shown().active[0]!.id, 'Kim')
  expect(first.desk.shown().active[0]!.acknowledged?.by).toBe('Kim')
  first.desk.stop()
  second.monitor.setFacts({ role: 'polling' })
  await play([second], times(60, 99))
  expect(told()).toHaveLength(1)
  expect(second.desk.shown().active[0]!.acknowledged?.by).toBe('Kim')
})

test('a stop rule stops within a look, and never on what is stale', async () => {
  const { openTab, play, stops, steered } = machine()
  const tab = openTab('A', { rules: [STOP] })
  await play([tab], times(5, 50))
  expect(stops).toEqual([])
  await play([tab], [100, 100])
  expect(stops.length).toBeGreaterThan(0)
  await steered.advance(12 * SECOND_MS)
  const until = stops.at(-1)
  await steered.advance(5 * MINUTE_MS)
  expect(stops.at(-1)).toBe(until)
})

test('a token that is gone is one alert with its cause; time without this page is none', async () => {
  const { openTab, play, told, steered } = machine()
  const tab = openTab('A')
  await play([tab], times(10, 50))
  await steered.sleep(30 * MINUTE_MS)
  expect(told()).toEqual([])
  await play([tab], times(10, 50))
  tab.monitor.setFacts({ sources: [source({ state: 'signedOut' })] })
  await steered.advance(10 * MINUTE_MS)
  expect(told()).toEqual(['A: Alder Retail: blind'])
  expect(tab.desk.shown().active[0]).toMatchObject({ kind: 'blind', cause: 'token' })
})

test('what is off is never blind, and rules that are taken away end what they had firing', async () => {
  const { openTab, play, steered } = machine()
  const tab = openTab('A')
  await play([tab], times(20, 99))
  expect(tab.desk.shown().active).not.toEqual([])
  tab.desk.setRules([])
  await steered.advance(2 * SECOND_MS)
  expect(tab.desk.shown().active).toEqual([])
  tab.desk.setRules(DEFAULT_RULES)
  tab.monitor.setFacts({ sources: [source({ state: 'off' })] })
  await steered.advance(30 * MINUTE_MS)
  expect(tab.desk.shown().active).toEqual([])
})

test('until a source that was not heard yet says what it feeds, what is known of it counts as asked', () => {
  const { openTab } = machine()
  const { monitor } = openTab('A', {
    facts: { sources: [source({ state: 'waiting', metrics: [] })] },
  })
  const ids = () => askedMetrics(monitor.facts()).map(({ id }) => id)
  expect(ids()).toEqual([OPEN.id])
  monitor.setFacts({ sources: [source({ metrics: [] })] })
  expect(ids()).toEqual([])
  monitor.setFacts({
    sources: [source({ state: 'off' }), source({ state: 'waiting', metrics: [] })],
  })
  expect(ids()).toEqual([])
})
