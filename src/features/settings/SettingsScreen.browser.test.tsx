import { expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { Metric } from '#domain/metrics/metric.ts'
import { durationMs, epochMs, metricId, sourceId } from '#domain/units.ts'
import type { OrgFacts, SourceStatus } from '#monitor/orgFacts.ts'
import { organisationConfig } from '#sources/config/tidemarkConfig.ts'
import { SourceError } from '#sources/sourceError.ts'
import { chooseZone, usePreferencesStore } from '#state/preferences.ts'
import { stillMonitor } from '#testing/stillMonitor.ts'
import { FACTS_AT, wellFacts } from '#testing/wellFacts.ts'
import { TidemarkTheme } from '#ui/theme/TidemarkTheme.tsx'
import { SettingsScreen } from './SettingsScreen.tsx'
import type { SettingsActions, SettingsOrganisation } from './settingsActions.ts'

const { organisation } = wellFacts()
const config = organisationConfig({
  id: organisation.id,
  name: organisation.name,
  domain: organisation.domain,
  clientId: '5f3c',
})

const calls: Metric = {
  id: metricId('calls.concurrent'),
  title: 'Calls',
  unit: 'count',
  kind: 'gauge',
  group: 'sessions',
  provenance: 'measured',
  scope: 'organisation',
  origin: 'Genesys Cloud',
  intervalMs: durationMs(10_000),
  thresholds: { warnAt: 0.8, criticalAt: 0.9 },
}

const source = (title: string, known: Partial<SourceStatus>): SourceStatus => ({
  id: sourceId(title),
  title,
  everyMs: durationMs(10_000),
  metrics: [],
  state: 'ok',
  lastOkAt: epochMs(FACTS_AT - 4_000),
  failingSince: null,
  failure: null,
  nextAt: null,
  skippedTicks: 0,
  ...known,
})

const failure = (kind: SourceError['kind'], message: string, permission: string | null = null) => ({
  ...new SourceError(kind, message, { permission }).details,
  kind,
  message,
})

async function setup(
  facts: Partial<OrgFacts> = {},
  known: Partial<SettingsOrganisation> = {},
  acts: Partial<SettingsActions> = {},
) {
  const monitor = stillMonitor(FACTS_AT, facts)
  const actions = {
    show: vi.fn(),
    showWindow: vi.fn(),
    windowHref: vi.fn(() => '/'),
    diagnose: vi.fn(),
    signIn: vi.fn(),
    signOut: vi.fn(() => Promise.resolve()),
    change: vi.fn(() => Promise.resolve()),
    setFeedBearer: vi.fn(),
    checkFeed: vi.fn(() => Promise.resolve({ kind: 'works', organisations: [] } as const)),
    checkPrometheus: vi.fn(() => Promise.resolve({ kind: 'works', organisations: [] } as const)),
    tryQuery: vi.fn(() => Promise.resolve({ kind: 'gives', value: 940 } as const)),
    readQueues: vi.fn(() => Promise.resolve({ kind: 'read', queues: [], isWhole: true } as const)),
    remove: vi.fn(() => Promise.resolve()),
    clearHistory: vi.fn(() => Promise.resolve()),
    importSettings: vi.fn(() => Promise.resolve(() => Promise.resolve())),
    ...acts,
  } satisfies SettingsActions
  const shown: SettingsOrganisation = {
    config,
    organisation,
    monitor,
    expiry: () => ({ kind: 'fine', leftMs: durationMs(7_200_000) }),
    feedBearer: null,
    ...known,
  }
  await render(
    <TidemarkTheme theme="dark">
      <SettingsScreen
        organisations={[shown]}
        currentId={organisation.id}
        redirectUri="http://127.0.0.1:4180/signed-in"
        actions={actions}
      />
    </TidemarkTheme>,
  )
  return { actions, tried: monitor.asked.sources }
}

test('every source says whether it works, and why not', async () => {
  chooseZone('UTC')
  await setup({
    sources: [
      source('Call metrics', {}),
      source('Flows', {
        state: 'off',
        failure: failure('forbidden', 'No.', 'analytics:flowObservation:view'),
        lastOkAt: null,
      }),
      source('Phones', { state: 'off', failure: failure('absent', 'Answered 404.') }),
      source('Feed', {
        state: 'failing',
        failure: failure('unavailable', 'Answered 503.'),
        failingSince: epochMs(FACTS_AT - 68_000),
        nextAt: epochMs(FACTS_AT + 12_000),
      }),
    ],
  })
  const row = (name: string) => page.getByRole('row', { name: new RegExp(name) })
  await expect.element(row('Call metrics')).toHaveTextContent(/Works.*4 s ago.*10 s/)
  await expect
    .element(row('Flows'))
    .toHaveTextContent(/Forbidden.*Permission missing: analytics:flowObservation:view\..*none yet/)
  await expect.element(row('Phones')).toHaveTextContent(/Absent.*Answered 404/)
  await expect
    .element(row('Feed Failing'))
    .toHaveTextContent(/Failing.*Answered 503. Since 12:29:00. Next attempt at 12:30:20./)
})

test('a source can be tried now', async () => {
  const { tried } = await setup({
    sources: [source('Flows', { state: 'off', failure: failure('absent', 'No.') })],
  })
  await page.getByRole('button', { name: 'Try Flows now' }).click()
  expect(tried).toEqual(['Flows'])
})

test('a source is switched off and on again, and what is off says who wanted it', async () => {
  const off = { ...config, sourcesOff: ['Flows', 'of another version'] }
  const sources = [source('Calls', {}), source('Flows', { state: 'off', lastOkAt: null })]
  const { actions } = await setup({ sources }, { config: off })
  await expect.element(page.getByRole('row', { name: /Flows/ })).toHaveTextContent(/Off, by you/)
  expect(page.getByRole('button', { name: 'Try Flows now' }).elements()).toEqual([])
  await page.getByRole('button', { name: 'Switch Flows on' }).click()
  expect(actions.change).toHaveBeenLastCalledWith(organisation.id, {
    sourcesOff: ['of another version'],
  })
  await page.getByRole('button', { name: 'Switch Calls off' }).click()
  expect(actions.change).toHaveBeenLastCalledWith(organisation.id, {
    sourcesOff: ['Flows', 'of another version', 'Calls'],
  })
})

test('a threshold is taken over with Enter, and what makes no sense is not', async () => {
  const limit = { from: epochMs(0), value: 1000, source: 'registry' }
  const { actions } = await setup({ metrics: [calls], limits: new Map([[calls.id, [limit]]]) })
  const warn = page.getByLabelText('Calls: warn from, percent')
  await warn.fill('70')
  await userEvent.keyboard('{Enter}')
  expect(actions.change).toHaveBeenLastCalledWith(organisation.id, {
    thresholds: { 'calls.concurrent': { warnAt: 0.7, criticalAt: 0.9 } },
  })
  await warn.fill('95')
  await userEvent.keyboard('{Enter}')
  await expect
    .element(page.getByRole('alert'))
    .toHaveTextContent('Warn must not lie above critical.')
  await warn.fill('many')
  await userEvent.keyboard('{Enter}')
  expect(actions.change).toHaveBeenCalledTimes(1)
  await expect.element(warn).toHaveValue('80')
})

test('the settings say that polling keeps the session alive, and let a hidden tab stop', async () => {
  const { actions } = await setup()
  await expect.element(page.getByText(/keeps the signed-in user’s session alive/)).toBeVisible()
  await page.getByLabelText('A hidden tab stops asking').selectOptions('After 30 min')
  expect(actions.change).toHaveBeenCalledWith(organisation.id, { idleStopMs: 1_800_000 })
})

test('signing out and in are one click each', async () => {
  const signedIn = await setup()
  await page.getByRole('button', { name: 'Sign out of Alder Retail' }).click()
  expect(signedIn.actions.signOut).toHaveBeenCalledWith(organisation.id)
})

test('signed out, the same place signs in', async () => {
  const { actions } = await setup({}, { expiry: () => null })
  await page.getByRole('button', { name: 'Sign in to Alder Retail' }).click()
  expect(actions.signIn).toHaveBeenCalledWith(organisation.id)
})

test('an organisation is removed only after a second word', async () => {
  const { actions } = await setup()
  await page.getByRole('button', { name: 'Remove Alder Retail' }).click()
  await page.getByRole('button', { name: 'Cancel' }).click()
  expect(actions.remove).not.toHaveBeenCalled()
  await page.getByRole('button', { name: 'Remove Alder Retail' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await vi.waitFor(() => expect(actions.remove).toHaveBeenCalledWith(organisation.id))
})

test('a feed is checked before it is saved, and its token is kept apart from the settings', async () => {
  const { actions } = await setup(
    {},
    {},
    {
      checkFeed: () => Promise.resolve({ kind: 'fails', problem: 'Nothing listens there.' }),
    },
  )
  await page.getByRole('button', { name: 'Edit Alder Retail' }).click()
  await page.getByLabelText('Feed address').fill('127.0.0.1:9000')
  await page.getByLabelText('Feed token').fill('secret')
  await page.getByRole('button', { name: 'Check the feed' }).click()
  await expect.element(page.getByText('Nothing listens there.')).toBeVisible()
  await page.getByRole('button', { name: 'Save' }).click()
  expect(actions.setFeedBearer).toHaveBeenCalledWith(organisation.id, 'secret')
  expect(actions.change).toHaveBeenCalledWith(organisation.id, {
    name: 'Alder Retail',
    clientId: '5f3c',
    feed: { url: 'http://127.0.0.1:9000', organisation: null },
  })
})

test('theme and zone are chosen and kept', async () => {
  await setup()
  await page.getByRole('radio', { name: 'Light' }).click()
  await page.getByLabelText('Zone of clock times').selectOptions('Europe/Berlin')
  expect(usePreferencesStore.getState()).toMatchObject({ theme: 'light', zone: 'Europe/Berlin' })
  expect(localStorage.getItem('tidemark.preferences')).toContain('Europe/Berlin')
})
