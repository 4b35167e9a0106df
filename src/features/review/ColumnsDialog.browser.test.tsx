import { expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { ReviewDesk } from '#monitor/review/reviewDesk.ts'
import type { TableChoice } from '#sources/imports/csv/tableChoice.ts'
import { TidemarkTheme } from '#ui/theme/TidemarkTheme.tsx'
import { ColumnsDialog } from './ColumnsDialog.tsx'

const TABLE = [
  'when,sockets,calls,socket limit,remark',
  ...Array.from({ length: 20 }, (_, i) => `2026-09-17T10:00:${10 + i}Z,${40 + i},${7 + i},60,x`),
  '',
].join('\n')

async function setup(file: File | null, chosen: TableChoice | null = null) {
  const readAgain = vi.fn<ReviewDesk['readAgain']>()
  const onClose = vi.fn()
  const desk = { chosenFile: () => file, readAgain }
  await render(
    <TidemarkTheme theme="dark">
      <ColumnsDialog desk={desk} id="table" chosen={chosen} onClose={onClose} />
    </TidemarkTheme>,
  )
  return { readAgain, onClose }
}

test('the columns of a table are named, what is read unless chosen otherwise is ticked', async () => {
  await setup(new File([TABLE], 'sockets.csv'))
  await expect.element(page.getByRole('checkbox', { name: 'sockets', exact: true })).toBeChecked()
  await expect.element(page.getByRole('checkbox', { name: 'calls' })).toBeChecked()
  await expect.element(page.getByRole('checkbox', { name: 'socket limit' })).not.toBeChecked()
  expect(page.getByRole('checkbox', { name: 'remark' }).query()).toBeNull()
})

test('the file is read again by the columns that were chosen', async () => {
  const { readAgain, onClose } = await setup(new File([TABLE], 'sockets.csv'))
  await page.getByRole('checkbox', { name: 'calls' }).click()
  await page.getByRole('button', { name: 'Read again' }).click()
  expect(readAgain).toHaveBeenCalledWith('table', { columns: { time: 0, values: [1], limit: 3 } })
  expect(onClose).toHaveBeenCalled()
})

test('without any value there is nothing to read', async () => {
  await setup(new File([TABLE], 'sockets.csv'))
  await page.getByRole('checkbox', { name: 'calls' }).click()
  await page.getByRole('checkbox', { name: 'sockets', exact: true }).click()
  await expect.element(page.getByRole('button', { name: 'Read again' })).toBeDisabled()
})

test('after a reload the file is not at hand, and that is said', async () => {
  await setup(null)
  await expect.element(page.getByText(/open it again to choose its columns/)).toBeVisible()
})

test('what was chosen before is where it begins', async () => {
  await setup(new File([TABLE], 'sockets.csv'), { time: 0, values: [2], limit: null })
  await expect.element(page.getByRole('checkbox', { name: 'calls' })).toBeChecked()
  await expect
    .element(page.getByRole('checkbox', { name: 'sockets', exact: true }))
    .not.toBeChecked()
})

test('what is no table says so', async () => {
  await setup(new File(['neither this nor that'], 'notes.txt'))
  await expect.element(page.getByText(/no table with a column of times/)).toBeVisible()
})
