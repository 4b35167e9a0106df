import type { FrameLocator } from '@playwright/test'
import { expect, test as base } from './support/tidemark.ts'

const SAID = 'gcHostOrigin=https%3A%2F%2Fapps.mypurecloud.de&gcTargetEnv=prod-euc1'

type Fixtures = {
  /** Shows Tidemark in a frame of another origin, sandboxed as an integration is. */
  embed: (host: string, query?: string) => Promise<FrameLocator>
}

const test = base.extend<Fixtures>({
  // Playwright starts Chromium without the walls between a frame of another site and its own windows,
  // which are what is tested here. The last list of this kind counts, so that they stand.
  launchOptions: [
    async ({ launchOptions }, give) => {
      const args = [...(launchOptions.args ?? []), '--disable-features=Translate']
      await give({ ...launchOptions, args })
    },
    { scope: 'worker' },
  ],

  embed: async ({ page, context, baseURL }, give) => {
    // Chromium lets a page of the internet show one of this machine only by this permission.
    await context.grantPermissions(['local-network-access'])
    await give(async (host, query = SAID) => {
      const frame = `<iframe title="app" src="${baseURL}/?${query}" style="width:1000px;height:680px;border:0"
        sandbox="allow-scripts allow-same-origin allow-forms allow-popups" allow="local-network-access"></iframe>`
      const body = `<!doctype html><title>host</title>${frame}`
      await page.route(`${host}/**`, (route) => route.fulfill({ contentType: 'text/html', body }))
      await page.goto(`${host}/directory`)
      return page.frameLocator('iframe')
    })
  },
})

test('inside Genesys Cloud the region is chosen, and a pop-up signs in', async ({
  page,
  embed,
  startOrganisation,
}) => {
  const server = await startOrganisation()
  const frame = await embed('https://apps.mypurecloud.de')
  await expect(frame.getByText(/names its region: Frankfurt, mypurecloud.de/)).toBeVisible()
  await frame.getByRole('button', { name: 'Go step by step' }).click()
  const region = frame.getByRole('combobox', { name: 'Region' })
  await expect(region).toHaveValue('mypurecloud.de')
  await region.selectOption('other')
  await frame.getByLabel('Domain or address').fill(new URL(server.url).host)
  await frame.getByRole('button', { name: 'Continue' }).click()
  await frame.getByLabel('OAuth client ID').fill('embedded')
  await frame.getByRole('button', { name: 'Continue' }).click()
  const login = page.waitForEvent('popup')
  await frame.getByRole('button', { name: 'Sign in', exact: true }).click()
  await (await login).getByRole('button', { name: /^Sign in as/ }).click()
  await expect(frame.getByText(/calls have been tried, [1-9]\d* of them work/)).toBeVisible()
  await frame.getByRole('button', { name: 'Go to Live' }).click()
  await expect(frame.getByRole('article', { name: /^Call sessions: OK/ })).toBeVisible()
})

test('a region that is not known is said and not used', async ({ embed }) => {
  const frame = await embed('https://apps.mypurecloud.de', 'gcTargetEnv=prod-mars1')
  await expect(frame.getByText(/gcTargetEnv says “prod-mars1”/)).toBeVisible()
})

test('no other page may show Tidemark in a frame', async ({ page, embed }) => {
  const refusal = page.waitForEvent('console', (said) => said.text().includes('frame-ancestors'))
  const frame = await embed('https://apps.mypurecloud.de.example.com')
  await refusal
  await expect(frame.getByRole('heading')).toHaveCount(0)
})
