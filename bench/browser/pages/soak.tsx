import { QueryClient } from '@tanstack/query-core'
import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { quiet } from '#mocks/scenarios/quiet.ts'
import type { Scenario } from '#mocks/scenarios/scenario.ts'
import { createTenant } from '#mocks/tenant.ts'
import { durationMs, epochMs, HOUR_MS, later, MINUTE_MS, orgId } from '#domain/units.ts'
import { LiveScreen } from '#features/live/LiveScreen.tsx'
import { createOrgMonitor } from '#monitor/orgMonitor.ts'
import { orgSources } from '#sources/config/orgSources.ts'
import { organisationConfig } from '#sources/config/tidemarkConfig.ts'
import { simulatedAddresses } from '#sources/genesys/addresses.ts'
import { clientCredentialsToken } from '#sources/genesys/oauth.ts'
import { createIndexedDbHistory } from '#sources/history/indexedDbHistory.ts'
import { DEFAULT_LIVE_VIEW, type LiveView } from '#state/link/liveLink.ts'
import { MonitorProvider } from '#state/MonitorProvider.tsx'
import { memoryTokens, ORGANISATION } from '#testing/monitorSetup.ts'
import { TidemarkTheme } from '#ui/theme/TidemarkTheme.tsx'
import { START } from './benchData.ts'
import { nextFrame } from './frameTimes.ts'
import { createVirtualClock } from './virtualClock.ts'

/** What somebody does with the screen in an hour, by turns: window lengths, a look around, a pinned instant. */
const LENGTHS_MIN = [5, 60, 180, 15]
const STEP_MS = 10_000

/**
 * An ordinary afternoon that comes to rest at the end of each hour, so that the screen shows the same
 * things whenever it is looked at: failures of all kinds in the first three quarters only, and calls
 * that stay far from their capacity.
 */
const RESTING: Scenario = {
  ...quiet,
  scattered: [],
  bursts: quiet.scattered.map(({ perHour, ...failure }) => ({
    ...failure,
    firstAt: 300,
    everySec: 3600,
    lengthSec: 2400,
    perSec: perHour / 600,
  })),
  calls: { ...quiet.calls, base: 200, swing: 0 },
}

let clock: ReturnType<typeof createVirtualClock>
let steps = 0

async function start() {
  let inFlight = 0
  clock = createVirtualClock(epochMs(START), () => inFlight > 0)
  const tenant = createTenant({
    scenario: RESTING,
    seed: 42,
    startMs: START,
    now: clock.now,
  })
  async function fetch(url: string, init?: RequestInit) {
    inFlight += 1
    try {
      const headers = new Headers(init?.headers)
      headers.set('Origin', location.origin)
      return await tenant.fetch(new Request(url, { ...init, headers }))
    } finally {
      inFlight -= 1
    }
  }
  const addresses = simulatedAddresses('http://tenant.test')
  const context = { fetch, now: clock.now, signal: new AbortController().signal }
  const client = { clientId: 'soak', clientSecret: 'any' }
  // Signs in anew whenever the token is about to end, as a page does.
  const tokens = memoryTokens(await clientCredentialsToken(context, addresses, client))
  const renew = async () => {
    tokens.set(await clientCredentialsToken(context, addresses, client))
    clock.after(6 * HOUR_MS, () => void renew())
  }
  clock.after(6 * HOUR_MS, () => void renew())
  const connection = { org: ORGANISATION.id, addresses, clientId: client.clientId, tokens }
  const config = organisationConfig({ id: orgId('soak'), name: 'Soak', domain: 'tenant.test' })
  const monitor = createOrgMonitor({
    organisation: ORGANISATION,
    ...orgSources({ config, connection, feedBearer: () => null }),
    tokens,
    history: createIndexedDbHistory({ name: 'soak', now: clock.now, after: clock.after }),
    queryClient: new QueryClient(),
    fetch,
    clock: { now: clock.now },
    timer: { after: clock.after },
    random: () => 0.5,
    schedule: (flush) => void requestAnimationFrame(() => flush()),
    locks: null,
    channel: null,
    page: null,
    idleStopMs: null,
  })

  function Screen() {
    const [view, setView] = useState<LiveView>(DEFAULT_LIVE_VIEW)
    return <LiveScreen view={view} onView={setView} notices={[]} onSignIn={() => undefined} />
  }
  createRoot(document.getElementById('root')!).render(
    <TidemarkTheme theme="dark">
      <MonitorProvider monitor={monitor}>
        <div style={{ height: 852 }}>
          <Screen />
        </div>
      </MonitorProvider>
    </TidemarkTheme>,
  )
  await clock.advance(MINUTE_MS)
}

const press = (key: string) =>
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))

/** Some of what a hand does, a little with every step. */
function handle(step: number) {
  const minute = Math.floor((step * STEP_MS) / MINUTE_MS)
  if (step % 6 !== 0) return
  if (minute % 15 === 0) press(String(1 + ((minute / 15) % LENGTHS_MIN.length)))
  if (minute % 15 === 5) press('PageUp')
  if (minute % 15 === 7) press('l')
  const surface = document.querySelector('[role="slider"]')!
  const { left, top, width } = surface.getBoundingClientRect()
  const clientX = left + (width * (minute % 60)) / 60
  const at = { clientX, clientY: top + 40, bubbles: true }
  surface.dispatchEvent(new PointerEvent('pointermove', at))
  if (minute % 15 === 9) surface.dispatchEvent(new PointerEvent('pointerleave', at))
}

/** Lets so much virtual time pass on the screen, ten seconds a frame. */
async function run({ lengthMs }: { lengthMs: number }) {
  const end = later(clock.now(), durationMs(lengthMs))
  while (clock.now() < end) {
    await clock.advance(STEP_MS)
    handle(steps++)
    await nextFrame()
  }
  // At rest, always in the same state: the last minutes live, nothing pointed at.
  press('l')
  press('1')
  document.querySelector('[role="slider"]')!.dispatchEvent(new PointerEvent('pointerleave'))
  for (let rest = 0; rest < 60; rest++) await nextFrame()
}

window.bench = { start, run }
