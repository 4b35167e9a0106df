import { writeFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import { addKey } from '#recorder/keys/keyFile.ts'
import { serveRecording } from './support/served.ts'
import { expect, signIn, test } from './support/tidemark.ts'

const SET_UP = 'diagonal=55&distance=5&name=NOC'
/** A correct picture is back this soon after whatever was away is. */
const RECOVERY = { timeout: 30_000 }

test.use({ viewport: { width: 1920, height: 1080 } })

test('a wall with a display key needs no hand: network and server go and come back, and the server knows how it is', async ({
  page,
  context,
  startOrganisation,
}, info) => {
  const organisation = await startOrganisation({ maxConnections: 50 })
  const [config, keys, state] = ['recorder.json', 'keys.json', 'state'].map((name) =>
    info.outputPath(name),
  ) as [string, string, string]
  const domain = new URL(organisation.url).host
  const organisations = [{ id: 'lab', name: 'Load lab', domain, credentials: null }]
  writeFileSync(config, JSON.stringify({ version: 1, bearer: null, organisations }))
  const key = addKey(keys, 'NOC wall', new Date())
  const args = ['--record', config, '--state', state, '--keys', keys]

  let served = await serveRecording(args)
  const { url } = served
  try {
    await page.goto(`${url}wall?${SET_UP}#key=${key}`)
    const wall = page.getByRole('main', { name: 'Wall' })
    const row = wall.getByRole('list', { name: 'Organisations, worst first' })
    await expect(row).toContainText(/Load lab\s*OK, 7\d\d/)
    await expect(page).not.toHaveURL(/key/)
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id }) => id)).toEqual([])
    const walls = async () =>
      (await (await fetch(`${url}walls`)).json()) as { walls: { name: string; state: string }[] }
    await expect.poll(walls).toMatchObject({ walls: [{ name: 'NOC', state: 'lit' }] })

    await context.setOffline(true)
    const blind = page.getByRole('region', { name: 'This wall is blind' })
    await expect(blind).toContainText('This machine has no network.')
    await expect(row).toHaveCount(0)
    await context.setOffline(false)
    await expect(row).toContainText(/Load lab\s*OK, 7\d\d/, RECOVERY)

    await served.stop()
    await expect(blind).toContainText('It hears nothing of its organisation.')
    served = await serveRecording([...args, '--port', new URL(url).port])
    await expect(row).toContainText(/Load lab\s*OK, 7\d\d/, RECOVERY)
    await expect.poll(walls, RECOVERY).toMatchObject({ walls: [{ name: 'NOC', state: 'lit' }] })
    expect(page.url()).toBe(`${url}wall?${SET_UP}`)
  } finally {
    await served.stop()
  }
})

test('a token that is gone never makes the wall navigate: it says so, and goes on by the feed', async ({
  page,
  startOrganisation,
}) => {
  const server = await startOrganisation({ maxConnections: 50 })
  await signIn(page, server)
  await page.getByRole('link', { name: 'Wall', exact: true }).click()
  await page.getByLabel('Diagonal of the screen, inches').fill('55')
  await page.getByLabel('Distance of the furthest reader, metres').fill('5')
  await page.getByRole('button', { name: 'Show the wall' }).click()
  const row = page.getByRole('list', { name: 'Organisations, worst first' })
  await expect(row).toContainText('OK')
  const address = page.url()

  server.tenant.revokeTokens()
  await server.close()
  await expect(page.getByRole('region', { name: 'This wall is blind' })).toBeVisible()
  expect(page.url()).toBe(address)
  await startOrganisation({ maxConnections: 50, port: server.port })
  // The feed needs no sign-in: connections are there again without anybody.
  await expect(row).toContainText('OK', { timeout: 70_000 })
  expect(page.url()).toBe(address)
})
