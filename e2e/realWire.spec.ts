import { closeGuests, openGuests } from './support/guestSockets.ts'
import { expect, signIn, test } from './support/tidemark.ts'

const CAP = 50
const thin = (text: string) => text.replace(/[\u202f\u00a0]/g, ' ')

test('sockets on a real wire fill the limit, are refused above it, and fall', async ({
  page,
  startOrganisation,
}) => {
  const server = await startOrganisation({ maxConnections: CAP })
  await signIn(page, server)
  await expect(page.getByRole('complementary', { name: 'Simulation' })).toBeVisible()

  const tile = page.getByRole('article', { name: /^WebSocket connections/ })
  await expect(tile).toContainText('measured')
  await expect(tile).toContainText(`/ ${CAP}`)

  const attempts = await openGuests(server.url, 80)
  expect(attempts.filter(({ status }) => status === 101)).toHaveLength(CAP)
  expect(attempts.filter(({ status }) => status === 503)).toHaveLength(30)

  await expect(page.getByRole('article', { name: 'WebSocket connections: At limit' })).toBeVisible()
  await expect
    .poll(async () => thin(await tile.innerText()).replace(/\s+/g, ' '))
    .toContain('50 / 50 100 %')
  const events = page.getByRole('region', { name: 'Events' })
  await expect(events.getByRole('button', { name: /capacity/ })).toContainText('30')
  await expect(events.getByRole('row').filter({ hasText: '503' }).first()).toContainText('WS /v1')

  const chart = page.getByRole('img', { name: /^WebSocket connections/ })
  await expect
    .poll(async () => thin((await chart.getAttribute('aria-label')) ?? ''))
    .toContain('peak 50 of 50')
  if (process.env['SCREENSHOTS']) {
    await page.screenshot({ path: `${process.env['SCREENSHOTS']}/at-limit.png` })
  }

  await closeGuests(attempts)
  await expect(page.getByRole('article', { name: 'WebSocket connections: OK' })).toContainText(
    /^.*\b0\b/,
  )
})

test('a value is on the screen within two seconds of its poll tick, 19 times of 20', async ({
  page,
  startOrganisation,
}) => {
  const server = await startOrganisation({ maxConnections: 500 })
  await signIn(page, server)
  const tile = page.getByRole('article', { name: /^WebSocket connections/ })
  await expect(tile).toContainText('/ 500')
  const value = tile.locator('b').first()

  // In the page itself, so that the browser's own clock times both ends.
  await page.evaluate(() => {
    const shown: { text: string; at: number }[] = []
    Object.assign(window, { shown })
    new MutationObserver(() => {
      const text = document.querySelector('article[aria-label^="WebSocket connections"] b')
      if (text && shown.at(-1)?.text !== text.textContent)
        shown.push({ text: text.textContent, at: performance.timeOrigin + performance.now() })
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  })

  const ticks = new Map<number, number>()
  page.on('response', async (response) => {
    if (!response.url().includes('/v1/changes')) return
    const { samples } = (await response.json()) as {
      samples: { metric: string; value: number | null }[]
    }
    const open = samples.filter(({ metric }) => metric === 'connections.open').at(-1)?.value
    if (open !== null && open !== undefined && !ticks.has(open))
      ticks.set(open, response.request().timing().startTime)
  })

  const sockets = []
  for (let count = 1; count <= 20; count += 1) {
    sockets.push(...(await openGuests(server.url, 1)))
    await expect(value).toHaveText(String(count))
  }
  const shown = await page.evaluate(
    () => (window as unknown as { shown: { text: string; at: number }[] }).shown,
  )
  const delays = shown
    .filter(({ text }) => ticks.has(Number(text)))
    .map(({ text, at }) => at - ticks.get(Number(text))!)
    .toSorted((a, b) => a - b)
  expect(delays.length).toBeGreaterThanOrEqual(19)
  expect(delays[Math.ceil(delays.length * 0.95) - 1]).toBeLessThanOrEqual(2_000)
  test.info().annotations.push({
    type: 'delay ms, median and p95',
    description: [
      delays[Math.floor(delays.length / 2)],
      delays[Math.ceil(delays.length * 0.95) - 1],
    ]
      .map((d) => d?.toFixed(0))
      .join(', '),
  })
  await closeGuests(sockets)
})
