import AxeBuilder from '@axe-core/playwright'
import { expect, test } from './support/tidemark.ts'

test('the demo is ready at once, with an hour of history, and leaves nothing to the network', async ({
  page,
}) => {
  const foreign: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith('http://127.0.0.1:4181/') && !/^(data|blob):/.test(request.url()))
      foreign.push(request.url())
  })
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })

  await page.goto('/')
  await page.getByRole('button', { name: 'Start the simulation' }).click()
  await expect(page).toHaveURL(/\/org\/[^/]+\/live/)
  await expect(page.getByText(/^Simulated organisation: scenario limit-raised/)).toBeVisible()
  await expect(page.getByRole('article', { name: /^WebSocket connections/ })).toContainText(
    'measured',
  )
  await expect(page.getByRole('article', { name: /^Call sessions/ })).toContainText('organisation')
  const chart = page.getByRole('img', { name: /^WebSocket connections/ })
  await expect.poll(async () => chart.getAttribute('aria-label')).toMatch(/at the limit/)

  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  expect(foreign).toEqual([])
  expect(problems).toEqual([])
})

test('the first screen has no accessibility violations', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByRole('button', { name: 'Start the simulation' })).toBeVisible()
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
})
