import { writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { addKey } from '#recorder/keys/keyFile.ts'
import { startStaticServer } from '#recorder/staticServer.ts'
import { picture } from './support/picture.ts'
import { serveRecording } from './support/served.ts'
import { expect, test } from './support/tidemark.ts'

/** Leaves a WebSocket and a peer connection open on the page that it goes away from. */
const leakyApp = (domain: string) => `const held = []
held.push(new WebSocket('ws://${domain}/v1?deploymentId=e2e'))
const [track] = document.createElement('canvas').captureStream().getTracks()
held.push(new RTCPeerConnection())
held[1].addTrack(track)
track.stop()
held[0].onopen = () => history.pushState(null, '', '/agent/wrap-up')
`

const SOCKET_LINE = /agent\/app\.js:2$/
const PEER_LINE = /agent\/app\.js:4$/

const leftOpen = (page: Page) => page.getByRole('region', { name: 'Connections left open' })

async function showsBoth(page: Page) {
  const rows = leftOpen(page).getByRole('row')
  await expect(rows.filter({ hasText: 'agent/app.js:2' })).toBeVisible({ timeout: 60_000 })
  await expect(rows.filter({ hasText: 'agent/app.js:4' })).toBeVisible()
  await expect(leftOpen(page).getByRole('cell', { name: SOCKET_LINE })).toBeVisible()
  await expect(leftOpen(page).getByRole('cell', { name: PEER_LINE })).toBeVisible()
  await expect(leftOpen(page)).toContainText('Still open after the page was left')
  await expect(leftOpen(page)).toContainText('Not closed, although all it sent has ended')
}

/** The app's page and script, with the probe's tag in it. */
const agentPages =
  (tag: string, domain: string) => (request: IncomingMessage, response: ServerResponse) => {
    const isScript = request.url === '/agent/app.js'
    const type = isScript ? 'text/javascript' : 'text/html'
    const html = `<!doctype html><title>Agent desktop</title>${tag}<script src="/agent/app.js"></script>`
    response.writeHead(200, { 'Content-Type': type }).end(isScript ? leakyApp(domain) : html)
  }

test('what a page of the same origin leaves open is listed on Live, with the lines that opened it', async ({
  page,
  context,
  startOrganisation,
}) => {
  const organisation = await startOrganisation({ maxConnections: 50 })
  const domain = new URL(organisation.url).host
  const tag = '<script src="/tidemark-probe.js" data-app="agent-desktop" data-after="1"></script>'
  const pages = agentPages(tag, domain)
  const server = await startStaticServer({
    folder: 'dist',
    host: '127.0.0.1',
    port: 0,
    connect: [],
    mounts: [{ prefix: '/agent', answer: async (request, response) => pages(request, response) }],
  })
  try {
    await page.goto(server.url)
    await page.getByRole('button', { name: 'Start the simulation' }).click()
    await expect(page).toHaveURL(/\/live/)
    await expect(leftOpen(page)).toHaveCount(0)
    await page.getByRole('link', { name: 'Settings' }).click()
    const section = page.getByRole('region', { name: 'Connection probes' })
    await section.getByLabel('App').fill('agent-desktop')
    await section.getByRole('button', { name: 'Add app' }).click()
    await expect(section).toContainText('data-app="agent-desktop"')
    await expect(section).toContainText('none yet')

    const app = await context.newPage()
    await app.goto(`${server.url}agent/call`)
    await expect.poll(() => new URL(app.url()).pathname).toBe('/agent/wrap-up')
    await expect(section.getByRole('row', { name: /^agent-desktop .* 1 \d+ 0 / })).toBeVisible()
    await picture(page, 'settings-probes')

    await page.getByRole('link', { name: 'Live' }).click()
    await showsBoth(page)
    await leftOpen(page).scrollIntoViewIfNeeded()
    await picture(page, 'left-open')
    await app.close()
    await expect(leftOpen(page)).toContainText('No tab reports now', { timeout: 90_000 })
  } finally {
    await server.close()
  }
})

test('a screen with a display key lists what was reported to the recorder', async ({
  page,
  context,
  startOrganisation,
}, info) => {
  const organisation = await startOrganisation({ maxConnections: 50 })
  const domain = new URL(organisation.url).host
  const [config, keys, state] = ['recorder.json', 'keys.json', 'state'].map((name) =>
    info.outputPath(name),
  ) as [string, string, string]
  const lab = { id: 'lab', name: 'Lab', domain, credentials: null, probeApps: ['agent-desktop'] }
  writeFileSync(config, JSON.stringify({ version: 1, bearer: null, organisations: [lab] }))
  const key = addKey(keys, 'NOC wall', new Date())
  const served = await serveRecording(['--record', config, '--state', state, '--keys', keys])
  const tag = `<script src="${served.url}tidemark-probe.js" data-app="agent-desktop" data-to="${served.url}probe" data-after="1"></script>`
  // At an address of its own, without the policy of ours that would forbid the reports.
  const apps = createServer(agentPages(tag, domain))
  try {
    await new Promise<void>((listening) => apps.listen(0, '127.0.0.1', listening))
    const { port } = apps.address() as AddressInfo
    const app = await context.newPage()
    await app.goto(`http://127.0.0.1:${port}/agent/call`)
    await expect.poll(() => new URL(app.url()).pathname).toBe('/agent/wrap-up')
    await page.goto(`${served.url}screen#key=${key}`)
    await expect(page).toHaveURL(/\/org\/screen-lab\/live$/)
    await showsBoth(page)
    await expect(page.getByRole('button', { name: 'Sign in' })).toHaveCount(0)
  } finally {
    apps.closeAllConnections()
    apps.close()
    await served.stop()
  }
})
