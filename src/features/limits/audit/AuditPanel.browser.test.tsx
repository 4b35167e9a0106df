import { expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { auditSummary } from '#domain/limits/audit/auditSummary.ts'
import { DAY_MS, type DurationMs, later } from '#domain/units.ts'
import { createAuditDesk } from '#monitor/audits/auditDesk.ts'
import type { OrgFacts } from '#monitor/orgFacts.ts'
import { createPageTimer } from '#monitor/pageTimer.ts'
import { simulatedAddresses } from '#sources/genesys/addresses.ts'
import { chooseZone } from '#state/preferences.ts'
import { MonitorProvider } from '#state/MonitorProvider.tsx'
import { memoryAudits } from '#testing/memoryAudits.ts'
import { memoryTokens, tokenUntil } from '#testing/monitorSetup.ts'
import { refusedFor, someAudit, type SomeKey, someRequest } from '#testing/someAudit.ts'
import { stillMonitor } from '#testing/stillMonitor.ts'
import { FACTS_AT, wellFacts } from '#testing/wellFacts.ts'
import { TidemarkTheme } from '#ui/theme/TidemarkTheme.tsx'
import { AuditPanel } from './AuditPanel.tsx'

const { organisation } = wellFacts()
const RUNNING = { namespace: 'dataactions', key: 'actions.concurrent.executions.max' }
const RATE = { namespace: 'platform.api', key: 'token.rate.per.minute' }

const auditAt = (daysAgo: number, told: readonly SomeKey[], parts = {}) =>
  someAudit({ organisation, takenAt: later(FACTS_AT, -daysAgo * DAY_MS), told, ...parts })

/** Two audits, the newer one with a value that a request raised and one that nothing explains. */
async function twoAudits() {
  const store = memoryAudits()
  const before = auditAt(1, [
    { ...RUNNING, value: 50, byDefault: 50 },
    { ...RATE, value: 300 },
    { namespace: 'usage', key: 'exports.max', value: 5 },
  ])
  const after = auditAt(
    0,
    [
      { ...RUNNING, value: 75, byDefault: 50 },
      { ...RATE, value: 600 },
    ],
    {
      failures: { usage: refusedFor('usage:any:view') },
      requests: [
        someRequest({ ...RUNNING, requestedValue: 75, completedAt: later(FACTS_AT, -60_000) }),
      ],
    },
  )
  await store.keep(before, auditSummary(before, null))
  await store.keep(after, auditSummary(after, before))
  return store
}

type Parts = {
  store?: ReturnType<typeof memoryAudits>
  facts?: Partial<OrgFacts>
  everyMs?: DurationMs | null
  fetch?: typeof globalThis.fetch
}

async function setup({ store = memoryAudits(), facts, everyMs = DAY_MS, fetch }: Parts = {}) {
  chooseZone('UTC')
  const monitor = stillMonitor(FACTS_AT, facts)
  const desk = createAuditDesk({
    monitor: {
      ...monitor,
      ask: (work, signal = new AbortController().signal) =>
        work({
          signal,
          now: monitor.now,
          fetch: fetch ?? (() => Promise.reject(new TypeError('Failed to fetch'))),
        }),
    },
    connection: {
      org: organisation.id,
      addresses: simulatedAddresses('http://tenant.test'),
      clientId: 'test',
      tokens: memoryTokens(tokenUntil(later(FACTS_AT, DAY_MS))),
    },
    store,
    timer: createPageTimer(),
    everyMs: () => everyMs,
    tidemark: null,
  })
  const onEvery = vi.fn()
  await render(
    <TidemarkTheme theme="dark">
      <MonitorProvider monitor={monitor}>
        <div style={{ width: 304, padding: 12 }}>
          <AuditPanel desk={desk} everyMs={everyMs} onEvery={onEvery} />
        </div>
      </MonitorProvider>
    </TidemarkTheme>,
  )
  return { desk, onEvery }
}

const panel = () => page.getByRole('region', { name: 'Audit of limits' })
const button = (name: string | RegExp) => page.getByRole('button', { name })

test('the newest audit tells what changed since the one before, explained or not', async () => {
  const { desk } = await setup({ store: await twoAudits() })
  await expect.element(panel()).toHaveTextContent('2 kept')
  await expect.element(panel()).toHaveTextContent(/actions\.concurrent\.executions\.max.*50 → 75/)
  await expect.element(panel()).toHaveTextContent(/change request, carried out 17 Sep 12:29/)
  await expect.element(panel()).toHaveTextContent(/300 → 600.*unexplained: no request leads to it/)
  await expect.element(panel()).toHaveTextContent(/1 could not be compared/)
  await page.getByText(/could not be compared/).click()
  await expect.element(panel()).toHaveTextContent(/permission missing: usage:any:view usage/)
  desk.stop()
})

test('an older audit is opened by its line, and says that none is before it', async () => {
  const { desk } = await setup({ store: await twoAudits() })
  await button(/16 Sep/).click()
  await expect.element(panel()).toHaveTextContent(/The first audit: there is none before it/)
  await expect.element(button('JSON file')).toBeVisible()
  await expect.element(button('CSV file')).toBeVisible()
  desk.stop()
})

test('an audit under way shows how far it is, and can be called off', async () => {
  const asked: string[] = []
  const { desk } = await setup({
    fetch: async (url) => {
      const path = new URL(url as string).pathname
      asked.push(path)
      if (path.endsWith('/namespaces/notifications')) return new Promise(() => undefined)
      return Response.json({ entities: [], namespaces: [] })
    },
  })
  await button('Audit now').click()
  await expect.element(panel()).toHaveTextContent('1 of 87 namespaces read')
  await expect.element(button('Audit now')).toBeDisabled()
  await expect.element(page.getByRole('progressbar', { name: 'Namespaces read' })).toBeVisible()
  desk.stop()
  expect(asked).toContain('/api/v2/organizations/limits/namespaces/platform.api')
})

test('an audit that fails says why and what helps', async () => {
  const { desk } = await setup({
    fetch: async () => Response.json({ status: 401, code: 'bad.credentials' }, { status: 401 }),
  })
  await button('Audit now').click()
  await expect
    .element(page.getByRole('alert'))
    .toHaveTextContent(/The audit broke off: .*Sign in, then audit again\./)
  desk.stop()
})

test('the schedule is chosen here, and says when the next one comes or why none does', async () => {
  const { desk, onEvery } = await setup({
    facts: { session: { kind: 'signedOut', reason: 'left' } },
  })
  await expect.element(panel()).toHaveTextContent('None until somebody is signed in.')
  await page.getByLabelText('Audit by itself').selectOptions('Every week')
  expect(onEvery).toHaveBeenCalledWith(7 * DAY_MS)
  await page.getByLabelText('Audit by itself').selectOptions('Never by itself')
  expect(onEvery).toHaveBeenLastCalledWith(null)
  desk.stop()
})

test('a browser that keeps no audits says so', async () => {
  const store = memoryAudits()
  store.fail(new Error('this browser does not let this page store anything'))
  const { desk } = await setup({ store })
  await expect
    .element(page.getByRole('status'))
    .toHaveTextContent('Kept audits cannot be read: this browser does not let this page store')
  await expect.element(panel()).toHaveTextContent('No audit is kept yet.')
  desk.stop()
})
