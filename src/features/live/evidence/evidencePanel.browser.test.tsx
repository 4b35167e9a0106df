import { expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { ago, AT_LIMIT, button, renderLive } from '#testing/renderLive.tsx'
import { pinAt } from '#state/crosshair.ts'
import { DEFAULT_LIVE_VIEW } from '#state/link/liveLink.ts'

const drawer = page.getByRole('region', { name: 'Evidence', exact: true })
const opener = button(/^Evidence/)

test('the button opens the evidence, Escape closes it, and the focus comes back', async () => {
  const { views } = await renderLive()
  await opener.click()
  await expect.element(drawer).toBeVisible()
  expect(views.at(-1)).toMatchObject({ panel: 'evidence' })
  await expect.element(page.getByRole('heading', { name: 'Evidence', level: 2 })).toHaveFocus()
  await userEvent.keyboard('{Escape}')
  await expect.element(drawer).not.toBeInTheDocument()
  expect(views.at(-1)).toMatchObject({ panel: null })
  await expect.element(opener).toHaveFocus()
})

test('E opens and closes it wherever the focus is', async () => {
  await renderLive()
  await expect.element(opener).toBeVisible()
  await userEvent.keyboard('e')
  await expect.element(drawer).toBeVisible()
  await userEvent.keyboard('e')
  await expect.element(drawer).not.toBeInTheDocument()
})

test('a link shows it open', async () => {
  await renderLive({}, AT_LIMIT, { ...DEFAULT_LIVE_VIEW, panel: 'evidence' })
  await expect.element(drawer).toBeVisible()
  await expect.element(opener).not.toBeInTheDocument()
})

test('evidence that cannot be worked out is said on the screen, and by the drawer itself', async () => {
  vi.stubGlobal(
    'Worker',
    class {
      constructor() {
        throw new Error('blocked by the policy')
      }
    },
  )
  try {
    await renderLive()
    const notice = page.getByText(/^No verdict: the evidence could not be worked out/)
    await expect.element(notice).toHaveTextContent('blocked by the policy')
    await opener.click()
    await expect.element(drawer).toHaveTextContent('The evidence could not be worked out')
    await expect.element(notice).not.toBeInTheDocument()
  } finally {
    vi.unstubAllGlobals()
  }
})

test('Escape releases a pinned crosshair before it closes the evidence', async () => {
  await renderLive({}, AT_LIMIT, { ...DEFAULT_LIVE_VIEW, panel: 'evidence' })
  await expect.element(drawer).toBeVisible()
  pinAt(ago(60))
  await userEvent.keyboard('{Escape}')
  await expect.element(drawer).toBeVisible()
  await userEvent.keyboard('{Escape}')
  await expect.element(drawer).not.toBeInTheDocument()
})

test('charts give way to it and nothing is covered', async () => {
  await renderLive({}, AT_LIMIT, { ...DEFAULT_LIVE_VIEW, panel: 'evidence' })
  const place = () => drawer.element().getBoundingClientRect()
  // It arrives from a few pixels further right, and on the way its edges lie between pixels.
  await expect.poll(() => place().right).toBe(1_440)
  const { left, width, height } = place()
  expect(width).toBe(432)
  expect(height).toBe(852)
  for (const name of ['Charts', 'Events', 'State', 'Metrics, worst headroom first'])
    expect(
      page.getByRole('region', { name }).element().getBoundingClientRect().right,
    ).toBeLessThanOrEqual(left)
})

test('on a narrow screen it lies over the charts', async () => {
  await page.viewport(1_024, 768)
  try {
    await renderLive({}, AT_LIMIT, { ...DEFAULT_LIVE_VIEW, panel: 'evidence' })
    const place = () => drawer.element().getBoundingClientRect()
    // It arrives from a few pixels further right.
    await expect.poll(() => place().right).toBe(1_024)
    const { left } = place()
    expect(
      page.getByRole('region', { name: 'Charts' }).element().getBoundingClientRect().right,
    ).toBeGreaterThan(left)
  } finally {
    await page.viewport(1_440, 900)
  }
})
