import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { ago, button, plain, renderLive, textOf } from '#testing/renderLive.tsx'

test('the status line says what was refused at the limit and what speaks against it', async () => {
  await renderLive()
  await expect
    .poll(() => textOf('State'))
    .toContain(
      'WebSocket connections 50 of 50 since 12:28:00; 30 of 30 refused in this window came at the limit.',
    )
  expect(textOf('State')).toContain('At limit')
  expect(textOf('State')).toContain('0 refused below the limit;')
  expect(textOf('State')).toMatch(/at the limit passed without refusals/)
})

test('tiles stand worst headroom first, an unknown limit last', async () => {
  await renderLive()
  const names = () =>
    page
      .getByRole('region', { name: 'Metrics, worst headroom first' })
      .getByRole('article')
      .elements()
      .map((tile) => tile.getAttribute('aria-label'))
  await expect
    .poll(names)
    .toEqual(['WebSocket connections: At limit', 'Call sessions: OK', 'Users online: Unknown'])
})

test('every chart says in a sentence what it shows', async () => {
  await renderLive()
  const chart = page.getByRole('img', { name: /^WebSocket connections, 11:30 to 12:30 UTC/ })
  await expect.element(chart).toBeInTheDocument()
  expect(plain(chart.element().getAttribute('aria-label')!)).toBe(
    'WebSocket connections, 11:30 to 12:30 UTC: 50 now, peak 50 of 50; at the limit once, 1 min 58 s; 30 refused.',
  )
  await expect
    .element(page.getByRole('img', { name: /^Errors by class, .*: 30 capacity, 1 rate, 0 auth/ }))
    .toBeInTheDocument()
})

test('a page that rests says since when and what ends that', async () => {
  const { monitor } = await renderLive({ idleSince: ago(600) })
  await expect.element(page.getByText(/^Nothing is asked since 12:20: nobody looked/)).toBeVisible()
  monitor.setFacts({ idleSince: null })
  await expect.element(page.getByText(/^Nothing is asked/)).not.toBeInTheDocument()
})

test('signed out and memory-only are said, with what can be done', async () => {
  const { onSignIn } = await renderLive({
    session: { kind: 'signedOut', reason: 'expired' },
    history: { kind: 'memory', reason: 'the disk is full', since: ago(60) },
  })
  await expect.element(page.getByText(/The sign-in has expired/)).toBeVisible()
  await expect.element(page.getByText(/in memory only since 12:29: the disk is full/)).toBeVisible()
  await button('Sign in').click()
  expect(onSignIn).toHaveBeenCalledOnce()
})

test('the window can be read as a table', async () => {
  await renderLive()
  await expect.element(page.getByRole('grid')).toBeVisible()
  await userEvent.keyboard('t')
  const table = page.getByRole('dialog').getByRole('table')
  await expect.element(table).toBeVisible()
  const row = plain(table.getByRole('row').filter({ hasText: '12:28:00' }).element().textContent)
  expect(row).toContain('50 / 50')
  expect(row).toContain('300 / 1 000')
  expect(row).toContain('30')
})

test('headings lead from the screen over its parts to tiles and charts without a step left out', async () => {
  await renderLive()
  await expect.element(page.getByRole('grid')).toBeVisible()
  const levels = page
    .getByRole('heading')
    .elements()
    .map(({ tagName }) => Number(tagName.slice(1)))
  expect(levels[0]).toBe(1)
  expect(levels).toContain(3)
  for (const [i, level] of levels.entries())
    expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1)
})
