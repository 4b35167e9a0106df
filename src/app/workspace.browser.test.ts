import { afterEach, expect, test, vi } from 'vitest'
import { orgId } from '#domain/units.ts'
import { saveConfig } from '#sources/config/configStore.ts'
import {
  CONFIG_VERSION,
  type OrganisationConfig,
  organisationConfig,
} from '#sources/config/tidemarkConfig.ts'
import { createWorkspace } from './workspace.ts'

/** Nobody listens there: what is watched stays without a reply, which is all that is needed here. */
const NOBODY = '127.0.0.1:9'
const birch = organisationConfig({ id: orgId('birch'), name: 'Birch', domain: NOBODY })

/** What another tab does to the settings, as this one hears of it. */
function saveInAnotherTab(organisations: OrganisationConfig[]) {
  expect(saveConfig(localStorage, { version: CONFIG_VERSION, organisations })).toBeNull()
  window.dispatchEvent(new StorageEvent('storage'))
}

async function setup() {
  saveConfig(localStorage, { version: CONFIG_VERSION, organisations: [birch] })
  const workspace = createWorkspace()
  await workspace.open(birch.id)
  const opened = () => workspace.state().opened.get(birch.id)
  return { workspace, opened, first: opened()! }
}

afterEach(async () => {
  saveInAnotherTab([])
  await vi.waitFor(() => expect(localStorage.getItem('tidemark:config')).toContain('[]'))
  sessionStorage.clear()
})

test('an organisation that another tab removed is watched no more', async () => {
  const { workspace, opened } = await setup()
  saveInAnotherTab([])
  await vi.waitFor(() => expect(opened()).toBeUndefined())
  expect(workspace.state()).toMatchObject({ organisations: [], currentId: null })
})

test('one that is there again is watched again', async () => {
  const { opened, first } = await setup()
  saveInAnotherTab([])
  await vi.waitFor(() => expect(opened()).toBeUndefined())
  saveInAnotherTab([birch])
  await vi.waitFor(() => expect(opened()).toBeDefined())
  expect(opened()).not.toBe(first)
})

test('what another tab changed holds here, too; what it left alone goes on undisturbed', async () => {
  const { opened, first } = await setup()
  saveInAnotherTab([birch])
  expect(opened()).toBe(first)
  saveInAnotherTab([{ ...birch, name: 'Birch Insurance' }])
  await vi.waitFor(() => expect(opened()?.organisation.name).toBe('Birch Insurance'))
})

test('other thresholds are recorded with what they replaced and the time of the change', async () => {
  const { workspace } = await setup()
  const before = Date.now()
  const changed = { warnAt: 0.7, criticalAt: 0.9 }
  await workspace.change(birch.id, { thresholds: { 'calls.concurrent': changed } })
  await workspace.change(birch.id, { name: 'Birch Insurance' })
  const [known] = workspace.state().organisations
  expect(known?.config.thresholdChanges).toEqual([
    {
      metric: 'calls.concurrent',
      from: expect.any(Number),
      ...changed,
      before: { warnAt: 0.8, criticalAt: 0.9 },
    },
  ])
  const { from } = known!.config.thresholdChanges[0]!
  expect(from).toBeGreaterThanOrEqual(before)
  expect(from).toBeLessThanOrEqual(Date.now())
})
