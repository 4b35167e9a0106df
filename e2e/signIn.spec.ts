import { connect, expect, signIn, test } from './support/tidemark.ts'

test('where pop-ups are blocked the whole page goes to the login and comes back to Live', async ({
  page,
  startOrganisation,
}) => {
  const server = await startOrganisation()
  await page.addInitScript(() => {
    window.open = () => null
  })
  await connect(page, server)
  await page.getByRole('button', { name: /^Sign in as/ }).click()
  await expect(page).toHaveURL(/\/org\/[^/]+\/live$/)
  await expect(page.getByRole('article', { name: /^Call sessions: OK/ })).toBeVisible()
})

test('a sign-in that is denied says so, and nothing is watched', async ({
  page,
  startOrganisation,
}) => {
  const server = await startOrganisation()
  const login = page.waitForEvent('popup')
  await connect(page, server)
  await (await login).getByRole('button', { name: 'Deny' }).click()
  await expect(page.getByText('The login page answered: The user said no')).toBeVisible()
  await expect(page).toHaveURL(/\/$/)
})

test('ten minutes before the token runs out the header asks for one click, which is enough', async ({
  page,
  startOrganisation,
}) => {
  const server = await startOrganisation({ tokenLifetimeSec: 605 })
  await signIn(page, server)
  const again = page.getByRole('button', { name: /^Sign in again/ })
  await expect(again).toBeVisible()
  const login = page.waitForEvent('popup')
  await again.click()
  await (await login).getByRole('button', { name: /^Sign in as/ }).click()
  await expect(again).toBeHidden()
})

test('signing out takes the token back at the server too', async ({ page, startOrganisation }) => {
  const server = await startOrganisation()
  let bearer = ''
  page.on('request', (request) => {
    bearer = request.headers()['authorization'] ?? bearer
  })
  await signIn(page, server)
  await expect(page.getByRole('article', { name: /^Call sessions: OK/ })).toBeVisible()
  const ask = () =>
    fetch(`${server.url}/api/v2/tokens/me`, { headers: { Authorization: bearer } }).then(
      ({ status }) => status,
    )
  expect(await ask()).toBe(200)

  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('button', { name: /^Sign out/ }).click()
  await expect.poll(ask).toBe(401)
})
