import { expect, signIn, test } from './support/tidemark.ts'

const fresh = { name: /^Call sessions: OK/ }

test('of two tabs one asks; when it closes the other takes over, and a reload keeps what was seen', async ({
  page,
  context,
  startOrganisation,
}) => {
  const server = await startOrganisation({ maxConnections: 50 })
  await signIn(page, server)
  await expect(page.getByRole('article', fresh)).toBeVisible()
  const address = page.url()

  const second = await context.newPage()
  let asked = 0
  second.on('request', (request) => {
    if (request.url().startsWith(server.url)) asked += 1
  })
  await second.goto(address)
  await expect(second.getByRole('article', fresh)).toBeVisible()
  await expect(second.getByText(/another tab/i).first()).toBeVisible()
  expect(asked).toBe(0)

  await page.close()
  await expect.poll(() => asked).toBeGreaterThan(0)
  await expect(second.getByRole('article', fresh)).toBeVisible()

  await second.reload()
  const chart = second.getByRole('img', { name: /^Call sessions/ })
  await expect(chart).toBeVisible()
  await expect(second.getByRole('article', fresh)).toBeVisible()
})
