import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router'
import { expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { Organisation } from '#domain/organisation.ts'
import { durationMs, orgId } from '#domain/units.ts'
import type { OrgFacts } from '#monitor/orgFacts.ts'
import type { Expiry } from '#sources/genesys/expiry.ts'
import { stillMonitor } from '#testing/stillMonitor.ts'
import { FACTS_AT, wellFacts } from '#testing/wellFacts.ts'
import { TidemarkTheme } from '#ui/theme/TidemarkTheme.tsx'
import { AppHeader } from './AppHeader.tsx'

const alder = wellFacts().organisation
const elm: Organisation = { ...alder, id: orgId('elm'), name: 'Elm Logistics' }

async function setup(
  facts: Partial<OrgFacts> = {},
  expiry: Expiry | null = null,
  organisation = alder,
) {
  const acts = { onSwitch: vi.fn(), onAdd: vi.fn(), signIn: vi.fn() }
  const monitor = stillMonitor(FACTS_AT, facts)
  const header = () => (
    <AppHeader
      organisations={[alder, elm]}
      current={{ organisation, monitor }}
      session={{ expiry: () => expiry, signIn: acts.signIn }}
      review={{ org: organisation.id }}
      zone="Europe/Berlin"
      onSwitch={acts.onSwitch}
      onAdd={acts.onAdd}
    />
  )
  const router = createRouter({
    routeTree: createRootRoute({ component: header }),
    history: createMemoryHistory({ initialEntries: ['/'] }),
    defaultNotFoundComponent: () => null,
  })
  await render(
    <TidemarkTheme theme="dark">
      <RouterProvider router={router as never} />
    </TidemarkTheme>,
  )
  return acts
}

test('names the organisation, its place, own load, and the clock with its zone', async () => {
  await setup()
  const header = page.getByRole('banner')
  await expect.element(header).toHaveTextContent('Alder Retail')
  await expect.element(header).toHaveTextContent('eu_central_1 · mypurecloud.de')
  await expect.element(header).toHaveTextContent('Own load 23 of 150 requests/min · 0 channels')
  await expect.element(header).toHaveTextContent('14:30:08')
  await expect.element(header).toHaveTextContent('CEST, UTC+2')
})

test('a long name stands there whole, in the height of the header, and its place gives way', async () => {
  const name = `${'Gesellschaft für lange Namen '.repeat(5)}mbH`
  await setup({}, null, { ...alder, name })
  const button = page.getByRole('button', { name: `Organisation: ${name}` })
  await expect.element(button).toBeVisible()
  expect(button.element().getBoundingClientRect().height).toBeLessThanOrEqual(48)
  expect(page.getByText(/mypurecloud/).elements()).toEqual([])
})

test('says that the clock was not checked', async () => {
  await setup()
  await expect.element(page.getByText(/clock not checked/)).toBeVisible()
})

test('a checked clock goes without saying', async () => {
  const checked = { offsetMs: durationMs(120), errorMs: durationMs(510), at: FACTS_AT }
  await setup({ clock: { kind: 'checked', ...checked } })
  await expect.element(page.getByRole('banner')).toHaveTextContent('14:30:08')
  expect(page.getByText(/clock not checked/).elements()).toEqual([])
})

test('before anything came it says so, and no age of zero', async () => {
  await setup()
  await expect.element(page.getByText('No data yet')).toBeVisible()
})

test('ten minutes before the end it asks for one click', async () => {
  const { signIn } = await setup({}, { kind: 'soon', leftMs: durationMs(8.4 * 60_000) })
  await page.getByRole('button', { name: 'Sign in again, 9 min left' }).click()
  expect(signIn).toHaveBeenCalledTimes(1)
})

test('a sign-in that holds shows no button', async () => {
  await setup({}, { kind: 'fine', leftMs: durationMs(3_600_000) })
  await expect.element(page.getByRole('banner')).toHaveTextContent('14:30:08')
  expect(page.getByRole('button', { name: /Sign in/ }).elements()).toEqual([])
})

test('signed out, the button is there', async () => {
  await setup({ session: { kind: 'signedOut', reason: 'refused' } })
  await expect.element(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
})

test('a tab that reads along says so', async () => {
  await setup({ role: 'following' })
  await expect.element(page.getByText('Read through another tab')).toBeVisible()
})

test('says when no tab asks', async () => {
  await setup({ role: 'resting' })
  await expect.element(page.getByText('No tab asks')).toBeVisible()
})

test('a tab of another version is to be reloaded', async () => {
  await setup({ role: 'following', otherBuildAt: FACTS_AT })
  await expect.element(page.getByText('Reload the other tabs')).toBeVisible()
})

test('the menu switches to another organisation, or adds one', async () => {
  const { onSwitch, onAdd } = await setup()
  const menu = page.getByRole('button', { name: 'Organisation: Alder Retail' })
  await menu.click()
  await page.getByRole('menuitem', { name: /Elm Logistics/ }).click()
  expect(onSwitch).toHaveBeenCalledWith(elm)
  await menu.click()
  await page.getByRole('menuitem', { name: /Add an organisation/ }).click()
  expect(onAdd).toHaveBeenCalledTimes(1)
})

test('only screens that exist are offered', async () => {
  await setup()
  const screens = page.getByRole('navigation', { name: 'Screens' })
  await expect.element(screens).toHaveTextContent(/^LiveReviewSettings$/)
})
