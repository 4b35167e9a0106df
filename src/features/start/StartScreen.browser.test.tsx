import { expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
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
    onOpen: vi.fn(),
    onFiles: vi.fn<(files: readonly File[]) => void>(),
  }
  await render(
    <TidemarkTheme theme="dark">
      <StartScreen
        scenarios={scenarios}
        known={known}
        connect={<p>The short way to connect</p>}
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

test('an organisation watched before is one click away', async () => {
  const { onOpen } = await setup([alder])
  await page.getByRole('button', { name: /Alder Retail/ }).click()
  expect(onOpen).toHaveBeenCalledWith(alder)
})

test('the short way to connect stands beside the scenarios', async () => {
  await setup()
  await expect.element(page.getByText('The short way to connect')).toBeVisible()
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
