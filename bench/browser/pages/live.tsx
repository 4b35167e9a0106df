import { createRoot } from 'react-dom/client'
import { observation } from '#domain/observation.ts'
import { epochMs, later } from '#domain/units.ts'
import { LiveScreen } from '#features/live/LiveScreen.tsx'
import { DEFAULT_LIVE_VIEW } from '#state/link/liveLink.ts'
import { MonitorProvider } from '#state/MonitorProvider.tsx'
import { someMetric } from '#testing/someMetric.ts'
import { stillMonitor } from '#testing/stillMonitor.ts'
import { TidemarkTheme } from '#ui/theme/TidemarkTheme.tsx'
import { failures, limitSteps, START, walk } from './benchData.ts'
import { type ChartLoad, offer } from './chartBench.ts'
import { inFrames, nextFrame } from './frameTimes.ts'

const STEP_MS = 1_000
const metrics = [
  someMetric('connections.open', { title: 'WebSocket connections', group: 'connections' }),
  someMetric('callSessions.concurrent', { title: 'Call sessions', group: 'sessions' }),
  someMetric('queue.interacting', { title: 'Interacting', group: 'queue' }),
  someMetric('queue.waiting', { title: 'Waiting', group: 'queue' }),
]

let end = epochMs(START)
let monitor = stillMonitor(end)

/** The whole screen over a monitor that asks nobody: what hovering costs a user, and what the first look does. */
offer({
  prepare({ points, limits, events }: ChartLoad) {
    end = epochMs(START + points * STEP_MS)
    monitor = stillMonitor(end, { metrics })
    monitor.observe(
      observation({
        samples: metrics.map(({ id }, i) => ({ metric: id, series: walk(points, i + 1) })),
        limits: metrics
          .slice(0, 2)
          .flatMap(({ id }) => limitSteps(limits).map((step) => ({ metric: id, step }))),
        errors: failures(events, points * STEP_MS),
      }),
    )
  },
  async mount() {
    const half = later(end, (START - end) / 2)
    const view = {
      ...DEFAULT_LIVE_VIEW,
      window: { kind: 'absolute' as const, from: half, to: end },
    }
    createRoot(document.getElementById('root')!).render(
      <TidemarkTheme theme="dark">
        <MonitorProvider monitor={monitor}>
          <div style={{ height: 852 }}>
            <LiveScreen
              view={view}
              onView={() => undefined}
              notices={[]}
              onSignIn={() => undefined}
            />
          </div>
        </MonitorProvider>
      </TidemarkTheme>,
    )
    while (document.querySelectorAll('.recharts-surface').length < 3) await nextFrame()
    for (let rest = 0; rest < 30; rest++) await nextFrame()
  },
  pan: () => Promise.reject(new Error('not measured here')),
  hover: (frames) => {
    const surface = document.querySelector('[role="slider"]')!
    const { left, top, width } = surface.getBoundingClientRect()
    return inFrames(frames, (step) => {
      const clientX = left + (width * (step + 0.5)) / frames
      surface.dispatchEvent(
        new PointerEvent('pointermove', { clientX, clientY: top + 50, bubbles: true }),
      )
    })
  },
  tick: () => Promise.reject(new Error('not measured here')),
})
