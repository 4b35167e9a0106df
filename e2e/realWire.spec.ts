import type { Page } from '@playwright/test'
import { type Attempt, closeGuests, openGuests } from './support/guestSockets.ts'
import { picture } from './support/picture.ts'
import { expect, signIn, test } from './support/tidemark.ts'

const CAP = 50

// As on the wall of a test lab, and in the README.
test.use({ colorScheme: 'dark' })

const thin = (text: string) => text.replace(/[\u202f\u00a0]/g, ' ')

test('sockets on a real wire fill the limit, are refused above it, and fall', async ({
  page,
  startOrganisation,
}) => {
  const server = await startOrganisation({ maxConnections: CAP })
  await signIn(page, server)
  await page.goto(`${page.url()}?w=1m`)
  await expect(page.getByRole('complementary', { name: 'Simulation' })).toBeVisible()

  const tile = page.getByRole('article', { name: /^WebSocket connections/ })
  await expect(tile).toContainText('measured')
  await expect(tile).toContainText(`/ ${CAP}`)

  // Ten at a time, each wave seen before the next: the shape of a load test that ramps up.
  const value = tile.locator('b').first()
  const attempts: Attempt[] = []
  for (let wanted = 10; wanted <= 80; wanted += 10) {
    attempts.push(...(await openGuests(server.url, 10)))
    await expect(value).toHaveText(String(Math.min(wanted, CAP)))
    if (wanted > CAP) await expect(refused(page)).toContainText(String(wanted - CAP))
  }
  expect(attempts.filter(({ status }) => status === 101)).toHaveLength(CAP)
  expect(attempts.filter(({ status }) => status === 503)).toHaveLength(30)

  await expect(page.getByRole('article', { name: 'WebSocket connections: At limit' })).toBeVisible()
  await expect
    .poll(async () => thin(await tile.innerText()).replace(/\s+/g, ' '))
    .toContain('50 / 50 100 %')
  await expect(page.getByRole('row').filter({ hasText: '503' }).first()).toContainText('WS /v1')
  const chart = page.getByRole('img', { name: /^WebSocket connections/ })
  await expect
    .poll(async () => thin((await chart.getAttribute('aria-label')) ?? ''))
    .toMatch(/50 now, peak 50 of 50; at the limit .* 30 refused/)
  await picture(page, 'at-limit')

  while (attempts.length > 0) await closeGuests(attempts.splice(0, 10))
  await expect(page.getByRole('article', { name: 'WebSocket connections: OK' })).toBeVisible()
  await expect(value).toHaveText('0')
  await expect
    .poll(async () => thin((await chart.getAttribute('aria-label')) ?? ''))
    .toMatch(/0 now, peak 50 of 50/)
  await picture(page, 'after')
})

const refused = (page: Page) =>
  page.getByRole('region', { name: 'Events' }).getByRole('button', { name: /capacity/ })

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
