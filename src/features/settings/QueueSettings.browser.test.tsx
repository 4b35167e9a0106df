import { expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { QueueName } from '#sources/genesys/catalogue/chosenQueues.ts'
import { TidemarkTheme } from '#ui/theme/TidemarkTheme.tsx'
import { QueueSettings } from './QueueSettings.tsx'
import type { QueueListing } from './settingsActions.ts'

const SERVICE = { id: 'q-2', name: 'Service' }
const queues = (count: number): QueueName[] =>
  Array.from({ length: count }, (_, i) => ({ id: `q-${i}`, name: `Queue ${i}` }))

const LIST: QueueListing = {
  kind: 'read',
  queues: [{ id: 'q-1', name: 'Sales' }, SERVICE, { id: 'q-3', name: 'Web' }],
  isWhole: true,
}

async function setup(chosen: QueueName[] = [], listing: QueueListing = LIST) {
  const onChange = vi.fn(() => Promise.resolve())
  await render(
    <TidemarkTheme theme="dark">
      <QueueSettings
        config={{ queues: chosen }}
        onRead={() => Promise.resolve(listing)}
        onChange={onChange}
      />
    </TidemarkTheme>,
  )
  return { onChange }
}

const button = (name: string) => page.getByRole('button', { name })
const ticks = () =>
  page
    .getByRole('list', { name: 'Queues of the organisation' })
    .getByRole('checkbox')
    .elements()
    .map(
      (box) =>
        `${(box as HTMLInputElement).labels![0]!.textContent}${(box as HTMLInputElement).checked ? ', chosen' : ''}`,
    )

test('queues are ticked in the list, chosen ones first, and taken over together', async () => {
  const { onChange } = await setup([SERVICE])
  await button('Choose from the list').click()
  await expect.poll(ticks).toEqual(['Service, chosen', 'Sales', 'Web'])
  await page.getByRole('checkbox', { name: 'Web' }).click()
  // A ticked row stays where it was.
  expect(ticks()).toEqual(['Service, chosen', 'Sales', 'Web, chosen'])
  await expect.element(page.getByText('2 of at most 20 chosen.')).toBeVisible()
  await button('Take out Service').click()
  expect(onChange).not.toHaveBeenCalled()
  await button('Save').click()
  expect(onChange).toHaveBeenCalledExactlyOnceWith({ queues: [{ id: 'q-3', name: 'Web' }] })
})

test('a renamed queue takes its new name, one that is not in the list is said to be gone', async () => {
  const { onChange } = await setup([
    { id: 'q-2', name: 'Old name' },
    { id: 'gone', name: 'Closed' },
  ])
  await button('Choose from the list').click()
  await expect.element(page.getByText('is not in the list: gone')).toBeVisible()
  await expect.element(page.getByRole('cell', { name: 'Service', exact: true })).toBeVisible()
  await button('Take out Closed').click()
  await button('Save').click()
  expect(onChange).toHaveBeenCalledExactlyOnceWith({ queues: [SERVICE] })
})

test('a long list is searched, and no more than twenty can be chosen', async () => {
  await setup(queues(20), { kind: 'read', queues: queues(400), isWhole: true })
  await button('Choose from the list').click()
  await expect.element(page.getByText('The first 100 of 400 are shown: search.')).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search queues' }).fill('queue 39')
  await expect.poll(() => ticks().length).toBe(11)
  await expect.element(page.getByText('11 of 400 queues')).toBeVisible()
  await expect.element(page.getByRole('checkbox', { name: 'Queue 390' })).toBeDisabled()
  await expect.element(page.getByText(/^20 are chosen, which is the most/)).toBeVisible()
})

test('where the list cannot be read the reason is said, and a queue is chosen by its id', async () => {
  const problem = 'Permission missing: routing:queue:view.'
  const { onChange } = await setup([SERVICE], { kind: 'fails', problem })
  await button('Choose from the list').click()
  await expect.element(page.getByRole('alert')).toHaveTextContent(problem)
  const id = page.getByRole('textbox', { name: 'Queue id' })
  await button('Add').click()
  await expect.element(page.getByText('Type the id of a queue.')).toBeVisible()
  await id.fill('q-2')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByText('This queue is chosen already.')).toBeVisible()
  await id.fill(' q-9 ')
  await page.getByRole('textbox', { name: 'Name' }).fill('Night')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('cell', { name: 'Night', exact: true })).toBeVisible()
  await button('Save').click()
  expect(onChange).toHaveBeenCalledExactlyOnceWith({
    queues: [SERVICE, { id: 'q-9', name: 'Night' }],
  })
})

test('what is discarded was never taken over', async () => {
  const { onChange } = await setup([SERVICE])
  await button('Take out Service').click()
  await expect.element(page.getByText(/^None is chosen/)).toBeVisible()
  await button('Discard').click()
  await expect.element(page.getByRole('cell', { name: 'Service', exact: true })).toBeVisible()
  expect(onChange).not.toHaveBeenCalled()
})
