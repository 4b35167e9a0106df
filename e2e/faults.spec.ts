import { expect, signIn, test } from './support/tidemark.ts'

const CALLS = '/api/v2/telephony/calls/metrics'

test('one broken call says what is wrong in a sentence, and the other series go on', async ({
  page,
  startOrganisation,
}) => {
  const server = await startOrganisation({ maxConnections: 50 })
  server.tenant.setFaults([{ path: `${CALLS}*`, kind: 'html' }])
  await signIn(page, server)
  const sessions = page.getByRole('img', { name: /^WebSocket connections/ })
  await expect(sessions).toBeVisible()
  await expect(page.getByText(/Call sessions cannot be read since/)).toBeVisible()
  await expect(page.getByText(/the reply is not what was agreed/i).first()).toBeVisible()
  await expect(page.getByRole('article', { name: 'WebSocket connections: OK' })).toBeVisible()

  server.tenant.setFaults([])
  await page.getByRole('button', { name: 'Try now' }).first().click()
  await expect(page.getByRole('article', { name: /^Call sessions: OK/ })).toBeVisible()
})

test('a missing permission is named, and stands as off', async ({ page, startOrganisation }) => {
  const server = await startOrganisation({
    maxConnections: 50,
    missingPermissions: ['telephony:callMetrics:view'],
  })
  await signIn(page, server)
  const tile = page.getByRole('article', { name: /^Call sessions: Off/ })
  const shown = tile.or(page.getByRole('button', { name: /more$/ }))
  await expect(shown.first()).toBeVisible()
  if (!(await tile.isVisible())) await page.getByRole('button', { name: /more$/ }).click()
  await expect(tile).toContainText('telephony:callMetrics:view')
})

test('a revoked token stops the polling, and one click goes on', async ({
  page,
  startOrganisation,
}) => {
  const server = await startOrganisation({ maxConnections: 50 })
  await signIn(page, server)
  await expect(page.getByRole('article', { name: /^Call sessions: OK/ })).toBeVisible()
  server.tenant.revokeTokens()
  const banner = page.getByText(/until you sign in/)
  await expect(banner).toBeVisible()
  await expect(page.getByRole('article', { name: 'WebSocket connections: OK' })).toBeVisible()

  const login = page.waitForEvent('popup')
  await page.getByRole('button', { name: 'Sign in' }).first().click()
  await (await login).getByRole('button', { name: /^Sign in as/ }).click()
  await expect(banner).toBeHidden()
  await expect(page.getByRole('article', { name: /^Call sessions: OK/ })).toBeVisible()
})

test('a server that goes leaves a stale value, and a gap when it is back', async ({
  page,
  startOrganisation,
}) => {
  const server = await startOrganisation({ maxConnections: 50 })
  await signIn(page, server)
  await expect(page.getByRole('article', { name: 'WebSocket connections: OK' })).toBeVisible()
  const port = server.port
  await server.close()
  const away = page.getByRole('article', { name: /^WebSocket connections: (Stale|Blind)/ })
  await expect(away).toBeVisible({ timeout: 30_000 })

  await startOrganisation({ maxConnections: 50, port })
  await expect(page.getByRole('article', { name: 'WebSocket connections: OK' })).toBeVisible({
    timeout: 70_000,
  })
  const chart = page.getByRole('img', { name: /^WebSocket connections/ })
  await expect.poll(async () => chart.getAttribute('aria-label')).toMatch(/one gap|gap of/)
})
