import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { button, renderLive } from '#testing/renderLive.tsx'

test('M marks a run, then iterations of it, and the last mark can be taken back', async () => {
  const { monitor } = await renderLive()
  await button(/Mark run/).click()
  await expect.element(page.getByText('Run 1, iteration 1, 0 s')).toBeVisible()
  await userEvent.keyboard('m')
  await expect
    .poll(() => monitor.facts().markers.map(({ kind }) => kind))
    .toEqual(['run', 'iteration'])
  await button('Undo').click()
  await expect.poll(() => monitor.facts().markers.map(({ kind }) => kind)).toEqual(['run'])
  await button('End run').click()
  await expect.element(button(/Mark run/)).toBeVisible()
})

test('keys are explained, and mean nothing while the explanation is open', async () => {
  const { monitor } = await renderLive()
  await expect.element(page.getByRole('grid')).toBeVisible()
  await userEvent.keyboard('?')
  await expect.element(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
  await userEvent.keyboard('m')
  expect(monitor.facts().markers).toEqual([])
})
