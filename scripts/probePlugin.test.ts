import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chromium } from 'playwright'
import { expect, onTestFinished, test, vi } from 'vitest'
import { WebSocketServer } from 'ws'
import { durationMs, epochMs } from '#domain/units.ts'
import { createProbeBook } from '#sources/probe/probeBook.ts'
import { readReport } from '#sources/probe/readReport.ts'
import { launchOptions } from './launchOptions.ts'
import { builtProbe, PROBE_FILE } from './probePlugin.ts'

const PAGE = `<!doctype html><title>App</title>
<script src="/${PROBE_FILE}" data-app="agent-desktop" data-to="/probe"></script>
<script>
  const open = (how) => new Promise((done) => {
    const socket = new WebSocket(location.origin.replace('http', 'ws') + '/' + how)
    socket.onopen = () => { if (how === 'keep') done() }
    socket.onclose = () => done()
  })
</script>`

/** An app with the probe in it: its page, the server of its WebSockets, and where reports go. */
async function startApp() {
  const script = await builtProbe()
  const texts: string[] = []
  const server = createServer((request, response) => {
    if (request.url !== '/probe') {
      const isScript = request.url === `/${PROBE_FILE}`
      response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html')
      response.end(isScript ? script : PAGE)
      return
    }
    let text = ''
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
    request.on('end', () => {
      texts.push(text)
      response.writeHead(204).end()
    })
  })
  const sockets = new WebSocketServer({ noServer: true })
  server.on('upgrade', (request, stream, head) => {
    if (request.url === '/refuse') {
      stream.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      if (request.url === '/drop') socket.terminate()
      if (request.url === '/fail') socket.close(1011)
      if (request.url === '/end') socket.close(1000)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    for (const socket of sockets.clients) socket.terminate()
    server.closeAllConnections()
    server.close()
  })
  return { texts, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }
}

test('a real page reports what became of its WebSockets by beacon, and the book sums it', async () => {
  const { texts, url } = await startApp()
  const browser = await chromium.launch(launchOptions)
  onTestFinished(() => browser.close())
  const page = await browser.newPage()
  await page.goto(`${url}calls/17?token=secret`)
  await page.evaluate(`Promise.all(['keep', 'keep', 'refuse', 'drop', 'fail', 'end'].map(open))`)
  await page.goto('about:blank')
  await vi.waitFor(() => expect(texts.at(-1)).toContain('"isLast":true'), 10_000)

  expect(texts.join('')).not.toContain('secret')
  const reports = texts.map(readReport)
  const [read] = reports.slice(-1)
  expect(read?.ok && read.value.pages).toMatchObject([
    {
      page: '/calls/:id',
      attempts: 6,
      opened: 5,
      refused: 1,
      dropped: 1,
      closed: 1,
      closedOddly: 1,
      websockets: 2,
    },
  ])
  let now = Date.now()
  const book = createProbeBook({ now: () => epochMs(now), intervalMs: durationMs(10_000) })
  for (const report of reports) expect(report.ok && book.take(report.value)).toEqual({ ok: true })
  now += 20_000
  const { samples, errors } = book.observe()
  expect(samples.map(({ series }) => series.value[0])).toEqual([0, 0, 0, 0, 0, 6])
  expect(errors.map((error) => [error.class, error.place, error.status, error.count])).toEqual([
    ['other', 'upgrade', null, 1],
    ['socket', 'close', null, 1],
  ])
})
