import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { ago, AT_LIMIT, button, plain, refusal, renderLive } from '#testing/renderLive.tsx'

test('events list the newest first, with what was used then, and can be filtered by class', async () => {
  const { views } = await renderLive()
  const rows = () => page.getByRole('grid').getByRole('row')
  await expect.poll(() => plain(rows().nth(1).element().textContent)).toContain('12:28:49')
  expect(plain(rows().nth(1).element().textContent)).toContain('100 %')
  await button(/^rate/).click()
  await expect.poll(() => rows().elements().length).toBe(2)
  expect(plain(rows().nth(1).element().textContent)).toContain('12:21:40')
  expect(plain(rows().nth(1).element().textContent)).toContain('40 %')
  expect(views.at(-1)!.errors).toEqual(['rate'])
})

test('a row moves the crosshair to its event and opens with all that is known', async () => {
  const { views } = await renderLive()
  const grid = page.getByRole('grid')
  await grid.getByRole('row').nth(1).click()
  await expect.element(grid.getByRole('row').nth(1)).toHaveAttribute('aria-selected', 'true')
  await expect.element(page.getByText('At 12:28:49')).toBeVisible()
  await expect.poll(() => views.at(-1)?.at).toBe(ago(71))
  ;(grid.element() as HTMLElement).focus()
  await userEvent.keyboard('{ArrowDown}')
  await expect.element(grid.getByRole('row').nth(2)).toHaveAttribute('aria-selected', 'true')
  await userEvent.keyboard('{Enter}')
  const dialog = page.getByRole('dialog', { name: 'Event' })
  await expect.element(dialog.getByText('2026-09-17T12:28:48.000Z')).toBeVisible()
  await expect.element(dialog.getByText('id-28')).toBeVisible()
})

test('N and P jump from event to event', async () => {
  await renderLive()
  await expect.element(page.getByRole('grid')).toBeVisible()
  await userEvent.keyboard('p')
  await expect.element(page.getByText('At 12:28:49')).toBeVisible()
  await userEvent.keyboard('p')
  await expect.element(page.getByText('At 12:28:48')).toBeVisible()
  await userEvent.keyboard('n')
  await expect.element(page.getByText('At 12:28:49')).toBeVisible()
  await userEvent.keyboard('{Escape}')
  await expect.element(page.getByText('Now', { exact: true })).toBeVisible()
})

test('a capacity error shows its grade, and its row opens with what the grade rests on', async () => {
  await renderLive()
  const row = page.getByRole('grid').getByRole('row').nth(1)
  await expect.poll(() => plain(row.element().textContent)).toContain('C coincides')
  await row.dblClick()
  const dialog = page.getByRole('dialog', { name: 'Event' })
  await expect.element(dialog.getByText(/^C coincides/)).toBeVisible()
  const facts = plain(dialog.element().textContent)
  expect(facts).toContain(
    'WebSocket connections stood at 100 % of its limit within a minute of it.',
  )
  expect(facts).toContain('Wherenot known')
})

test('an error of another class has no grade', async () => {
  await renderLive()
  await button(/^rate/).click()
  const row = page.getByRole('grid').getByRole('row').nth(1)
  await expect.poll(() => plain(row.element().textContent)).toContain('12:21:40')
  expect(row.element().textContent).not.toMatch(/named|coincides|unexplained/)
})

test('columns that find no room are left out whole, and the dialog still has them', async () => {
  const place = { place: 'upgrade', route: 'WS /channels/{id}', app: 'softphone' } as const
  const shown = { ...AT_LIMIT, errors: [refusal(60, { ...place, correlationId: 'id-0' })] }
  await page.viewport(1440, 900)
  await renderLive({}, shown)
  const heading = (name: string) => page.getByRole('columnheader', { name })
  await expect.element(heading('Where')).toBeVisible()
  await expect.element(page.getByRole('gridcell', { name: 'upgrade', exact: true })).toBeVisible()
  await page.viewport(1280, 720)
  await expect.element(heading('Where')).not.toBeInTheDocument()
  await expect.element(heading('Correlation id')).toBeVisible()
  await page.viewport(1000, 720)
  await expect.element(heading('Correlation id')).not.toBeInTheDocument()
  await expect.element(heading('Grade')).toBeVisible()
  await page.getByRole('grid').getByRole('row').nth(1).dblClick()
  const dialog = page.getByRole('dialog', { name: 'Event' })
  await expect.element(dialog.getByText('WebSocket upgrade, before it was open')).toBeVisible()
  await expect.element(dialog.getByText('id-0')).toBeVisible()
  await page.viewport(1440, 900)
})
