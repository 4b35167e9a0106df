import { expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { Member } from '#state/standing/standing.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { manyMembers, usingMember } from '#testing/someStandings.ts'
import { standingSetup } from '#testing/standingSetup.ts'
import { FACTS_AT } from '#testing/wellFacts.ts'
import { TidemarkTheme } from '#ui/theme/TidemarkTheme.tsx'
import { OverviewScreen } from './OverviewScreen.tsx'

async function setup(members: readonly Member[] = manyMembers()) {
  const actions = {
    open: vi.fn(),
    hrefOf: (id: string) => `/org/${id}/live`,
    signIn: vi.fn(),
    tryAgain: vi.fn(),
    add: vi.fn(),
  }
  const { board, ...steered } = standingSetup(members)
  await render(
    <TidemarkTheme theme="dark">
      <div style={{ height: 852, overflow: 'auto' }}>
        <OverviewScreen board={board} clock={now} zone="UTC" actions={actions} />
      </div>
    </TidemarkTheme>,
  )
  return { actions, board, ...steered }
}

const now = () => FACTS_AT
const links = () => [...document.querySelectorAll<HTMLAnchorElement>('a[data-organisation]')]
const names = () => links().map((link) => link.textContent)
const row = (name: RegExp) => page.getByRole('row', { name })
const rowText = (name: RegExp) => plainSpaces(row(name).element().textContent)

test('the worst stands first, and what is not watched last', async () => {
  await setup()
  expect(names().slice(0, 4)).toEqual(['Alder Retail', 'Fir Public', 'Birch Health', 'Cedar Bank'])
  expect(names().at(-1)).toBe('Maple Media')
  await expect.element(page.getByText('1 at limit, 1 critical, 1 warn')).toBeVisible()
})

test('a row tells value, limit, share, peak, refusals, age and own load', async () => {
  await setup()
  const text = rowText(/Alder Retail/)
  for (const part of [
    'At limit',
    'since 12:',
    'Calls',
    '1 000',
    '100 %',
    'peak 1 000 at 12:',
    '184',
  ])
    expect(text).toContain(part)
  expect(text).toContain('23 of 150/min')
  expect(text).toContain('this tab asks')
})

test('one that cannot be read shows no old number, and why', async () => {
  await setup()
  const text = rowText(/Cedar Bank/)
  expect(text).toContain('Blind')
  expect(text).toContain('since 11:52, 38 min')
  expect(text).toContain('no reply, network')
  expect(text).not.toContain('500 / 1 000')
})

test('a failed one says why and can be tried again; one that is signed out is a click away', async () => {
  const { actions } = await setup()
  expect(rowText(/Larch Logistics/)).toContain('This browser has no service workers here')
  await page.getByRole('button', { name: 'Try Larch Logistics again' }).click()
  expect(actions.tryAgain).toHaveBeenCalledWith('larch-logistics')
  await page.getByRole('button', { name: 'Try Oak Utilities again' }).click()
  expect(actions.tryAgain).toHaveBeenCalledWith('oak-utilities')
  await page.getByRole('button', { name: 'Sign in to Maple Media' }).click()
  expect(actions.signIn).toHaveBeenCalledWith('maple-media')
})

test('a name is never cut, however long', async () => {
  await setup()
  const [long] = links().filter(({ textContent }) => textContent.startsWith('Gesellschaft'))
  expect(getComputedStyle(long!).textOverflow).toBe('clip')
  expect(long!.scrollWidth).toBeLessThanOrEqual(long!.clientWidth + 1)
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(1440)
})

test('arrow keys go from row to row, and Enter opens one', async () => {
  const { actions } = await setup()
  await userEvent.keyboard('{ArrowDown}')
  expect(document.activeElement).toBe(links()[0])
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}{Enter}')
  expect(actions.open).toHaveBeenCalledWith('fir-public')
  await userEvent.keyboard('{End}')
  expect(document.activeElement).toBe(links().at(-1))
})

test('search finds by name, region or domain; Enter opens the first found', async () => {
  const { actions } = await setup()
  await userEvent.keyboard('/')
  await userEvent.keyboard('us_east')
  await expect.poll(names).toEqual(['Birch Health'])
  await userEvent.keyboard('{Enter}')
  expect(actions.open).toHaveBeenCalledWith('birch-health')
  await userEvent.keyboard('nobody')
  await expect.element(page.getByText('No organisation is called “us_eastnobody”.')).toBeVisible()
})

test('a heading sorts by its column and says so', async () => {
  await setup()
  await page.getByRole('button', { name: 'Refused, 1 h' }).click()
  await expect.poll(() => names().slice(0, 2)).toEqual(['Alder Retail', 'Fir Public'])
  await page.getByRole('button', { name: 'Organisation', exact: true }).click()
  await expect
    .poll(() => names().slice(0, 3))
    .toEqual(['Alder Retail', 'Birch Health', 'Cedar Bank'])
  await expect
    .element(page.getByRole('columnheader', { name: 'Organisation' }))
    .toHaveAttribute('aria-sort', 'ascending')
})

test('without any organisation it leads to the first', async () => {
  const { actions } = await setup([])
  await page.getByRole('button', { name: 'Add one' }).click()
  expect(actions.add).toHaveBeenCalledTimes(1)
})

test('fifty organisations are all there', async () => {
  const fifty = Array.from({ length: 50 }, (_, i) => usingMember(`Branch ${i}`, { used: 10 * i }))
  await setup(fifty)
  expect(names()).toHaveLength(50)
  expect(names()[0]).toBe('Branch 49')
})
