import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { observation } from '#domain/observation.ts'
import { later } from '#domain/units.ts'
import { DEFAULT_LIVE_VIEW } from '#state/link/liveLink.ts'
import {
  AT_LIMIT,
  NOW,
  ago,
  button,
  connections,
  plain,
  refusal,
  renderLive,
} from '#testing/renderLive.tsx'

test('paused, the window stands and nothing is lost', async () => {
  const { monitor } = await renderLive()
  await userEvent.keyboard(' ')
  await expect.element(button(/Resume/)).toBeVisible()
  monitor.setNow(later(NOW, 600_000))
  monitor.observe(
    observation({
      samples: [
        {
          metric: connections.id,
          series: { timeMs: Float64Array.of(later(NOW, 599_000)), value: Float64Array.of(7) },
        },
      ],
      errors: [refusal(-300, { route: 'while paused' })],
    }),
  )
  await expect.element(page.getByText(/7\s*\/ 50/)).toBeVisible()
  await expect.element(button(/Window 11:30 to 12:30/)).toBeVisible()
  await expect.element(page.getByText('while paused')).not.toBeInTheDocument()
  await userEvent.keyboard(' ')
  await expect.element(button(/Window 11:40 to 12:40/)).toBeVisible()
  await expect.element(page.getByText('while paused')).toBeVisible()
})

test('a chosen length or range becomes the link, and L goes back to live', async () => {
  const { views, monitor } = await renderLive()
  await page.getByRole('radio', { name: '15 m' }).click()
  expect(views.at(-1)!.window).toEqual({ kind: 'rolling', lengthMs: 900_000 })
  await button(/^Window 12:15 to 12:30/).click()
  await page.getByLabelText('From', { exact: true }).fill('2026-09-17T12:00:00')
  await page.getByLabelText('To', { exact: true }).fill('2026-09-17T11:00:00')
  await button('Show').click()
  await expect
    .element(page.getByText('The end must be 10 s after the start or later.'))
    .toBeVisible()
  await page.getByLabelText('To', { exact: true }).fill('2026-09-17T12:20:00')
  await button('Show').click()
  const range = { from: Date.UTC(2026, 8, 17, 12), to: Date.UTC(2026, 8, 17, 12, 20) }
  expect(views.at(-1)!.window).toEqual({ kind: 'absolute', ...range })
  expect(monitor.asked.windows).toEqual([[range.from, range.to]])
  await expect.element(button('Back to live')).toBeVisible()
  // While the fields are open, and they fade, letters are theirs.
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  await userEvent.keyboard('l')
  expect(views.at(-1)!.window).toEqual({ kind: 'rolling', lengthMs: 900_000 })
})

test('the window can be zoomed by keys, and no further than a link can say', async () => {
  const { views } = await renderLive()
  await expect.element(page.getByRole('grid')).toBeVisible()
  await userEvent.keyboard('+')
  // Keys may follow each other: the link changes when they rest.
  await expect
    .poll(() => views.at(-1)?.window)
    .toEqual({ kind: 'absolute', from: ago(1_800), to: NOW })
  for (let presses = 0; presses < 16; presses++) await userEvent.keyboard('-')
  await expect
    .poll(() => {
      const window = views.at(-1)?.window
      return window?.kind === 'absolute' && window.to - window.from
    })
    .toBe(396 * 86_400_000)
})

test('the readout at the crosshair holds each value against the limit of its time', async () => {
  await renderLive({}, AT_LIMIT, { ...DEFAULT_LIVE_VIEW, at: ago(60) })
  await expect.element(page.getByText('At 12:29:00')).toBeVisible()
  const terms = page
    .getByRole('term')
    .elements()
    .map((term) => plain(`${term.textContent} ${term.nextElementSibling?.textContent}`))
  expect(terms).toContain('limit then 50')
  expect(terms).toContain('used 100 %')
  expect(terms).toContain('at limit for 1 min')
  expect(terms).toContain('capacity then 1 000')
})
