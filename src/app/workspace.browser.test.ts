import { afterEach, expect, test, vi } from 'vitest'
import { epochMs, metricId, orgId } from '#domain/units.ts'
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

const cedar = organisationConfig({ id: orgId('cedar'), name: 'Cedar', domain: NOBODY })
/** Nobody is signed in there, and it has no feed. */
const elm = organisationConfig({ id: orgId('elm'), name: 'Elm', domain: 'mypurecloud.de' })
const fir = organisationConfig({
  id: orgId('fir'),
  name: 'Fir',
  domain: 'simulated',
  simulation: { scenario: 'there is none of this name', seed: 1, startMs: epochMs(0) },
})

/** The workspaces of earlier tests still watch: a turn may take its time. */
const inTurn = (check: () => void) => vi.waitFor(check, { timeout: 10_000 })

function several(organisations: OrganisationConfig[]) {
  saveConfig(localStorage, { version: CONFIG_VERSION, organisations })
  const workspace = createWorkspace()
  const kinds = () =>
    Object.fromEntries([...workspace.state().watches].map(([id, { kind }]) => [id, kind]))
  return { workspace, kinds }
}

test('all that can be watched is, without any being opened; one that fails says why', async () => {
  const { workspace, kinds } = several([fir, birch, elm, cedar])
  workspace.watchAll(true)
  await inTurn(() => expect(kinds()).toEqual({ fir: 'failed', birch: 'watched', cedar: 'watched' }))
  expect(workspace.state().currentId).toBeNull()
  expect(workspace.state().watches.get(fir.id)).toMatchObject({
    reason: expect.stringContaining('there is none of this name'),
  })
})

test('one that somebody signs in to is watched from then on', async () => {
  const { workspace, kinds } = several([elm])
  workspace.watchAll(true)
  expect(kinds()).toEqual({})
  const expiresAt = epochMs(Date.now() + 3_600_000)
  workspace
    .accessOf(elm.id)!
    .connection.tokens.set({ accessToken: 'some', expiresAt, refreshToken: null })
  await vi.waitFor(() => expect(kinds()).toEqual({ elm: 'watched' }))
})

test('only what was opened goes on where not all are to be watched', async () => {
  const { workspace, kinds } = several([birch, cedar])
  workspace.watchAll(true)
  await inTurn(() => expect(kinds()).toEqual({ birch: 'watched', cedar: 'watched' }))
  await workspace.open(cedar.id)
  workspace.watchAll(false)
  await vi.waitFor(() => expect(kinds()).toEqual({ cedar: 'watched' }))
})

test('editing, signing out of and removing one leave the others on the same watch', async () => {
  const { workspace, kinds } = several([birch, cedar])
  workspace.watchAll(true)
  await inTurn(() => expect(kinds()).toEqual({ birch: 'watched', cedar: 'watched' }))
  const before = workspace.state().watches.get(cedar.id)
  await workspace.change(birch.id, { name: 'Birch Insurance' })
  await workspace.signOut(birch.id)
  await workspace.remove(birch.id)
  await vi.waitFor(() => expect(kinds()).toEqual({ cedar: 'watched' }))
  expect(workspace.state().watches.get(cedar.id)).toBe(before)
})

test('typed limits are taken over by the running watch', async () => {
  const { workspace } = several([birch])
  const watched = await workspace.open(birch.id)
  const limit = {
    metric: metricId('connections.open'),
    value: 50,
    from: epochMs(0),
    until: null,
    author: 'Ada',
    setAt: epochMs(1),
    note: '',
  }
  await workspace.change(birch.id, { manualLimits: [limit] })
  expect(workspace.state().opened.get(birch.id)).toBe(watched)
  expect(watched!.monitor.facts().limitSettings.manualLimits).toEqual([limit])
})

test('an import adds and replaces, and its undo brings back what was, and nothing else', async () => {
  const { workspace } = several([birch, elm])
  workspace.watchAll(true)
  const undo = await workspace.importSettings([{ ...birch, name: 'Birch Insurance' }, cedar])
  const names = () => workspace.state().organisations.map(({ config }) => config.name)
  expect(names()).toEqual(['Birch Insurance', 'Elm', 'Cedar'])
  await inTurn(() => expect(workspace.state().opened.has(cedar.id)).toBe(true))
  await undo()
  expect(names()).toEqual(['Birch', 'Elm'])
  expect(workspace.state().opened.has(cedar.id)).toBe(false)
})
