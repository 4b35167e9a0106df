import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { TenantServer } from '#mocks/node/server.ts'
import { expect, test } from './support/tidemark.ts'

/** From the first step to the sign-in, for a simulated organisation. */
async function fillIn(page: Page, server: TenantServer, clientId: string) {
  await page
    .getByRole('combobox', { name: 'Region' })
    .selectOption({ label: 'Another domain, or an address of this machine' })
  await page.getByLabel('Domain or address').fill(new URL(server.url).host)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('OAuth client ID').fill(clientId)
  await page.getByRole('button', { name: 'Continue' }).click()
}

async function allow(page: Page) {
  const login = page.waitForEvent('popup')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await (await login).getByRole('button', { name: /^Sign in as/ }).click()
}

/** Some calls wait for the request budget: most of them have been tried soon. */
const tried = (page: Page) => page.getByText(/calls have been tried, [1-9]\d* of them work/)

test('an organisation is added step by step; the probe names what is missing, and the rest is on Live', async ({
  page,
  startOrganisation,
}) => {
  const server = await startOrganisation({ missingPermissions: ['analytics:agentState:view'] })
  await page.goto('/')
  await page.getByRole('button', { name: 'Go step by step' }).click()
  await fillIn(page, server, 'guided')
  await allow(page)
  await expect(page).toHaveURL(/\/connect\?step=probe$/)
  await expect(tried(page)).toBeVisible()
  await expect(page.getByRole('row', { name: /Call metrics Works/ })).toBeVisible()
  await expect(
    page.getByRole('row', { name: /Forbidden Permission missing: analytics:agentState:view/ }),
  ).toBeVisible()
  await expect(page.getByRole('button', { name: /Copy for an administrator/ })).toBeVisible()
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations).toEqual([])

  await page.reload()
  await expect(tried(page)).toBeVisible()
  await page.getByRole('button', { name: 'Go to Live' }).click()
  await expect(page.getByRole('article', { name: /^Call sessions: OK/ })).toBeVisible()
})

test('where pop-ups are blocked the whole page goes to the login and comes back to the probe', async ({
  page,
  startOrganisation,
}) => {
  const server = await startOrganisation()
  await page.addInitScript(() => {
    window.open = () => null
  })
  await page.goto('/connect')
  await fillIn(page, server, 'guided')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('button', { name: 'Deny' }).click()
  await expect(page.getByText(/Access was refused/)).toBeVisible()
  await page.getByRole('link', { name: 'Back' }).click()
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('button', { name: /^Sign in as/ }).click()
  await expect(tried(page)).toBeVisible()
})

test('the same organisation by another client is told; the user keeps one', async ({
  page,
  startOrganisation,
}) => {
  const server = await startOrganisation()
  await page.goto('/connect')
  await fillIn(page, server, 'first-client')
  await allow(page)
  await expect(tried(page)).toBeVisible()
  await page.getByRole('button', { name: 'Add another organisation' }).click()
  await fillIn(page, server, 'second-client')
  await allow(page)
  await expect(page.getByText(/This is the same organisation as Birch Insurance/)).toBeVisible()
  await page.getByRole('button', { name: /^Remove the client second-client/ }).click()
  await expect(page).toHaveURL(/first-client\/live$/)

  await page.goto('/connect')
  await fillIn(page, server, 'first-client')
  await expect(page.getByText('Waiting for the login window')).toHaveCount(0)
  await page.getByRole('button', { name: 'Change oauth client' }).click()
  await expect(page.getByText(/This browser already has it, as Birch Insurance/)).toBeVisible()
})

test('a login window that shows an error is explained while it is open, and the next attempt works', async ({
  page,
  startOrganisation,
}) => {
  const server = await startOrganisation({ clientIds: ['right-client'] })
  await page.goto('/connect')
  await fillIn(page, server, 'wrong-client')
  const login = page.waitForEvent('popup')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect((await login).getByText('There is no client wrong-client')).toBeVisible()
  await expect(page.getByText(/wrong-client is not known in this region/)).toBeVisible()
  await page.getByRole('button', { name: 'Change oauth client' }).click()
  await page.getByLabel('OAuth client ID').fill('right-client')
  await page.getByRole('button', { name: 'Continue' }).click()
  await allow(page)
  await expect(tried(page)).toBeVisible()
})
