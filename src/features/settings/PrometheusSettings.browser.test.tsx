import { useState } from 'react'
import { expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { durationMs, epochMs, orgId } from '#domain/units.ts'
import type { PromqlQuery } from '#sources/config/promqlQuery.ts'
import { organisationConfig, type OrganisationConfig } from '#sources/config/tidemarkConfig.ts'
import type { PrometheusProbe } from '#sources/history/prometheus/probePrometheus.ts'
import { TidemarkTheme } from '#ui/theme/TidemarkTheme.tsx'
import { PrometheusSettings } from './PrometheusSettings.tsx'
import type { SettingsActions } from './settingsActions.ts'

const PLACE = { url: 'http://127.0.0.1:9090', readsHistory: true, organisation: null }
const EDGE: PromqlQuery = {
  id: 'edge',
  title: 'Sockets at the edge',
  query: 'sum(haproxy_frontend_current_sessions{proxy="wss"})',
  unit: 'count',
  group: 'connections',
  provenance: 'measured',
  scope: 'organisation',
  everyMs: durationMs(15_000),
}

async function setup(
  known: Partial<OrganisationConfig> = {},
  acts: Partial<Pick<SettingsActions, 'checkPrometheus' | 'tryQuery'>> = {},
) {
  const onChange = vi.fn<(changes: Partial<OrganisationConfig>) => Promise<void>>(() =>
    Promise.resolve(),
  )
  const actions = {
    checkPrometheus: vi.fn<SettingsActions['checkPrometheus']>(() =>
      Promise.resolve({ kind: 'works', organisations: [] }),
    ),
    tryQuery: vi.fn<SettingsActions['tryQuery']>(() =>
      Promise.resolve({ kind: 'gives', value: 940 }),
    ),
    ...acts,
  }
  function Kept() {
    const [config, setConfig] = useState(() =>
      organisationConfig({ id: orgId('alder'), name: 'Alder', domain: 'mypurecloud.de', ...known }),
    )
    return (
      <PrometheusSettings
        config={config}
        actions={actions}
        onChange={async (changes) => {
          await onChange(changes)
          setConfig({ ...config, ...changes })
        }}
      />
    )
  }
  await render(
    <TidemarkTheme theme="dark">
      <Kept />
    </TidemarkTheme>,
  )
  return { onChange, actions }
}

const button = (name: string) => page.getByRole('button', { name, exact: true })
const field = (name: string) => page.getByRole('textbox', { name })
const address = () => field('Prometheus address')
const says = () => page.getByRole('status').first()

test('an address is kept with what it is for; nothing typed means none', async () => {
  const { onChange } = await setup()
  await expect.element(button('Save')).not.toBeInTheDocument()
  await address().fill(' /prometheus/ ')
  await field('Organisation’s id at the recorder').fill('alder-eu')
  await button('Save').click()
  expect(onChange).toHaveBeenLastCalledWith({
    prometheus: { url: '/prometheus', readsHistory: true, organisation: 'alder-eu' },
  })
  await expect.element(button('Save')).not.toBeInTheDocument()
  await page.getByRole('checkbox', { name: /^Read history/ }).click()
  await button('Save').click()
  expect(onChange).toHaveBeenLastCalledWith({
    prometheus: { url: '/prometheus', readsHistory: false, organisation: 'alder-eu' },
  })
  await address().clear()
  await userEvent.keyboard('{Enter}')
  expect(onChange).toHaveBeenLastCalledWith({ prometheus: null })
})

test('what is no address is said under its field, and not kept', async () => {
  const { onChange, actions } = await setup()
  await address().fill('http://me:secret@127.0.0.1:9090')
  await button('Save').click()
  await expect.element(page.getByText(/without a name or password/)).toBeVisible()
  await button('Check').click()
  expect(onChange).not.toHaveBeenCalled()
  expect(actions.checkPrometheus).not.toHaveBeenCalled()
  await button('Discard').click()
  await expect.element(address()).toHaveValue('')
})

const organisations = (...names: string[]): PrometheusProbe => ({
  kind: 'works',
  organisations: names.map((name) => ({ name, newestAt: epochMs(Date.now() - 12_000) })),
})

const CHECKS: [string, PrometheusProbe, RegExp][] = [
  [
    'with a recorder',
    organisations('alder', 'birch'),
    /Knows organisations alder, birch; the newest sample of alder is 1\d s old/,
  ],
  ['of others', organisations('birch'), /Knows organisation birch, and none that is called alder/],
  ['without a recorder', organisations(), /keeps nothing of a recorder/],
  ['that fails', { kind: 'fails', problem: 'No readable answer.' }, /^No readable answer\.$/],
]

test.each(CHECKS)('a check of one %s says what it found', async (_name, probe, words) => {
  const checkPrometheus = vi.fn(() => Promise.resolve(probe))
  await setup({ prometheus: PLACE }, { checkPrometheus })
  await button('Check').click()
  await expect.element(says()).toHaveTextContent(words)
  expect(checkPrometheus).toHaveBeenCalledExactlyOnceWith(PLACE.url)
})

test('a query is written, tried and added', async () => {
  const { onChange, actions } = await setup({ prometheus: PLACE })
  await button('Add a query').click()
  await button('Add').click()
  await expect.element(page.getByText('A name is needed to show it by.')).toBeVisible()
  await field('Name').fill('Sockets at the edge')
  await field('PromQL').fill(EDGE.query)
  await page.getByRole('combobox', { name: 'Asked every' }).selectOptions('30000')
  await button('Try').click()
  await expect.element(page.getByText('It gives 940 now.')).toBeVisible()
  expect(actions.tryQuery).toHaveBeenCalledExactlyOnceWith(PLACE.url, {
    ...EDGE,
    id: 'sockets-at-the-edge',
    everyMs: 30_000,
  })
  await button('Add').click()
  expect(onChange).toHaveBeenLastCalledWith({
    queries: [{ ...EDGE, id: 'sockets-at-the-edge', everyMs: 30_000 }],
  })
  await expect.element(page.getByRole('cell', { name: EDGE.query })).toBeVisible()
})

test('one that gives no number says so in the words of its failure', async () => {
  const problem = 'The query of “Sockets at the edge” gives 12 series and not one number.'
  await setup(
    { prometheus: PLACE, queries: [EDGE] },
    { tryQuery: () => Promise.resolve({ kind: 'fails', problem }) },
  )
  await button('Edit Sockets at the edge').click()
  await button('Try').click()
  await expect.element(page.getByText(problem)).toBeVisible()
})

test('a changed query keeps its series, and a proxy is not called WebSocket connections', async () => {
  const { onChange } = await setup({ prometheus: PLACE, queries: [EDGE] })
  await button('Edit Sockets at the edge').click()
  await field('Name').fill('WebSocket connections')
  await page.getByRole('combobox', { name: 'How it comes to be' }).selectOptions('proxy')
  await page.getByRole('form').getByRole('button', { name: 'Save' }).click()
  await expect.element(page.getByText(/only what was measured may be/)).toBeVisible()
  expect(onChange).not.toHaveBeenCalled()
  await field('Name').fill('Edge sockets')
  await page.getByRole('form').getByRole('button', { name: 'Save' }).click()
  expect(onChange).toHaveBeenLastCalledWith({
    queries: [{ ...EDGE, title: 'Edge sockets', provenance: 'proxy' }],
  })
})

test('a removed query can be brought back', async () => {
  const { onChange } = await setup({ prometheus: PLACE, queries: [EDGE] })
  await button('Remove Sockets at the edge').click()
  expect(onChange).toHaveBeenLastCalledWith({ queries: [] })
  await button('Undo').click()
  expect(onChange).toHaveBeenLastCalledWith({ queries: [EDGE] })
})

test('queries wait for an address, and cannot be tried before', async () => {
  await setup({ queries: [EDGE] })
  await expect.element(page.getByText(/asked once an address is kept/)).toBeVisible()
  await button('Edit Sockets at the edge').click()
  await expect.element(button('Try')).toBeDisabled()
})
