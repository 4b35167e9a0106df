import { QueryClient } from '@tanstack/query-core'
import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import type { Organisation } from '#domain/organisation.ts'
import { epochMs, later, orgId } from '#domain/units.ts'
import { LiveScreen } from '#features/live/LiveScreen.tsx'
import { createFlushWhenDrawn } from '#monitor/flushWhenDrawn.ts'
import { browserNetwork } from '#monitor/network.ts'
import { createOrgMonitor, type OrgMonitor } from '#monitor/orgMonitor.ts'
import { browserPage } from '#monitor/page.ts'
import { createWorkerTimer } from '#monitor/workerTimer.ts'
import { addressesOf } from '#sources/genesys/addresses.ts'
import { clientCredentialsToken } from '#sources/genesys/oauth.ts'
import { createTokenStore } from '#sources/genesys/tokenStore.ts'
import { createIndexedDbHistory } from '#sources/history/indexedDbHistory.ts'
import { DEFAULT_LIVE_VIEW, type LiveView } from '#state/link/liveLink.ts'
import { MonitorProvider } from '#state/MonitorProvider.tsx'
import { TidemarkTheme } from '#ui/theme/TidemarkTheme.tsx'
import { createPolls, type PollTotals } from './polls.ts'

export type OrganisationsLoad = {
  /** One per organisation. */
  urls: readonly string[]
  /** Per organisation, each with a request of its own. */
  metrics: number
  everyMs: number
  screen: 'live' | 'none'
}

/** What was lost since the start. */
export type OrganisationsEnd = {
  /** Ticks left out. */
  skippedTicks: number
  /** Of the gauges asked for. */
  gaps: number
  failures: number
  /** Samples that are held in memory and not in the history. */
  unwritten: number
}

const CLIENT = { clientId: 'bench', clientSecret: 'any' }
const clock = { now: () => epochMs(Date.now()) }
const timer = createWorkerTimer()
const channel = new BroadcastChannel('tidemark')
const queryClient = new QueryClient()
const schedule = createFlushWhenDrawn()
const history = createIndexedDbHistory({ now: clock.now, after: timer.after })
const polls = createPolls()
const monitors: OrgMonitor[] = []
const fetchHere = (url: string, init?: RequestInit) => fetch(url, init)

/** Tasks that held the main thread up for longer than 50 ms, which is as fine as a browser tells. */
const longTasks: number[] = []
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) longTasks.push(duration)
}).observe({ type: 'longtask', buffered: true })

/** As `app/machine.ts` does it, with sources of our own cadence. */
async function watch(url: string, { metrics, everyMs }: OrganisationsLoad) {
  const { host, port } = new URL(url)
  const organisation: Organisation = {
    id: orgId(`bench-${port}`),
    name: `Organisation ${port}`,
    region: 'bench',
    domain: host,
    simulation: null,
  }
  const addresses = addressesOf(host)
  const tokens = createTokenStore({
    org: organisation.id,
    storage: sessionStorage,
    channel,
    now: clock.now,
  })
  const signal = new AbortController().signal
  tokens.set(
    await clientCredentialsToken({ fetch: fetchHere, now: clock.now, signal }, addresses, CLIENT),
  )
  const connection = { org: organisation.id, addresses, clientId: CLIENT.clientId, tokens }
  monitors.push(
    createOrgMonitor({
      organisation,
      sources: polls.sources(connection, metrics, everyMs),
      feeds: [],
      tokens,
      history,
      queryClient,
      fetch: fetchHere,
      clock,
      timer,
      random: Math.random,
      schedule,
      locks: navigator.locks,
      channel,
      page: browserPage,
      network: browserNetwork,
      idleStopMs: null,
    }),
  )
}

function Screen() {
  const [view, setView] = useState<LiveView>(DEFAULT_LIVE_VIEW)
  return <LiveScreen view={view} onView={setView} notices={[]} onSignIn={() => undefined} />
}

async function start(load: OrganisationsLoad) {
  // One after the other, as they are opened; their ticks fall where they fall.
  for (const url of load.urls) await watch(url, load)
  if (load.screen === 'none') return
  createRoot(document.getElementById('root')!).render(
    <TidemarkTheme theme="dark">
      <MonitorProvider monitor={monitors[0]!}>
        <div style={{ height: 852 }}>
          <Screen />
        </div>
      </MonitorProvider>
    </TidemarkTheme>,
  )
}

/** Samples and gaps of what is asked for; Tidemark's own count of requests is not. */
function heldOf({ facts, series }: OrgMonitor) {
  const ids = facts().sources.flatMap(({ metrics }) => metrics)
  const values = ids.map((id) => series.slice(id, epochMs(0), epochMs(Infinity)).value)
  const gaps = values.reduce((sum, own) => sum + own.filter(Number.isNaN).length, 0)
  return { ids: new Set(ids), gaps, samples: values.reduce((sum, own) => sum + own.length, 0) }
}

async function unwrittenOf(monitor: OrgMonitor) {
  const { ids, samples } = heldOf(monitor)
  const until = later(monitor.now(), 60_000)
  const kept = await history.read(monitor.facts().organisation.id, epochMs(0), until)
  const written = kept.samples
    .filter(({ metric }) => ids.has(metric))
    .reduce((sum, { series }) => sum + series.timeMs.length, 0)
  return Math.max(0, samples - written)
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)

/** What was polled since the last look, and the longest task. */
const look = (): PollTotals & { longestTaskMs: number } => ({
  ...polls.take(),
  longestTaskMs: Math.max(0, ...longTasks.splice(0)),
})

/** Reads the whole history, which is work by itself: asked once. */
async function end(): Promise<OrganisationsEnd> {
  await history.flushed()
  const unwritten: number[] = []
  for (const monitor of monitors) unwritten.push(await unwrittenOf(monitor))
  const sources = monitors.flatMap((monitor) => monitor.facts().sources)
  return {
    skippedTicks: sum(sources.map(({ skippedTicks }) => skippedTicks)),
    gaps: sum(monitors.map((monitor) => heldOf(monitor).gaps)),
    failures: sum(monitors.map(({ errors }) => errors.size())),
    unwritten: sum(unwritten),
  }
}

window.bench = { start, look, end }
