import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { DAY_MS, durationMs, later } from '#domain/units.ts'
import { DEFAULT_LIVE_VIEW } from '#state/link/liveLink.ts'
import { AT_LIMIT, NOW, ago, renderLive } from '#testing/renderLive.tsx'

const lastWeek = { kind: 'absolute', from: ago(7 * 86_400), to: ago(7 * 86_400 - 3_600) } as const

test('an older window says that it is being read back, then that nothing is kept of it', async () => {
  const { monitor } = await renderLive({}, AT_LIMIT, { ...DEFAULT_LIVE_VIEW, window: lastWeek })
  expect(monitor.asked.windows).toEqual([[lastWeek.from, lastWeek.to]])
  await expect
    .element(page.getByText('Reading back what is kept of this time.').first())
    .toBeVisible()
  monitor.answerWindows()
  await expect.element(page.getByText(/^No samples before/).first()).toBeVisible()
})

test('a moving window longer than a day reads back what lies before it; a shorter one need not', async () => {
  const lengthMs = durationMs(3 * DAY_MS)
  const long = await renderLive({}, AT_LIMIT, {
    ...DEFAULT_LIVE_VIEW,
    window: { kind: 'rolling', lengthMs },
  })
  expect(long.monitor.asked.windows).toEqual([[later(NOW, -1 * lengthMs), NOW]])
  const short = await renderLive()
  expect(short.monitor.asked.windows).toEqual([])
})
