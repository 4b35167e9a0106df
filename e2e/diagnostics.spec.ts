import AxeBuilder from '@axe-core/playwright'
import { picture } from './support/picture.ts'
import { expect, signIn, test } from './support/tidemark.ts'

test('diagnostics of an organisation with two permissions missing: found, named, kept, accessible', async ({
  page,
  startOrganisation,
}) => {
  const server = await startOrganisation({
    missingPermissions: ['telephony:plugin:all', 'usage:events:view'],
  })
  await signIn(page, server)
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('button', { name: /^Diagnostics of / }).click()
  await expect(page).toHaveURL(/\/org\/[^/]+\/diagnostics/)

  await page.getByRole('button', { name: 'Run all' }).click()
  await expect(page.getByText(/^\d of 10: P\d/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Run all' })).toBeVisible({ timeout: 45_000 })
  const row = (name: RegExp) => page.getByRole('row', { name })
  await expect(row(/^P1 Documented limits/)).toContainText(/\d+ keys in \d+ namespaces/)
  await expect(row(/^P3 Call metrics/)).toContainText(/Two readings of each, 10 s apart/)
  await expect(row(/^P7 Operational events/)).toContainText(
    'the permission usage:events:view is missing',
  )
  await expect(row(/^P13 Maximum of a trunk/)).toContainText('Forbidden')
  await expect(row(/^telephony:plugin:all/)).toContainText('Missing')
  await expect(row(/^telephony:callMetrics:view/)).toContainText('Held')
  await picture(page, 'diagnostics')

  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])

  await page.reload()
  await expect(row(/^P1 Documented limits/)).toContainText(/\d+ keys in \d+ namespaces/)
})
