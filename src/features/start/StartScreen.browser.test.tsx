import { expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { Organisation } from '#domain/organisation.ts'
import { orgId } from '#domain/units.ts'
import { TidemarkTheme } from '#ui/theme/TidemarkTheme.tsx'
import { StartScreen } from './StartScreen.tsx'

const scenarios = [
  'limit-raised',
  'leaking-app',
  'retry-storm',
  'not-capacity',
  'quiet',
  'drops',
].map((name) => ({ name, title: name, description: `What ${name} shows` }))
const alder: Organisation = {
  id: orgId('alder'),
  name: 'Alder Retail',
  region: 'eu_central_1',
  domain: 'mypurecloud.de',
  simulation: null,
}

async function setup(known: readonly Organisation[] = []) {
  const acts = {
    onSimulate: vi.fn(() => Promise.resolve()),
    onConnect: vi.fn((): Promise<string | null> => Promise.resolve(null)),
    onOpen: vi.fn(),
    onFiles: vi.fn<(files: readonly File[]) => void>(),
  }
  await render(
    <TidemarkTheme theme="dark">
      <StartScreen
        scenarios={scenarios}
        known={known}
        redirectUri="http://127.0.0.1:4180/signed-in"
        problem={null}
        {...acts}
      />
    </TidemarkTheme>,
  )
  return acts
}

test('the first scenario starts with one click', async () => {
  const { onSimulate } = await setup()
  await page.getByRole('button', { name: 'Start the simulation' }).click()
  expect(onSimulate).toHaveBeenCalledWith('limit-raised')
})

test('four scenarios are offered, the others behind a button, and any of them starts', async () => {
  const { onSimulate } = await setup()
  expect(page.getByRole('radio').elements()).toHaveLength(4)
  await page.getByRole('button', { name: '2 more scenarios' }).click()
  await page.getByRole('radio', { name: /drops/ }).click()
  await page.getByRole('button', { name: 'Start the simulation' }).click()
  expect(onSimulate).toHaveBeenCalledWith('drops')
})

test('a simulation that cannot start says why, and can be tried again', async () => {
  const { onSimulate } = await setup()
  onSimulate.mockRejectedValueOnce(new Error('no service worker'))
  const start = page.getByRole('button', { name: 'Start the simulation' })
  await start.click()
  await expect.element(page.getByText(/did not start: Error: no service worker/)).toBeVisible()
  await start.click()
  expect(onSimulate).toHaveBeenCalledTimes(2)
})

test('a region and a client are enough to sign in', async () => {
  const { onConnect } = await setup()
  await page.getByLabelText('Region').selectOptions('Sydney, mypurecloud.com.au')
  await page.getByLabelText('OAuth client ID').fill(' 5f3c ')
  await page.getByRole('button', { name: 'Sign in' }).click()
  expect(onConnect).toHaveBeenCalledWith({
    domain: 'mypurecloud.com.au',
    clientId: '5f3c',
    feedUrl: null,
  })
})

test('a loopback address and a feed can be typed; Enter signs in', async () => {
  const { onConnect } = await setup()
  await page.getByLabelText('Region').selectOptions('other')
  await page.getByLabelText('Domain or address').fill('http://127.0.0.1:8787/')
  await page.getByRole('button', { name: 'Add a feed' }).click()
  await page.getByLabelText('Feed address, optional').fill('http://127.0.0.1:9000/')
  await page.getByLabelText('OAuth client ID').fill('any')
  await userEvent.keyboard('{Enter}')
  expect(onConnect).toHaveBeenCalledWith({
    domain: '127.0.0.1:8787',
    clientId: 'any',
    feedUrl: 'http://127.0.0.1:9000',
  })
})

test('what is missing or wrong is said at its field, and nothing is sent', async () => {
  const { onConnect } = await setup()
  await page.getByLabelText('Region').selectOptions('other')
  await page.getByLabelText('Domain or address').fill('https://apps.mypurecloud.de/directory')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect
    .element(page.getByLabelText('Domain or address'))
    .toHaveAccessibleDescription(/Type the domain alone/)
  await expect
    .element(page.getByLabelText('OAuth client ID'))
    .toHaveAccessibleDescription(/Copy it from the OAuth client/)
  expect(onConnect).not.toHaveBeenCalled()
})

test('a sign-in that failed says why in a sentence', async () => {
  const { onConnect } = await setup()
  onConnect.mockResolvedValueOnce('The login page was closed before it answered.')
  await page.getByLabelText('OAuth client ID').fill('5f3c')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect.element(page.getByText(/closed before it answered/)).toBeVisible()
})

test('a login window that was closed does not lock the form: the newest attempt counts', async () => {
  const { onConnect } = await setup()
  let giveUp: (problem: string | null) => void = () => undefined
  onConnect.mockReturnValueOnce(
    new Promise((resolve) => {
      giveUp = resolve
    }),
  )
  await page.getByLabelText('OAuth client ID').fill('5f3c')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect.element(page.getByText(/Waiting for the login page/)).toBeVisible()
  onConnect.mockReturnValueOnce(new Promise(() => undefined))
  await page.getByRole('button', { name: 'Sign in again' }).click()
  expect(onConnect).toHaveBeenCalledTimes(2)
  giveUp('The first window was closed.')
  await expect.element(page.getByText(/Waiting for the login page/)).toBeVisible()
  expect(page.getByText('The first window was closed.').elements()).toEqual([])
})

test('the redirect address and every permission stand there to be copied', async () => {
  await setup()
  await expect.element(page.getByText('http://127.0.0.1:4180/signed-in')).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Copy redirect address' })).toBeVisible()
  await page.getByRole('button', { name: /more permissions/ }).click()
  await expect.element(page.getByText('analytics:queueObservation:view')).toBeVisible()
})

test('an organisation watched before is one click away', async () => {
  const { onOpen } = await setup([alder])
  await page.getByRole('button', { name: /Alder Retail/ }).click()
  expect(onOpen).toHaveBeenCalledWith(alder)
})

test('a file is opened from the first screen, chosen or dropped', async () => {
  const { onFiles } = await setup()
  const file = new File(['{}'], 'run.har')
  await page.getByLabelText('Files to review').upload(file)
  expect(onFiles.mock.calls[0]![0].map(({ name }) => name)).toEqual(['run.har'])
  const dataTransfer = new DataTransfer()
  dataTransfer.items.add(file)
  page
    .getByRole('main')
    .element()
    .dispatchEvent(new DragEvent('drop', { bubbles: true, dataTransfer }))
  expect(onFiles).toHaveBeenCalledTimes(2)
})
