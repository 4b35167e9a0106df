import { expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { Organisation } from '#domain/organisation.ts'
import { orgId } from '#domain/units.ts'
import { searchOfText, textOfSearch } from '#state/link/searchText.ts'
import { DEFAULT_WALL, wallSearchOf, wallSetUpOf } from '#state/link/wallLink.ts'
import { TidemarkTheme } from '#ui/theme/TidemarkTheme.tsx'
import { WallSetUpScreen } from './WallSetUpScreen.tsx'

const organisation = (name: string): Organisation => ({
  id: orgId(name.toLowerCase()),
  name,
  region: 'eu_central_1',
  domain: 'mypurecloud.de',
  simulation: null,
})

async function setup({ notices = [] as string[] } = {}) {
  const onShow = vi.fn()
  await render(
    <TidemarkTheme theme="dark">
      <WallSetUpScreen
        setUp={DEFAULT_WALL}
        notices={notices}
        organisations={[organisation('Alder'), organisation('Birch')]}
        whole={{ width: 1920, height: 1080 }}
        wakeLock="withheld"
        ownZone="Europe/Berlin"
        linkOf={(setUp) => `https://wall.test/wall${textOfSearch(wallSearchOf(setUp))}`}
        onShow={onShow}
        onLeave={vi.fn()}
      />
    </TidemarkTheme>,
  )
  return { onShow }
}

const field = (name: string | RegExp) => page.getByLabelText(name)
const link = () => page.getByLabelText('Address of this wall')
const show = () => page.getByRole('button', { name: 'Show the wall' })

test('the usual wall is readable, and says how large its letters are', async () => {
  const { onShow } = await setup()
  await expect.element(page.getByRole('img', { name: /Preview/ })).toBeVisible()
  await expect.element(page.getByRole('row', { name: /Names and words 54 px 16.5′/ })).toBeVisible()
  await show().click()
  expect(onShow).toHaveBeenCalledWith(DEFAULT_WALL)
})

test('what cannot be read is refused, with what would do', async () => {
  const { onShow } = await setup()
  await field(/^Tiles at once/).selectOptions('7')
  await field(/^Diagonal/).fill('43')
  await expect.element(page.getByText(/This cannot be read from 5 m/)).toBeVisible()
  await expect
    .element(page.getByText(/4 tiles at once, reading from 4 m or a screen of 54 inches/))
    .toBeVisible()
  await expect.element(show()).toBeDisabled()
  await field(/^Tiles at once/).selectOptions('4')
  await expect.element(show()).toBeEnabled()
  await show().click()
  expect(onShow).toHaveBeenCalledWith({ ...DEFAULT_WALL, diagonalInches: 43, tiles: 4 })
})

test('the whole set-up is made with the keyboard, and its address holds all of it', async () => {
  const { onShow } = await setup()
  const type = async (text: string) => {
    await userEvent.keyboard('{Control>}a{/Control}')
    await userEvent.keyboard(text)
    await userEvent.tab()
  }
  await userEvent.tab()
  await type('65')
  await type('5.5')
  await type('3840x2160')
  // Tiles, turns and zone stay.
  for (let i = 0; i < 3; i++) await userEvent.tab()
  await type('22-6')
  await userEvent.keyboard('{ArrowRight}')
  await userEvent.tab()
  await userEvent.keyboard(' ')
  const address = () =>
    wallSetUpOf(searchOfText(new URL((link().element() as HTMLInputElement).value).search)).setUp
  await expect.poll(address).toEqual({
    ...DEFAULT_WALL,
    diagonalInches: 65,
    distanceM: 5.5,
    resolution: { width: 3_840, height: 2_160 },
    night: { from: 22, to: 6 },
    theme: 'light',
    hasSound: true,
  })
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => onShow.mock.calls.length).toBe(1)
})

test('a field that is not understood says what it takes', async () => {
  await setup()
  await field(/^Night/).fill('evening')
  await expect.element(page.getByText('Full hours: 22-6')).toBeVisible()
  await expect.element(show()).toBeDisabled()
})

test('organisations are chosen one by one, and the last one stays', async () => {
  const { onShow } = await setup()
  await page.getByLabelText('Birch').click()
  await expect.element(page.getByLabelText('Alder')).toBeDisabled()
  await show().click()
  expect(onShow).toHaveBeenCalledWith({ ...DEFAULT_WALL, organisations: ['alder'] })
})

test('what the browser withholds and what the address got wrong is said', async () => {
  await setup({ notices: ['The link says night=x, which is not understood; there is no night.'] })
  await expect.element(page.getByText(/night=x, which is not understood/)).toBeVisible()
  await expect.element(page.getByText(/does not keep the screen on at present/)).toBeVisible()
})
