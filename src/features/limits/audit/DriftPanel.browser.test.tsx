import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { Audit } from '#domain/limits/audit/audit.ts'
import { auditSummary } from '#domain/limits/audit/auditSummary.ts'
import { auditJson } from '#sources/exports/auditFiles.ts'
import { chooseZone } from '#state/preferences.ts'
import { memoryAudits } from '#testing/memoryAudits.ts'
import { refusedFor, someAudit, type SomeKey, workingSource } from '#testing/someAudit.ts'
import { someMetric } from '#testing/someMetric.ts'
import { orgId } from '#domain/units.ts'
import { TidemarkTheme } from '#ui/theme/TidemarkTheme.tsx'
import { DriftPanel } from './DriftPanel.tsx'

const told = (running: number, rate: number): SomeKey[] => [
  { namespace: 'dataactions', key: 'actions.concurrent.executions.max', value: running },
  { namespace: 'platform.api', key: 'token.rate.per.minute', value: rate },
  { namespace: 'quality', key: 'evaluations.per.agent.per.day', value: 50 },
]
const thresholds = (warnAt: number) => [
  someMetric('calls.concurrent', { title: 'Calls', thresholds: { warnAt, criticalAt: 0.9 } }),
]
const PERMISSION = 'analytics:flowObservation:view'
const flows = workingSource('genesys.flowActivity')

const retail = someAudit({ told: told(75, 300), metrics: thresholds(0.8), sources: [flows] })
const recovery = someAudit({
  organisationName: 'Alder Retail DR',
  told: told(50, 600),
  metrics: thresholds(0.7),
  sources: [{ ...flows, state: 'refused', permission: PERMISSION }],
})
const wholesale = someAudit({
  organisationName: 'Alder Wholesale',
  told: told(75, 300).slice(0, 2),
  failures: { quality: refusedFor('quality:any:view') },
})

async function setup(audits: readonly Audit[], names: readonly string[]) {
  chooseZone('UTC')
  const store = memoryAudits()
  for (const audit of audits) await store.keep(audit, auditSummary(audit, null))
  const organisations = names.map((name) => ({
    id: orgId(name.toLowerCase().replaceAll(' ', '-')),
    name,
    desk: null,
  }))
  await render(
    <TidemarkTheme theme="dark">
      <div style={{ width: 304, padding: 12 }}>
        <DriftPanel organisations={organisations} store={store} />
      </div>
    </TidemarkTheme>,
  )
}

const panel = () => page.getByRole('region', { name: 'Compare organisations' })
const rowsOf = () =>
  page
    .getByRole('table')
    .getByRole('row')
    .elements()
    .map((row) => [...row.children].map((cell) => cell.textContent))

test('two organisations: how many limits differ, and which, with both values', async () => {
  await setup([retail, recovery], ['Alder Retail', 'Alder Retail DR'])
  await expect.element(panel()).toHaveTextContent('2 of 3 limits differ.')
  expect(rowsOf()).toEqual([
    ['Limit', 'Alder Retail', 'Alder Retail DR'],
    ['actions.concurrent.executions.max', '75', '50'],
    ['token.rate.per.minute', '300', '600'],
  ])
  await page.getByRole('checkbox', { name: 'Show namespaces' }).click()
  await expect.element(panel()).toHaveTextContent('actions.concurrent.executions.maxdataactions')
})

test('thresholds and permissions are compared, too', async () => {
  await setup([retail, recovery], ['Alder Retail', 'Alder Retail DR'])
  await page.getByRole('button', { name: /Thresholds/ }).click()
  expect(rowsOf()[1]!.map((text) => text.replaceAll('\u202f', ' '))).toEqual([
    'Calls',
    '80 % / 90 %',
    '70 % / 90 %',
  ])
  await page.getByRole('button', { name: /Permissions/ }).click()
  expect(rowsOf()[1]).toEqual([PERMISSION, 'granted', 'missing'])
  await page.getByRole('button', { name: /Defaults/ }).click()
  await expect.element(panel()).toHaveTextContent('None of the defaults differ.')
})

test('all organisations at once, with what one of them could not read', async () => {
  await setup([retail, recovery, wholesale], ['Alder Retail', 'Alder Retail DR', 'Alder Wholesale'])
  await expect.element(page.getByRole('heading', { name: '3 organisations' })).toBeVisible()
  expect(rowsOf()[1]).toEqual(['actions.concurrent.executions.max', '75', '50', '75'])
  await expect.element(panel()).toHaveTextContent('1 could not be compared')
  await page.getByRole('button', { name: 'Show it large' }).click()
  await expect.element(page.getByRole('dialog', { name: '3 organisations' })).toBeVisible()
})

test('an organisation that was never audited is named, and the others are compared', async () => {
  await setup([retail, recovery], ['Alder Retail', 'Alder Retail DR', 'Alder Wholesale'])
  await expect.element(panel()).toHaveTextContent('Alder Wholesale has no audit yet.')
  await expect.element(panel()).toHaveTextContent('2 of 3 limits differ.')
  await page.getByLabelText('Compare with').selectOptions('With Alder Wholesale')
  await expect.element(panel()).not.toHaveTextContent('limits differ')
})

test('a file of an audit is compared with, and one that is none is refused by name', async () => {
  await setup([retail], ['Alder Retail'])
  await expect.element(panel()).toHaveTextContent('Choose the JSON file of an audit')
  const input = page.getByLabelText('Files of audits')
  await userEvent.upload(input, [
    new File([auditJson(recovery)], 'dr.json', { type: 'application/json' }),
    new File(['{}'], 'other.json', { type: 'application/json' }),
  ])
  await expect
    .element(page.getByRole('alert'))
    .toHaveTextContent('other.json: it is no audit of Tidemark')
  await expect
    .element(page.getByRole('heading', { name: 'Alder Retail and Alder Retail DR' }))
    .toBeVisible()
  await expect.element(panel()).toHaveTextContent('2 of 3 limits differ.')
})
