import { type Page, test as base, expect } from '@playwright/test'
import {
  startTenantServer,
  type TenantServer,
  type TenantServerOptions,
} from '#mocks/node/server.ts'
import { scenarioNamed } from '#mocks/scenarios.ts'

type Options = Partial<Omit<TenantServerOptions, 'scenario'>> & { scenario?: string }

type Fixtures = {
  /** Starts a simulated organisation on a port of its own; it ends with the test. */
  startOrganisation: (options?: Options) => Promise<TenantServer>
}

export const test = base.extend<Fixtures>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright finds what a fixture needs in this pattern
  startOrganisation: async ({}, give) => {
    const servers: TenantServer[] = []
    await give(async ({ scenario = 'quiet', ...options } = {}) => {
      const server = await startTenantServer({
        port: 0,
        seed: 42,
        scenario: scenarioNamed(scenario)!,
        ...options,
      })
      servers.push(server)
      return server
    })
    await Promise.all(servers.map((server) => server.close()))
  },
})

export { expect }

/** Fills in the first screen for a simulated organisation and asks to sign in. */
export async function connect(page: Page, server: TenantServer): Promise<void> {
  await page.goto('/')
  await page
    .getByLabel('Region')
    .selectOption({ label: 'Another domain, or an address of this machine' })
  await page.getByLabel('Domain or address').fill(new URL(server.url).host)
  await page.getByLabel('OAuth client ID').fill('tidemark-journey')
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** From the first screen through the login window of the organisation to its Live screen. */
export async function signIn(page: Page, server: TenantServer): Promise<void> {
  const login = page.waitForEvent('popup')
  await connect(page, server)
  await (await login).getByRole('button', { name: /^Sign in as/ }).click()
  await expect(page).toHaveURL(/\/org\/[^/]+\/live/)
}
