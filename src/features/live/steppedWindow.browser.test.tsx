import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { durationMs, epochMs, later, MINUTE_MS } from '#domain/units.ts'
import { DEFAULT_LIVE_VIEW } from '#state/link/liveLink.ts'
import { AT_LIMIT, NOW, ago, button, connections, plain, renderLive } from '#testing/renderLive.tsx'

const DAY_S = 86_400
const STEP_MS = durationMs(5 * MINUTE_MS)
const window = { kind: 'absolute', from: ago(30 * DAY_S), to: NOW } as const
const until = epochMs(Math.ceil(ago(DAY_S) / STEP_MS) * STEP_MS)

/** A month in steps of five minutes, alternating between 10 and 48 of 50, and the last minutes as samples. */
async function showMonth() {
  const shown = await renderLive({}, AT_LIMIT, {
    ...DEFAULT_LIVE_VIEW,
    window,
    at: later(NOW, -10 * 86_400_000),
  })
  const count = (until - window.from) / MINUTE_MS
  const timeMs = Float64Array.from({ length: count }, (_, i) => window.from + i * MINUTE_MS)
  const series = { timeMs, value: timeMs.map((_, i) => (i % 2 === 0 ? 10 : 48)) }
  shown.monitor.summarise({ from: window.from, to: until, stepMs: STEP_MS, isPruned: true }, [
    { metric: connections.id, series },
  ])
  shown.monitor.answerWindows()
  return shown
}

const termsIn = () =>
  page
    .getByRole('term')
    .elements()
    .map((term) => plain(`${term.textContent} ${term.nextElementSibling?.textContent}`))

test('a month says in which tier it is shown, at the tools and beside its chart', async () => {
  await showMonth()
  const words = /Raw from 16 Sep 12:30, before that lowest and highest of every 5\smin/
  await expect.element(page.getByText(words).first()).toBeVisible()
  expect(page.getByText(words).elements()).toHaveLength(2)
  await expect.element(button('Window 18 Aug 12:30 to 17 Sep 12:30, choose another')).toBeVisible()
})

test('the readout of a step holds its lowest, highest and mean, and no state', async () => {
  await showMonth()
  await expect.element(page.getByText('10 to 48')).toBeVisible()
  await expect.element(page.getByText(/7 Sep 12:30, 5\smin/)).toBeVisible()
  await expect.poll(termsIn).toContain('mean 25')
  expect(termsIn()).toContain('limit then 50')
  expect(termsIn()).toContain('used at most 96 %')
})

test('no verdict and no share at the limit is made up of steps', async () => {
  await showMonth()
  await expect
    .element(
      page.getByText('Summaries do not say how many of them came at the limit.', { exact: false }),
    )
    .toBeVisible()
  await userEvent.keyboard('e')
  await expect.element(page.getByText('No verdict on summaries')).toBeVisible()
})

test('the table of a month has days, and each row its lowest, highest and mean', async () => {
  await showMonth()
  await userEvent.keyboard('t')
  await expect.element(page.getByRole('rowheader', { name: '20 Aug 12:00' })).toBeVisible()
  const row = page.getByRole('row', { name: '20 Aug 12:00' })
  expect(plain(row.element().textContent)).toContain('10 to 48 / 50, mean 29')
})

test('a window of months is chosen where ranges are', async () => {
  const { views } = await renderLive()
  await button(/^Window /).click()
  await button('30 d').click()
  expect(views.at(-1)!.window).toEqual({ kind: 'rolling', lengthMs: 30 * 86_400_000 })
})
