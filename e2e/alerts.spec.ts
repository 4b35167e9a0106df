import AxeBuilder from '@axe-core/playwright'
import { expect, test } from './support/tidemark.ts'

test('a rule is edited and tried on the hour that is recorded, and a firing leads to its window', async ({
  page,
}) => {
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })
  await page.goto('/')
  await page.getByRole('button', { name: 'Start the simulation' }).click()
  const chart = page.getByRole('img', { name: /^WebSocket connections/ })
  await expect.poll(() => chart.getAttribute('aria-label')).toMatch(/at the limit/)

  await page.getByRole('link', { name: 'Settings' }).click()
  const alerts = page.getByRole('region', { name: 'Alerts' })
  await alerts.getByRole('button', { name: 'Edit At the limit' }).click()
  await alerts.getByRole('textbox', { name: 'Keep firing, minutes' }).fill('5')
  await alerts.getByRole('button', { name: 'Save' }).click()
  await expect(alerts.getByRole('row', { name: /At the limit/ })).toContainText(/and 5.min later/)

  await alerts.getByRole('button', { name: 'Try At the limit' }).click()
  await expect(alerts.getByRole('status')).toContainText(/At the limit would have fired/)
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])

  // A rule outlives the page.
  await page.getByRole('link', { name: 'Live' }).click()
  await page.reload()
  await expect(chart).toBeVisible()
  await page.getByRole('link', { name: 'Settings' }).click()
  await expect(alerts.getByRole('row', { name: /At the limit/ })).toContainText(/and 5.min later/)
  await alerts.getByRole('button', { name: 'Try all that are on' }).click()
  await alerts
    .getByRole('link', { name: /^Show WebSocket connections at the limit/ })
    .first()
    .click()
  await expect(page).toHaveURL(/\/live\?from=.*to=/)
  expect(problems).toEqual([])
})
