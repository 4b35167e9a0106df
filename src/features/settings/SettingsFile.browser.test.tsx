import { expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { orgId } from '#domain/units.ts'
import { settingsFileText } from '#sources/config/settingsFile.ts'
import { organisationConfig, type OrganisationConfig } from '#sources/config/tidemarkConfig.ts'
import { TidemarkTheme } from '#ui/theme/TidemarkTheme.tsx'
import type { SettingsActions } from './settingsActions.ts'
import { SettingsFile } from './SettingsFile.tsx'

const some = (name: string, known: Partial<OrganisationConfig> = {}) =>
  organisationConfig({
    id: orgId(name.toLowerCase()),
    name,
    domain: 'mypurecloud.de',
    clientId: name,
    ...known,
  })
const [alder, birch, cedar] = [some('Alder'), some('Birch'), some('Cedar')]

async function setup(organisations: readonly OrganisationConfig[] = [alder, birch]) {
  const undo = vi.fn(() => Promise.resolve())
  const onImport = vi.fn<SettingsActions['importSettings']>(() => Promise.resolve(undo))
  await render(
    <TidemarkTheme theme="dark">
      <SettingsFile organisations={organisations} onImport={onImport} />
    </TidemarkTheme>,
  )
  return { undo, onImport }
}

const text = (organisations: readonly OrganisationConfig[]) => {
  const made = settingsFileText(organisations)
  if (!made.ok) throw new Error(made.problem)
  return made.value
}

/** As a person chooses a file. */
function choose(content: string, name = 'settings.json') {
  const input = document.querySelector<HTMLInputElement>('input[type="file"]')!
  const transfer = new DataTransfer()
  transfer.items.add(new File([content], name, { type: 'application/json' }))
  input.files = transfer.files
  input.dispatchEvent(new Event('change', { bubbles: true }))
}

test('an import says what it would do, and does it only after a second word', async () => {
  const { onImport, undo } = await setup()
  choose(text([{ ...alder, name: 'Alder Retail' }, birch, cedar]))
  const dialog = page.getByRole('dialog', { name: 'Import settings.json' })
  await expect.element(dialog).toHaveTextContent(/Replaced: name/)
  await expect.element(dialog).toHaveTextContent(/Left as it is/)
  await expect.element(dialog).toHaveTextContent(/Added/)
  expect(onImport).not.toHaveBeenCalled()
  await dialog.getByRole('button', { name: 'Add 1, replace 1' }).click()
  expect(onImport).toHaveBeenCalledWith([{ ...alder, name: 'Alder Retail' }, cedar])
  await expect.element(page.getByText('Imported: 1 added, 1 replaced.')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  expect(undo).toHaveBeenCalledTimes(1)
})

test('one that is not wanted is left out, and Cancel leaves all out', async () => {
  const { onImport } = await setup()
  choose(text([{ ...alder, name: 'Alder Retail' }, cedar]))
  await page.getByRole('checkbox', { name: 'Alder Retail' }).click()
  await page.getByRole('button', { name: 'Add 1' }).click()
  expect(onImport).toHaveBeenCalledWith([cedar])
  choose(text([cedar]))
  await page.getByRole('button', { name: 'Cancel' }).click()
  expect(onImport).toHaveBeenCalledTimes(1)
})

test('what is here under another id is named, and not taken unless somebody says so', async () => {
  await setup()
  choose(text([some('Alder2', { clientId: 'Alder' })]))
  const dialog = page.getByRole('dialog')
  await expect.element(dialog).toHaveTextContent('The same organisation as “Alder” (alder)')
  await expect.element(page.getByRole('checkbox', { name: 'Alder2' })).not.toBeChecked()
  await expect.element(dialog.getByRole('button', { name: 'Nothing to import' })).toBeDisabled()
})

test('those that the file does not name are said to be left alone', async () => {
  await setup()
  choose(text([cedar]))
  await expect
    .element(page.getByRole('dialog'))
    .toHaveTextContent('Not in the file, left alone: Alder, Birch.')
})

test('a bad file is refused, naming file and field, and the next one is read', async () => {
  const { onImport } = await setup()
  choose('{"version":3,"organisations":[{"id":"x"}]}', 'broken.json')
  await expect
    .element(page.getByRole('alert'))
    .toHaveTextContent(/Nothing was imported\. broken\.json: organisations\[0\]\.name is missing/)
  choose(text([cedar]))
  await page.getByRole('button', { name: 'Add 1' }).click()
  expect(onImport).toHaveBeenCalledTimes(1)
})

test('without organisations there is nothing to export', async () => {
  await setup([])
  await expect.element(page.getByRole('button', { name: 'Export settings' })).toBeDisabled()
})
