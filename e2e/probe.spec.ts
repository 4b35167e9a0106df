import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serveRecording } from './support/served.ts'
import { expect, test } from './support/tidemark.ts'

type Changes = { samples: { metric: string; value: number | null }[] }

test('an app with the tag is counted: its sockets are a measured series of the recorder', async ({
  page,
  startOrganisation,
}, info) => {
  const organisation = await startOrganisation({ maxConnections: 50 })
  const domain = new URL(organisation.url).host
  const config = info.outputPath('recorder.json')
  const lab = { id: 'lab', name: 'Lab', domain, credentials: null, probeApps: ['agent-desktop'] }
  writeFileSync(config, JSON.stringify({ version: 1, bearer: null, organisations: [lab] }))
  const served = await serveRecording(['--record', config, '--state', info.outputPath('state')])
  // An app of its own, at an address of its own: a page that is only made up may not reach this machine.
  const app = createServer()
  try {
    const html = `<!doctype html><title>Agent desktop</title>
      <script src="${served.url}tidemark-probe.js" data-app="agent-desktop" data-to="${served.url}probe"></script>
      <script>
        const open = () => new WebSocket('ws://${domain}/v1?deploymentId=e2e')
        const sockets = [open(), open(), open()]
        sockets[2].onopen = () => sockets[2].close(1000)
      </script>`
    app.on('request', (_, response) =>
      response.writeHead(200, { 'Content-Type': 'text/html' }).end(html),
    )
    await new Promise<void>((listening) => app.listen(0, '127.0.0.1', listening))
    await page.goto(`http://127.0.0.1:${(app.address() as AddressInfo).port}/`)
    expect(await page.evaluate(() => WebSocket.name)).toBe('WebSocket')
    await expect
      .poll(() => organisation.tenant.openSockets(), { message: 'two sockets are held' })
      .toBe(2)
    await expect
      .poll(
        async () => {
          const changes = await fetch(`${served.url}feed/v1/changes?organisation=lab`)
          const { samples } = (await changes.json()) as Changes
          return samples.findLast(({ metric }) => metric === 'probe.websockets.open')?.value
        },
        { timeout: 45_000 },
      )
      .toBe(2)
  } finally {
    app.closeAllConnections()
    app.close()
    await served.stop()
  }
})
