import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { observation } from '#domain/observation.ts'
import { DEFAULT_LIVE_VIEW } from '#state/link/liveLink.ts'
import { button, connections, minutes, plain, renderLive } from '#testing/renderLive.tsx'
import { someMetric } from '#testing/someMetric.ts'

const queueMetric = (id: string, title: string) => someMetric(id, { title, group: 'queue' })
const metrics = [
  connections,
  queueMetric('acd.interacting', 'Interacting'),
  queueMetric('acd.waiting', 'Waiting'),
  queueMetric('acd.interacting.voice', 'Interacting, voice'),
  queueMetric('acd.waiting.voice', 'Waiting, voice'),
  queueMetric('queue.interacting:q-1', 'Interacting, Service'),
  queueMetric('queue.waiting:q-1', 'Waiting, Service'),
]
const levels = [0, 45, 6, 30, 4, 12, 3]
const shown = observation({
  samples: metrics.map(({ id }, i) => ({ metric: id, series: minutes(() => levels[i]!) })),
})

const chart = (name: RegExp) => page.getByRole('img', { name })
const region = page.getByRole('region', { name: 'Charts' })

test('the queue chart shows all media, and from its heading one of them or one queue', async () => {
  const { views } = await renderLive({ metrics }, shown)
  await expect.element(chart(/Waiting, 11:30 to 12:30 UTC: 6 now/)).toBeInTheDocument()
  await button('Queue activity').click()
  const menu = page.getByRole('menu')
  await expect.element(menu).toBeVisible()
  expect(
    menu
      .getByRole('menuitem')
      .elements()
      .map((item) => [item.textContent, item.getAttribute('aria-current')]),
  ).toEqual([
    ['All media', 'true'],
    ['voice', 'false'],
    ['Service', 'false'],
  ])
  await page.getByRole('menuitem', { name: 'voice' }).click()
  expect(views.at(-1)?.queue).toEqual({ kind: 'media', media: 'voice' })
  await expect.element(button('Queue activity, voice')).toBeVisible()
  await expect.element(chart(/Waiting, voice, 11:30 to 12:30 UTC: 4 now/)).toBeInTheDocument()
  // The heading names the media: the readout and the lines need not.
  expect(plain(region.element().textContent)).toMatch(/interacting30waiting4/)
})

test('the menu is walked and chosen from with keys alone', async () => {
  const { views } = await renderLive({ metrics }, shown)
  const title = button('Queue activity')
  await expect.element(title).toBeVisible()
  ;(title.element() as HTMLElement).focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('menu')).toBeVisible()
  await userEvent.keyboard('{ArrowDown}')
  await expect.element(page.getByRole('menuitem', { name: 'All media' })).toHaveFocus()
  await userEvent.keyboard('{ArrowDown}{ArrowDown}')
  await expect.element(page.getByRole('menuitem', { name: 'Service' })).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  expect(views.at(-1)?.queue).toEqual({ kind: 'queue', id: 'q-1' })
  await expect.element(button('Queue activity, Service')).toBeVisible()
  await expect.element(button('Queue activity, Service')).toHaveFocus()
})

test('the table has the columns of what is chosen', async () => {
  await renderLive({ metrics }, shown, {
    ...DEFAULT_LIVE_VIEW,
    queue: { kind: 'queue', id: 'q-1' },
  })
  await expect.element(button('Queue activity, Service')).toBeVisible()
  await userEvent.keyboard('t')
  const table = page.getByRole('dialog').getByRole('table')
  await expect
    .element(table.getByRole('columnheader', { name: 'Interacting, Service' }))
    .toBeVisible()
})

test('a queue of a link that nobody reads here is said not to be read, and all media are one step away', async () => {
  const { views } = await renderLive({ metrics }, shown, {
    ...DEFAULT_LIVE_VIEW,
    queue: { kind: 'queue', id: 'gone' },
  })
  await expect.element(page.getByText('This queue is not read here')).toBeVisible()
  await button('Queue activity, gone').click()
  await page.getByRole('menuitem', { name: 'All media' }).click()
  expect(views.at(-1)?.queue).toEqual({ kind: 'all' })
  await expect.element(page.getByText('This queue is not read here')).not.toBeInTheDocument()
})
