import { QueryClient } from '@tanstack/query-core'
import { expect, test } from 'vitest'
import { errorEvent } from '#domain/errors/errorEvent.ts'
import { observation } from '#domain/observation.ts'
import { oneSample } from '#domain/series/series.ts'
import { durationMs, epochMs, later, metricId, MINUTE_MS, sourceId } from '#domain/units.ts'
import { createMemoryHistory } from '#sources/history/memoryHistory.ts'
import { countingSource, gauge } from '#testing/countingSource.ts'
import { createMemoryTabs } from '#testing/memoryTabs.ts'
import {
  memoryTokens,
  ORGANISATION,
  setupMonitor,
  storedHistory,
  tokenUntil,
} from '#testing/monitorSetup.ts'
import { createSteeredClock, STEERED_START } from '#testing/steeredClock.ts'
import { orgKeys } from './orgKeys.ts'
import type { OrgMonitorOptions } from './orgMonitorOptions.ts'

/** Any number of tabs of one browser: one clock, one history, one lock manager, one channel. */
function setupTabs(shared: Partial<OrgMonitorOptions> = {}) {
  const tabs = createMemoryTabs()
  const steered = createSteeredClock()
  const history = storedHistory()
  function open(own: Partial<OrgMonitorOptions> = {}) {
    const tab = tabs.open()
    const queryClient = new QueryClient()
    const setup = setupMonitor({
      steered,
      history,
      queryClient,
      sources: [countingSource('calls', 10_000)],
      locks: tab.locks,
      channel: tab.channel,
      ...shared,
      ...own,
    })
    return {
      ...setup,
      queryClient,
      crash: () => tab.crash(),
      role: () => setup.monitor.facts().role,
    }
  }
  return { ...steered, tabs, open }
}

