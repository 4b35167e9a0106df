import { readFileSync } from 'node:fs'
import { picture } from './support/picture.ts'
import { expect, signIn, test } from './support/tidemark.ts'

const RAMP = 'src/sources/imports/fixtures/jmeter213-ramp-503.jtl'
const thin = (text: string | null) => (text ?? '').replace(/[\u202f\u00a0]/g, ' ')

test('a JMeter file dropped on Live shows its threads and its 503s on the same axis', async ({
  page,
  startOrganisation,
}) => {
  await signIn(page, await startOrganisation())
  const text = readFileSync(RAMP, 'utf8')
  const dropped = await page.evaluateHandle((content) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([content], 'ramp.jtl'))
    return transfer
  }, text)
  await page.locator('main').dispatchEvent('drop', { dataTransfer: dropped })

  const events = page.getByRole('region', { name: 'Events' })
  await expect
    .poll(async () => thin(await events.getByRole('button', { name: /capacity/ }).textContent()))
    .toContain('8 099')
  const pictures = page.getByRole('img', { name: /threads/i })
  await expect
    .poll(async () => thin(await pictures.first().getAttribute('aria-label')))
    .toContain('130')
  await picture(page, 'jtl')
})
