import { readFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { TenantServer } from '#mocks/node/server.ts'
import { picture } from './support/picture.ts'
import { expect, signIn, test } from './support/tidemark.ts'

test.use({ colorScheme: 'dark' })

/** The planted hour ends a little after now: what its feed remembers can be read at once. */
const AHEAD_SEC = 20
/** An allowance in which an audit of the whole registry takes seconds. */
const PLENTY = 3_000
const KEY = 'web.messaging simulated.guest.sessions.concurrent.max'

const beside = (page: Page) => page.getByRole('complementary', { name: 'Beside the limits' })
const show = (page: Page, panel: string) =>
  beside(page).getByRole('radio', { name: panel, exact: true }).click()

/** Makes an audit of the organisation on the screen and waits until it is kept. */
async function audit(page: Page, kept: number) {
  await show(page, 'Audit')
  await beside(page).getByRole('button', { name: 'Audit now' }).click()
  await expect(
    beside(page).getByRole('heading', { name: new RegExp(`^${kept} kept`) }),
  ).toBeVisible({ timeout: 45_000 })
}

async function saved(page: Page, name: string): Promise<string> {
  const download = page.waitForEvent('download')
  await beside(page).getByRole('button', { name }).click()
  return readFileSync(await (await download).path(), 'utf8')
}

async function noViolations(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
}

const idIn = (page: Page) => /\/org\/([^/]+)\//.exec(page.url())![1]!

test('two organisations in two regions: a raised limit is a step, an entry and a certificate; their audits tell them apart', async ({
  page,
  startOrganisation,
}) => {
  const startMs = Math.floor(Date.now() / 1000 + AHEAD_SEC) * 1000
  const options = { requestsPerMinute: PLENTY }
  const raised = await startOrganisation({ ...options, scenario: 'limit-raised', startMs })
  const other = await startOrganisation({
    ...options,
    scenario: 'quiet',
    registry: { [KEY]: 2_500 },
  })
  await signIn(page, other)
  const otherId = idIn(page)
  await signIn(page, raised)
  const raisedId = idIn(page)
  expect(raisedId).not.toBe(otherId)

  await test.step('the step on Live', async () => {
    await expect(page.getByText(/Limit raised from 720 to 1.000/)).toBeVisible()
    const chart = page.getByRole('img', { name: /^WebSocket connections, / })
    await expect(chart).toHaveAccessibleName(/peak 1.000 of 1.000; .*A limit of 1.500 is requested/)
  })

  await test.step('the entry of the journal, and its certificate', async () => {
    await page.getByRole('link', { name: 'Limits', exact: true }).click()
    const entry = beside(page)
      .getByRole('listitem')
      .filter({ hasText: /720 → 1.000/ })
    await expect(entry).toContainText('change request')
    await noViolations(page)
    await picture(page, 'limits')
    await entry.getByRole('button', { name: 'Before and after' }).click()
    await expect(page).toHaveURL(/\/raise\?/)
    const certificate = page.getByRole('region', { name: 'Certificate' })
    await expect(certificate).toContainText('720')
    await expect(certificate).toContainText(/Worked/, { timeout: 30_000 })
    await noViolations(page)
    await picture(page, 'raise')
    await page.goBack()
  })

  await test.step('an audit, a change, and the next audit', async () => {
    await audit(page, 1)
    const written = JSON.parse(await saved(page, 'JSON file')) as { keys: unknown[] }
    raised.tenant.setRegistry({ [KEY]: 3_000 })
    await audit(page, 2)
    await expect(beside(page)).toContainText('guest.sessions.concurrent.max')
    await expect(beside(page)).toContainText(/3.000/)
    expect((await saved(page, 'CSV file')).split('\n').length).toBeGreaterThan(written.keys.length)
  })

  await test.step('what the two differ in', async () => {
    await page.goto(`/org/${otherId}/limits`)
    await audit(page, 1)
    await show(page, 'Compare')
    await expect(beside(page)).toContainText(/limits? differs?|limits differ/)
    await expect(beside(page).getByRole('table')).toContainText('guest.sessions.concurrent.max')
    await expect(beside(page).getByRole('table')).toContainText(/3.000/)
    await expect(beside(page).getByRole('table')).toContainText(/2.500/)
    await noViolations(page)
  })

  await test.step('both of them in the overview', async () => {
    await page.goto('/organisations')
    await expect(page.getByText(names(raised))).toBeVisible()
    await expect(page.getByText(names(other))).toBeVisible()
    await noViolations(page)
  })
})

const names = ({ tenant }: TenantServer) => tenant.organisation.name
