import { readFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { movedHar } from './support/movedHar.ts'
import { openedAlone } from './support/openedAlone.ts'
import { picture } from './support/picture.ts'

const RAMP = 'src/sources/imports/fixtures/jmeter213-ramp-503.jtl'
/** When the threads of that test were all on. */
const RAMP_MIDDLE_MS = 1_795_414_353_816 + 12_000

const plain = (text: string | null) => (text ?? '').replace(/[\u202f\u00a0]/g, ' ')
const verdictOf = (page: Page) => page.getByRole('region', { name: 'Verdict' })

/** Drops files on the screen, as a hand does. */
async function drop(page: Page, files: { name: string; text: string }[]) {
  const dropped = await page.evaluateHandle((given) => {
    const transfer = new DataTransfer()
    for (const { name, text } of given) transfer.items.add(new File([text], name))
    return transfer
  }, files)
  await page.locator('main').dispatchEvent('drop', { dataTransfer: dropped })
}

test('a reviewer drops a JTL and a HAR, aligns them, reads the verdict, notes it, and hands over one file', async ({
  page,
  browser,
}, info) => {
  await page.goto('/review?zone=UTC')
  await drop(page, [{ name: 'run-07.jtl', text: readFileSync(RAMP, 'utf8') }])
  await page.getByLabel('Limit then').fill('120')
  await page.getByRole('button', { name: 'Judge by it' }).click()

  // The browser's clock is 41 s ahead of the servers': it says so itself, and is moved by a press.
  await drop(page, [{ name: 'softphone.har', text: movedHar(RAMP_MIDDLE_MS, 41_000) }])
  await page.getByLabel('File whose clock is shown').selectOption('softphone.har')
  const clock = page.getByRole('region', { name: /^Clock of/ })
  await expect(clock).toContainText('Date headers')
  await clock.getByRole('button', { name: /Move by −4[01]/ }).click()
  await expect(clock).toContainText('moved back')

  const sentence = /refused connections happened at the limit|Only .* covered|refusals/
  await expect(verdictOf(page)).toContainText(sentence)
  await expect(verdictOf(page)).toHaveAttribute('aria-busy', 'false')
  const word = plain(await verdictOf(page).getByRole('heading').textContent())
  const says = plain(await verdictOf(page).locator('p').first().textContent())

  await page.getByRole('button', { name: /First 503/ }).click()
  await page.keyboard.press('a')
  await page.keyboard.type('Refusals began before <all> threads were on.')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Refusals began before <all> threads were on.')).toBeVisible()
  await expect(verdictOf(page)).toHaveAttribute('aria-busy', 'false')
  await picture(page, 'review')

  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save bundle' }).click()
  const download = await saving
  expect(download.suggestedFilename()).toMatch(/\.html$/)
  const html = readFileSync(await download.path(), 'utf8')
  expect(html.length).toBeLessThan(10_000_000)

  // Whoever receives it sees the same: from a file, in a fresh profile, with the network off.
  const alone = await openedAlone(browser, info, html)
  await expect(alone.status).toContainText('intact, the verdict recomputed here is the same')
  const body = plain(await alone.page.locator('body').textContent())
  expect(body).toContain(word)
  expect(body).toContain(says)
  expect(body).toContain('Refusals began before <all> threads were on.')
  expect(body).toContain('run-07.jtl')
  expect(alone.asked).toEqual([])
  expect(alone.faults).toEqual([])
  await alone.close()

  // And who opens it in Tidemark is back at the same window, with the same verdict.
  const other = await (await browser.newContext()).newPage()
  await other.goto('/review?zone=UTC')
  await drop(other, [{ name: 'incident.html', text: html }])
  await expect(
    other.getByText(/as it was written, and the verdict recomputed here is the same/),
  ).toBeVisible()
  await expect.poll(async () => plain(await verdictOf(other).textContent())).toContain(says)
  await expect(other.getByText('Refusals began before <all> threads were on.')).toBeVisible()
  await other.context().close()
})

test('a review outlives the page, and what was taken off comes back', async ({ page }) => {
  await page.goto('/review')
  await drop(page, [{ name: 'run-07.jtl', text: readFileSync(RAMP, 'utf8') }])
  const source = page.getByRole('button', { name: /^run-07\.jtl/ })
  await expect(source).toContainText('15')
  await page.reload()
  await expect(source).toBeVisible()

  await source.click()
  await page.getByRole('button', { name: 'Take off this review' }).click()
  await expect(source).toBeHidden()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(source).toBeVisible()
})

test('a recorded hour is reviewed: its two sides of a raised limit are held against each other', async ({
  page,
}) => {
  await page.goto('/')
  await page.getByRole('radio', { name: /limit-raised/i }).check({ force: true })
  await page
    .getByRole('button', { name: /simulate|start/i })
    .first()
    .click()
  await expect(page).toHaveURL(/\/live/)
  // The recorded hour is there: before that, there is none to review.
  await expect(page.getByRole('region', { name: 'State' })).toContainText('Capacity-bound')
  await page.getByRole('link', { name: 'Review' }).click()
  await expect(page.getByRole('button', { name: /Limit change/ })).toBeVisible()
  await page.getByRole('button', { name: 'Compare', exact: true }).click()
  await expect(page.getByRole('table', { name: 'Two windows compared' })).toContainText('Refused')
  await expect(page).toHaveURL(/[?&]a=.*&b=/)

  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])

  // The link alone shows it to a colleague at this browser.
  await page.reload()
  await expect(page.getByRole('table', { name: 'Two windows compared' })).toContainText('Refused')
})
