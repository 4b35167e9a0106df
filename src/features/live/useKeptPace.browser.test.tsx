import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { observation } from '#domain/observation.ts'
import { DEFAULT_LIVE_VIEW } from '#state/link/liveLink.ts'
import { ago, connections, renderLive } from '#testing/renderLive.tsx'

const DAY = 86_400
/** An hour of yesterday as a recorder's Prometheus kept it: a sample every 30 s of what is asked every 2 s. */
const timeMs = Float64Array.from({ length: 120 }, (_, i) => ago(DAY + 3_600 - 30 * i))
const scraped = observation({
  samples: [{ metric: connections.id, series: { timeMs, value: timeMs.map(() => 40) } }],
})
const window = { kind: 'absolute', from: ago(DAY + 3_600), to: ago(DAY) } as const

test('what was kept at a slower pace is drawn as one line, and says how far apart it is', async () => {
  const { monitor } = await renderLive({}, scraped, { ...DEFAULT_LIVE_VIEW, window })
  monitor.answerWindows()
  await expect.element(page.getByText(/^Raw samples, every 30/)).toBeVisible()
  const chart = page.getByRole('img', { name: /WebSocket connections/ }).first()
  await expect.element(chart).toBeVisible()
  expect(chart.element().getAttribute('aria-label')).not.toContain('gap')
})
