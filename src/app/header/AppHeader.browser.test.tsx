import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router'
import { expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { Organisation } from '#domain/organisation.ts'
import { durationMs, orgId } from '#domain/units.ts'
import type { OrgFacts } from '#monitor/orgFacts.ts'
import type { Expiry } from '#sources/genesys/expiry.ts'
import { someMember, standingSetup, unwatched } from '#testing/standingSetup.ts'
import type { Member } from '#state/standing/standing.ts'
import { stillMonitor } from '#testing/stillMonitor.ts'
import { FACTS_AT, wellFacts } from '#testing/wellFacts.ts'
import { TidemarkTheme } from '#ui/theme/TidemarkTheme.tsx'
import { AppHeader } from './AppHeader.tsx'

const alder = wellFacts().organisation
const elm: Organisation = { ...alder, id: orgId('elm'), name: 'Elm Logistics' }
const member = (organisation: Organisation) => someMember(organisation.name, { organisation })

async function setup(
  facts: Partial<OrgFacts> = {},
  expiry: Expiry | null = null,
  organisation = alder,
  members: readonly Member[] = [member(alder), member(elm)],
) {
  const acts = { onSwitch: vi.fn(), onOverview: vi.fn(), onAdd: vi.fn(), signIn: vi.fn() }
  const { board } = standingSetup(members)
  const monitor = stillMonitor(FACTS_AT, facts)
  const header = () => (
    <AppHeader
      standings={board}
      isOverview={false}
      current={{ organisation, monitor }}
      session={{ expiry: () => expiry, signIn: acts.signIn }}
      review={{ org: organisation.id }}
      zone="Europe/Berlin"
      onSwitch={acts.onSwitch}
      onOverview={acts.onOverview}
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
  await expect.element(screens).toHaveTextContent(/^LiveReviewLimitsWallSettings$/)
})

test('each organisation of the menu says how it stands, and a way leads to all of them', async () => {
  const members = [unwatched('Cedar Bank', { kind: 'failed', since: FACTS_AT, reason: 'down' })]
  const { onOverview } = await setup({}, null, alder, [member(alder), ...members])
  const menu = page.getByRole('button', { name: 'Organisation: Alder Retail' })
  await menu.click()
  await expect.element(page.getByRole('menuitem', { name: /Failed: Cedar Bank/ })).toBeVisible()
  await page.getByRole('menuitem', { name: 'All organisations' }).click()
  expect(onOverview).toHaveBeenCalledTimes(1)
})

test('from eight organisations on the menu is searched by typing', async () => {
  const names = ['Ash', 'Beech', 'Birch', 'Cedar', 'Fir', 'Hazel', 'Larch', 'Maple']
  const { onSwitch } = await setup(
    {},
    null,
    alder,
    names.map((name) => someMember(name)),
  )
  await page.getByRole('button', { name: 'Organisation: Alder Retail' }).click()
  await page.getByRole('textbox', { name: 'Find an organisation' }).fill('lar')
  await expect.element(page.getByRole('menuitem', { name: /Larch/ })).toBeVisible()
  expect(page.getByRole('menuitem', { name: /Maple/ }).elements()).toEqual([])
  await userEvent.keyboard('{ArrowDown}{Enter}')
  expect(onSwitch).toHaveBeenCalledWith(expect.objectContaining({ name: 'Larch' }))
})

test('a clock here that is more than a minute off is told, with what helps', async () => {
  await setup({
    clock: {
      kind: 'checked',
      offsetMs: durationMs(-300_000),
      errorMs: durationMs(600),
      at: FACTS_AT,
    },
  })
  const note = page.getByText(/clock here 5.min ahead/)
  await expect.element(note).toBeVisible()
  await expect.element(note).toHaveAttribute('title', expect.stringMatching(/Set the clock/))
})

test('in a frame of 1000 px the header takes a second line, and nothing of it is cut off', async () => {
  await page.viewport(1000, 700)
  await setup()
  const header = page.getByRole('banner').element()
  expect(header.scrollWidth).toBeLessThanOrEqual(1000)
  for (const part of header.querySelectorAll('a, button, time'))
    expect(part.getBoundingClientRect().right).toBeLessThanOrEqual(1000)
  await page.viewport(1440, 900)
})
