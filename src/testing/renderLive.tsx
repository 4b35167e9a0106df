import { useState } from 'react'
import { vi } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { errorEvent, type ErrorEvent } from '#domain/errors/errorEvent.ts'
import type { Metric } from '#domain/metrics/metric.ts'
import { observation } from '#domain/observation.ts'
import { durationMs, epochMs, later, sourceId } from '#domain/units.ts'
import { LiveScreen } from '#features/live/LiveScreen.tsx'
import type { OrgFacts, SourceStatus } from '#monitor/orgFacts.ts'
// Loaded before any test: a dependency first met in the middle of one makes Vite reload the page.
import '#sources/imports/readFile.ts'
import { SourceError } from '#sources/sourceError.ts'
import { useCrosshairStore } from '#state/crosshair.ts'
import { DEFAULT_LIVE_VIEW, type LiveView } from '#state/link/liveLink.ts'
import { MonitorProvider } from '#state/MonitorProvider.tsx'
import { TidemarkTheme } from '#ui/theme/TidemarkTheme.tsx'
import { plainSpaces } from './plainSpaces.ts'
import { someMetric } from './someMetric.ts'
import { stillMonitor } from './stillMonitor.ts'

/** The moment at which every test of the Live screen begins. */
export const NOW = epochMs(Date.UTC(2026, 8, 17, 12, 30, 0))
export const ago = (seconds: number) => later(NOW, -1000 * seconds)

const live = (id: string, title: string, known: Partial<Metric> = {}) =>
  someMetric(id, { title, group: 'connections', origin: 'Feed of the simulator', ...known })

export const connections = live('connections.open', 'WebSocket connections')
export const sessions = live('callSessions.concurrent', 'Call sessions', { group: 'sessions' })
export const users = live('ws.usersOnline', 'Users online', { provenance: 'proxy' })

/** Ten minutes of samples two seconds apart, the last one two seconds old. */
export function minutes(of: (secondsAgo: number) => number) {
  const times = Array.from({ length: 300 }, (_, i) => 600 - 2 * i)
  return {
    timeMs: Float64Array.from(times, (seconds) => ago(seconds)),
    value: Float64Array.from(times, of),
  }
}

export const refusal = (secondsAgo: number, known: Partial<ErrorEvent> = {}) =>
  errorEvent({ at: ago(secondsAgo), class: 'capacity', source: 'feed', status: 503, ...known })

/** 50 of 50 connections for the last two minutes, with 30 refusals, and one 429 long before. */
export const AT_LIMIT = observation({
  samples: [
    { metric: connections.id, series: minutes((seconds) => (seconds <= 120 ? 50 : 20)) },
    { metric: sessions.id, series: minutes(() => 300) },
    { metric: users.id, series: minutes(() => 612) },
  ],
  limits: [
    { metric: connections.id, step: { from: epochMs(0), value: 50, source: 'the feed' } },
    { metric: sessions.id, step: { from: epochMs(0), value: 1_000, source: 'the reply' } },
    { metric: users.id, step: { from: epochMs(0), value: null, source: 'no key published' } },
  ],
  errors: [
    errorEvent({ at: ago(500), class: 'rate', source: 'monitor', status: 429, app: 'tidemark' }),
    ...Array.from({ length: 30 }, (_, i) => refusal(100 - i, { correlationId: `id-${i}` })),
  ],
})

/** The whole screen over a monitor that asks nobody. */
export async function renderLive(
  known: Partial<OrgFacts> = {},
  shown = AT_LIMIT,
  view = DEFAULT_LIVE_VIEW,
) {
  useCrosshairStore.setState({ at: null, isPinned: false })
  const monitor = stillMonitor(NOW, { metrics: [connections, sessions, users], ...known })
  monitor.observe(shown)
  const views: LiveView[] = []
  const onSignIn = vi.fn()
  function Screen() {
    const [current, setCurrent] = useState<LiveView>({ ...view, zone: 'UTC' })
    const show = (next: LiveView) => {
      views.push(next)
      setCurrent(next)
    }
    return <LiveScreen view={current} onView={show} notices={[]} onSignIn={onSignIn} />
  }
  await render(
    <TidemarkTheme theme="dark">
      <MonitorProvider monitor={monitor}>
        <div style={{ height: 852 }}>
          <Screen />
        </div>
      </MonitorProvider>
    </TidemarkTheme>,
  )
  return { monitor, views, onSignIn }
}

export const button = (name: string | RegExp) => page.getByRole('button', { name })
export const plain = plainSpaces
/** All that stands in a region of the screen. */
export const textOf = (label: string) =>
  plain(page.getByRole('region', { name: label }).element().textContent)

/** The feed of the connections, asked to wait since eight minutes before. */
export const failingFeed: SourceStatus = {
  id: sourceId('feed'),
  title: 'Feed',
  everyMs: durationMs(2_000),
  metrics: [connections.id],
  state: 'failing',
  lastOkAt: null,
  failingSince: ago(480),
  failure: {
    ...new SourceError('rateLimited', 'slow down', {
      status: 429,
      retryAfterMs: durationMs(42_000),
    }).details,
    kind: 'rateLimited',
    message: 'slow down',
  },
  nextAt: later(NOW, 42_000),
  skippedTicks: 0,
}
