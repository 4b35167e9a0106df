import { writeFileSync } from 'node:fs'
import { serveCommand } from '#cli/serve.ts'
import { addKey, revokeKey } from '#recorder/keys/keyFile.ts'
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

  const lines: string[] = []
  const stop = new AbortController()
  const say = (line: string) => void lines.push(line)
  const args = ['--port', '0', '--record', config, '--state', state, '--keys', keys]
  const served = serveCommand.run(args, { out: say, err: say }, stop.signal)
  try {
    const address = () => /^Tidemark is at (\S+)$/m.exec(lines.join('\n'))?.[1]
    await expect.poll(address).toBeTruthy()
    await expect.poll(async () => (await fetch(`${address()}readyz`)).status).toBe(200)

    await page.goto(`${address()}screen#key=${key}`)
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
    await page.goto(`${address()}screen#key=${key}`)
    await expect(page.getByText(/not accepted, or was revoked/)).toBeVisible()
    expect(lines.join('\n')).not.toContain(key)
  } finally {
    stop.abort()
    await served
  }
})
