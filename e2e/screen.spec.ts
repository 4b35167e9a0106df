import { writeFileSync } from 'node:fs'
import { addKey, revokeKey } from '#recorder/keys/keyFile.ts'
import { serveRecording } from './support/served.ts'
import { expect, test } from './support/tidemark.ts'

const AHEAD_SEC = 20

test('a screen with a display key shows what the recorder counts, without a login, until the key is revoked', async ({
  page,
  startOrganisation,
}, info) => {
  const startMs = Math.floor(Date.now() / 1000 + AHEAD_SEC) * 1000
  const organisation = await startOrganisation({ scenario: 'ramp-to-limit', startMs })
  const [config, keys, state] = ['recorder.json', 'keys.json', 'state'].map((name) =>
    info.outputPath(name),
  ) as [string, string, string]
  const domain = new URL(organisation.url).host
  const organisations = [{ id: 'lab', name: 'Load lab', domain, credentials: null }]
  writeFileSync(config, JSON.stringify({ version: 1, bearer: null, organisations }))
  const key = addKey(keys, 'NOC wall', new Date())

  const served = await serveRecording(['--record', config, '--state', state, '--keys', keys])
  try {
    await page.goto(`${served.url}screen#key=${key}`)
    await expect(page).toHaveURL(/\/org\/screen-lab\/live$/)
    await expect(page.getByText('Load lab').first()).toBeVisible()
    await expect(page.getByRole('article', { name: /^WebSocket connections/ })).toBeVisible()
    await expect(page.getByRole('region', { name: 'State' })).toContainText('Capacity-bound', {
      timeout: 30_000,
    })
    await expect(page.getByRole('button', { name: 'Sign in' })).toHaveCount(0)

    revokeKey(keys, 'NOC wall')
    await expect(
      page.getByText('401, its bearer or display key is not accepted').first(),
    ).toBeVisible({ timeout: 30_000 })
    await page.goto(`${served.url}screen#key=${key}`)
    await expect(page.getByText(/not accepted, or was revoked/)).toBeVisible()
    expect(served.lines.join('\n')).not.toContain(key)
  } finally {
    await served.stop()
  }
})