/** A page that is shown and hidden by hand. */
function openPage() {
  const listeners = new Set<() => void>()
  let isHidden = false
  return {
    page: {
      isHidden: () => isHidden,
      subscribe(listener: () => void) {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
    },
    setHidden: (next: boolean) => {
      isHidden = next
      for (const listener of listeners) listener()
    },
  }
}

const callsOnly = (samples: readonly (readonly [number, unknown])[]) =>
  samples.map(([at, value]) => `${at} ${String(value)}`)

test('of two tabs one asks and both know', async () => {
  const { advance, open } = setupTabs()
  const first = open()
  await advance(15_000)
  const second = open()
  await advance(20_000)
  expect([first.role(), second.role()]).toEqual(['polling', 'following'])
  expect(first.network.secondsOf('calls')).toEqual([0, 10, 20, 30])
  expect(second.network.asked).toEqual([])
  expect(second.samplesOf('calls')).toEqual(first.samplesOf('calls'))
  expect(second.monitor.facts().sources).toEqual(first.monitor.facts().sources)
  expect(second.monitor.facts().footprint).toEqual(first.monitor.facts().footprint)
  expect(second.monitor.facts().session).toEqual(first.monitor.facts().session)
})

test('a tab that is alone copies nothing for nobody, and says every ten seconds that it is there', async () => {
  const { advance, open, tabs } = setupTabs()
  const ear = tabs.open()
  const told: string[] = []
  ear.channel.addEventListener('message', ({ data }) => told.push(data.message.kind))
  const first = open()
  await advance(65_000)
  expect(told.filter((kind) => kind === 'observed')).toEqual([])
  const facts = told.filter((kind) => kind === 'facts').length
  expect(facts).toBeGreaterThanOrEqual(6)
  expect(facts).toBeLessThanOrEqual(8)
  const second = open()
  await advance(20_000)
  expect(second.samplesOf('calls')).toEqual(first.samplesOf('calls'))
  expect(told).toContain('observed')
})

test('an idle tab that nobody knows of makes itself known to the one that comes and asks', async () => {
  const { advance, open } = setupTabs()
  const { page, setHidden } = openPage()
  const idle = open({ page, idleStopMs: durationMs(MINUTE_MS) })
  setHidden(true)
  await advance(5 * MINUTE_MS)
  expect(idle.role()).toBe('resting')
  const other = open()
  await advance(MINUTE_MS)
  expect([idle.role(), other.role()]).toEqual(['following', 'polling'])
  expect(idle.samplesOf('calls').slice(-3)).toEqual(other.samplesOf('calls').slice(-3))
})

test('a hidden tab that asks tells the visible one how it goes, though it never flushes', async () => {
  const { advance, open } = setupTabs()
  const hidden = open({ schedule: () => undefined })
  const visible = open()
  await advance(31_000)
  expect(hidden.role()).toBe('polling')
  expect(visible.statusOf('calls').lastOkAt).toBe(later(STEERED_START, 30_000))
})

test('two tabs that open at once agree on one', async () => {
  const { advance, open } = setupTabs()
  const tabs = [open(), open(), open()]
  await advance(25_000)
  expect(tabs.map((tab) => tab.role()).sort()).toEqual(['following', 'following', 'polling'])
  expect(tabs.flatMap((tab) => tab.network.secondsOf('calls'))).toEqual([0, 10, 20])
})

test('a crashed tab is replaced within an interval; no sample is missing and none is double', async () => {
  const { advance, open } = setupTabs()
  const first = open()
  const second = open()
  await advance(34_000)
  await first.crash()
  await advance(26_000)
  expect(second.role()).toBe('polling')
  expect(callsOnly(second.samplesOf('calls'))).toEqual(
    [0, 10, 20, 30, 40, 50, 60].map((at) => `${at} 7`),
  )
  expect(second.network.secondsOf('calls')).toEqual([40, 50, 60])
})

test('a tab that is closed hands on at once', async () => {
  const { advance, open } = setupTabs()
  const first = open()
  const second = open()
  await advance(12_000)
  await first.monitor.stop()
  await advance(9_000)
  expect(second.role()).toBe('polling')
  expect(second.network.secondsOf('calls')).toEqual([20])
})

test('what the crashed tab had not written is written by the next one', async () => {
  const lost = createMemoryHistory('lost with its tab', STEERED_START)
  const { advance, open } = setupTabs()
  const first = open({ history: { ...lost, health: () => ({ kind: 'stored' }) } })
  const second = open()
  await advance(24_000)
  await first.crash()
  await advance(1_000)
  const kept = await second.history.read(
    ORGANISATION.id,
    epochMs(0),
    epochMs(Number.MAX_SAFE_INTEGER),
  )
  const calls = kept.samples.find(({ metric }) => metric === metricId('calls'))
  expect(calls?.series.timeMs).toHaveLength(3)
})

test('a tab that comes later gets what the history has not got', async () => {
  const memory = () => createMemoryHistory('no database here', STEERED_START)
  const { advance, open } = setupTabs()
  const first = open({ history: memory() })
  await advance(10 * MINUTE_MS)
  const second = open({ history: memory() })
  await advance(1_000)
  expect(first.samplesOf('calls')).toHaveLength(61)
  expect(second.samplesOf('calls')).toEqual(first.samplesOf('calls'))
})

test('a tab that comes while the other still writes an hour of the past sees all of it', async () => {
  const { advance, open, timer } = setupTabs()
  const disk = storedHistory()
  const waiting: Parameters<typeof disk.write>[] = []
  const first = open({
    history: {
      ...disk,
      write: (...one) => void waiting.push(one),
      flushed: () =>
        new Promise((resolve) => {
          timer.after(2_500, () => {
            for (const one of waiting.splice(0)) disk.write(...one)
            resolve()
          })
        }),
    },
  })
  await advance(1_500)
  const backlog = Float64Array.from({ length: 60 }, (_, i) => STEERED_START - (60 - i) * 60_000)
  const series = { timeMs: backlog, value: backlog.map(() => 5) }
  first.monitor.observe(observation({ samples: [{ metric: metricId('calls'), series }] }))
  const second = open({ history: disk })
  await advance(10_000)
  expect(second.samplesOf('calls')).toHaveLength(62)
  expect(second.samplesOf('calls')).toEqual(first.samplesOf('calls'))
})

test('markers and files of one tab are seen in all, and taken back in all', async () => {
  const { advance, open } = setupTabs()
  const leader = open()
  const follower = open()
  await advance(5_000)
  const id = follower.monitor.mark('run', 'Friday')
  const threads = { ...gauge('threads', 1_000), intervalMs: null }
  const at = later(STEERED_START, -60_000)
  follower.monitor.observe(
    observation({
      metrics: [threads],
      samples: [{ metric: threads.id, series: oneSample(at, 130) }],
      errors: [errorEvent({ at, class: 'capacity', source: 'jtl', count: 9 })],
    }),
  )
  await advance(100)
  expect(leader.monitor.facts().markers).toHaveLength(1)
  expect(leader.samplesOf('threads')).toEqual([[-60, 130]])
  expect(leader.monitor.errors.count('capacity', at, epochMs(Infinity))).toBe(9)
  leader.monitor.unmark(id)
  await advance(100)
  expect(follower.monitor.facts().markers).toEqual([])
})

test('trying a source again in a following tab asks in the polling one', async () => {
  const { advance, open } = setupTabs()
  const leader = open()
  const follower = open()
  leader.network.answer('calls', () => new Response('no', { status: 403 }))
  await advance(5_000)
  expect(follower.statusOf('calls').state).toBe('off')
  leader.network.recover('calls')
  follower.monitor.tryNow(sourceId('calls'))
  await advance(100)
  expect(follower.statusOf('calls').state).toBe('ok')
})

test('the newest reply stands in the query cache of every tab', async () => {
  const { advance, open } = setupTabs()
  const leader = open()
  const follower = open()
  await advance(12_000)
  const key = orgKeys.call(ORGANISATION.id, sourceId('calls'))
  expect(follower.queryClient.getQueryData(key)).toEqual(leader.queryClient.getQueryData(key))
  expect(follower.queryClient.getQueryData(key)).toBeDefined()
})

test('a tab in which nobody is signed in lets one ask that can', async () => {
  const { advance, open } = setupTabs()
  const signedOut = open({ tokens: memoryTokens(null) })
  await advance(5_000)
  expect(signedOut.role()).toBe('polling')
  const other = open({ tokens: memoryTokens(tokenUntil(later(STEERED_START, 3_600_000))) })
  await advance(5_000)
  expect([signedOut.role(), other.role()]).toEqual(['following', 'polling'])
  expect(signedOut.samplesOf('calls')).toHaveLength(1)
  expect(signedOut.monitor.facts().session.kind).toBe('signedIn')
})

test('signing in inside a following tab is enough', async () => {
  const { advance, open } = setupTabs()
  const first = open({ tokens: memoryTokens(null) })
  const tokens = memoryTokens(null)
  const second = open({ tokens })
  await advance(5_000)
  expect(second.role()).toBe('following')
  tokens.set(tokenUntil(later(STEERED_START, 3_600_000)))
  await advance(1_000)
  expect([first.role(), second.role()]).toEqual(['following', 'polling'])
  expect(second.statusOf('calls').state).toBe('ok')
})

test('an idle tab lets a visible one ask, and reads along', async () => {
  const { advance, open } = setupTabs()
  const hidden = open({
    page: { isHidden: () => true, subscribe: () => () => undefined },
    idleStopMs: durationMs(30_000),
  })
  const visible = open({
    page: { isHidden: () => false, subscribe: () => () => undefined },
    idleStopMs: durationMs(30_000),
  })
  await advance(29_000)
  expect(hidden.role()).toBe('polling')
  await advance(22_000)
  expect([hidden.role(), visible.role()]).toEqual(['following', 'polling'])
  expect(hidden.monitor.facts().idleSince).toBe(later(STEERED_START, 30_000))
  expect(callsOnly(hidden.samplesOf('calls'))).toEqual(
    [0, 10, 20, 30, 40, 50].map((at) => `${at} 7`),
  )
})

test('when every tab is idle none asks, and each says so until one is looked at', async () => {
  const { advance, open } = setupTabs()
  const pages = [openPage(), openPage()]
  const [first, second] = pages.map(({ page }) =>
    open({ page, idleStopMs: durationMs(30_000) }),
  ) as [ReturnType<typeof open>, ReturnType<typeof open>]
  await advance(5_000)
  for (const { setHidden } of pages) setHidden(true)
  await advance(40_000)
  expect([first.role(), second.role()]).toEqual(['resting', 'resting'])
  const asked = first.network.asked.length
  await advance(5 * MINUTE_MS)
  expect(first.network.asked.length + second.network.asked.length).toBe(asked)
  pages[1]!.setHidden(false)
  await advance(11_000)
  expect([first.role(), second.role()]).toEqual(['following', 'polling'])
  expect(second.monitor.facts().idleSince).toBeNull()
})

test('an idle tab that read along says that nobody asks when the tab that did is closed', async () => {
  const { advance, open } = setupTabs()
  const leader = open()
  const idle = open({
    page: { isHidden: () => true, subscribe: () => () => undefined },
    idleStopMs: durationMs(30_000),
  })
  await advance(40_000)
  expect(idle.role()).toBe('following')
  await leader.monitor.stop()
  await advance(100)
  expect(idle.role()).toBe('resting')
})

test('where there are no locks every tab asks for itself', async () => {
  const { advance, open } = setupTabs({ locks: null, channel: null })
  const tabs = [open(), open()]
  await advance(5_000)
  expect(tabs.map((tab) => tab.role())).toEqual(['polling', 'polling'])
})

test('where locks are barred, as in a sandboxed frame, the tab asks for itself', async () => {
  const barred = { request: () => Promise.reject(new DOMException('denied', 'SecurityError')) }
  const { advance, open } = setupTabs({ locks: barred })
  const tab = open()
  await advance(5_000)
  expect(tab.role()).toBe('polling')
  expect(tab.samplesOf('calls')).toHaveLength(1)
})

test('words of another program or another build on the channel are not heard', async () => {
  const tabs = createMemoryTabs()
  const stranger = tabs.open()
  const tab = tabs.open()
  const { advance, monitor } = setupMonitor({ channel: tab.channel, locks: tab.locks })
  await advance(2_000)
  const before = monitor.facts()
  for (const word of [null, 'hello', 7, { kind: 'asks' }, { protocol: 'tidemark.tabs.0' }])
    stranger.channel.postMessage(word)
  await advance(1_000)
  expect(monitor.facts()).toBe(before)
})

test('a tab of another build is not understood, and is told of until it is silent for a minute', async () => {
  const tabs = createMemoryTabs()
  const stranger = tabs.open()
  const tab = tabs.open()
  const { advance, monitor, now } = setupMonitor({ channel: tab.channel, locks: tab.locks })
  await advance(2_000)
  const { sources } = monitor.facts()
  const say = (version: number, message: unknown) =>
    stranger.channel.postMessage({ protocol: 'tidemark.tabs', version, org: 'test', message })
  const later = { kind: 'facts', facts: { ...monitor.facts(), sources: [] } }
  for (const version of [1, 2, 99]) say(version, later)
  await advance(10)
  expect(monitor.facts().otherBuildAt).toBe(now() - 10)
  expect(monitor.facts().sources).toBe(sources)
  await advance(63_000)
  expect(monitor.facts().otherBuildAt).toBeNull()
})

test('what clients did goes to every tab, and to one that comes later', async () => {
  const { advance, open, now } = setupTabs()
  const first = open()
  const second = open()
  await advance(3_000)
  const event = (ms: number) =>
    ({ at: later(now(), ms), kind: 'refused', client: 'c1', tookMs: 20 }) as const
  const told = [event(-50 * MINUTE_MS), event(-1_000), event(0)]
  first.monitor.observe(observation({ clients: told }))
  await advance(1_000)
  const third = open()
  await advance(3_000)
  const all = [epochMs(0), epochMs(Infinity)] as const
  for (const tab of [first, second, third])
    expect(tab.monitor.clients.between(...all)).toEqual(told)
})

test('a message of this version that is not what was agreed is not heard', async () => {
  const tabs = createMemoryTabs()
  const stranger = tabs.open()
  const tab = tabs.open()
  const { advance, monitor } = setupMonitor({
    sources: [countingSource('calls', 10_000)],
    channel: tab.channel,
    locks: tab.locks,
  })
  await advance(2_000)
  const before = monitor.facts()
  const whole = observation({})
  const bad: unknown[] = [
    undefined,
    { kind: 'welcome' },
    { kind: 'unheardOf' },
    { kind: 'facts', facts: null },
    { kind: 'facts', facts: { ...before, sources: [{ id: 'calls' }] } },
    { kind: 'observed', source: 'calls', observation: { ...whole, errors: undefined } },
    {
      kind: 'observed',
      source: 'calls',
      observation: {
        ...whole,
        samples: [{ metric: 'calls', series: { timeMs: [1], value: [2] } }],
      },
    },
    {
      kind: 'observed',
      source: null,
      observation: {
        ...whole,
        samples: [
          { metric: 'calls', series: { timeMs: new Float64Array(2), value: new Float64Array(1) } },
        ],
      },
    },
    {
      kind: 'observed',
      source: null,
      observation: { ...whole, errors: [{ at: 1, class: 'odd' }] },
    },
    {
      kind: 'observed',
      source: null,
      observation: { ...whole, clients: [{ at: 1, kind: 'left', client: 'a', tookMs: 0 }] },
    },
  ]
  for (const message of bad)
    stranger.channel.postMessage({ protocol: 'tidemark.tabs', version: 3, org: 'test', message })
  await advance(100)
  const { otherBuildAt, ...rest } = monitor.facts()
  expect(otherBuildAt).not.toBeNull()
  expect(rest).toEqual({ ...before, otherBuildAt: undefined })
  expect(monitor.series.slice(metricId('calls'), epochMs(0), epochMs(Infinity)).value).toHaveLength(
    1,
  )
})
