import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { DAY_MS, durationMs, later, sourceId } from '#domain/units.ts'
import type { OrgFacts, SourceStatus } from '#monitor/orgFacts.ts'
import { createProbeDesk } from '#monitor/probes/probeDesk.ts'
import { addressesOf } from '#sources/genesys/addresses.ts'
import type { ProbeResult } from '#sources/genesys/probes/probe.ts'
import { createProbeStore } from '#sources/genesys/probes/probeStore.ts'
import type { AskContext } from '#sources/polledSource.ts'
import { SourceError } from '#sources/sourceError.ts'
import { MonitorProvider } from '#state/MonitorProvider.tsx'
import { chooseZone } from '#state/preferences.ts'
import { json } from '#testing/answering.ts'
import { memoryTokens, tokenUntil } from '#testing/monitorSetup.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { stillMonitor } from '#testing/stillMonitor.ts'
import { FACTS_AT, wellFacts } from '#testing/wellFacts.ts'
import { TidemarkTheme } from '#ui/theme/TidemarkTheme.tsx'
import { DiagnosticsScreen } from './DiagnosticsScreen.tsx'

const { organisation } = wellFacts()
const button = (name: string | RegExp) => page.getByRole('button', { name })
const row = (name: RegExp) => page.getByRole('row', { name })
const textOf = (locator: { element: () => Element }) =>
  plainSpaces(locator.element().textContent ?? '')

const refused: SourceStatus = {
  id: sourceId('genesys.operationalEvents'),
  title: 'Operational events about limits',
  everyMs: durationMs(60_000),
  metrics: [],
  state: 'off',
  lastOkAt: null,
  failingSince: later(FACTS_AT, -600_000),
  failure: {
    ...new SourceError('forbidden', 'no', { permission: 'usage:events:view' }).details,
    kind: 'forbidden',
    message: 'no',
  },
  nextAt: null,
  skippedTicks: 0,
}

const kept = (known: Partial<ProbeResult>): ProbeResult => ({
  probe: 'P11',
  state: 'works',
  findings: ['118 of 400 phones are OPERATIONAL.'],
  permission: null,
  at: later(FACTS_AT, -240_000),
  tookMs: durationMs(420),
  ...known,
})

/** Answers any probe; the last two segments of a path may be given an answer of their own. */
const answers: Record<string, () => Response | Promise<Response>> = {}
const network: AskContext['fetch'] = async (url) => {
  const path = new URL(url).pathname.split('/').slice(-2).join('/')
  return answers[path]?.() ?? json({ entities: [], total: 0 })
}

async function setup(facts: Partial<OrgFacts> = {}, earlier: readonly ProbeResult[] = []) {
  const monitor = {
    ...stillMonitor(FACTS_AT, facts),
    ask: <T,>(work: (context: AskContext) => Promise<T>, signal = new AbortController().signal) =>
      new Promise<T>((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error))
        work({ signal, now: () => FACTS_AT, fetch: network }).then(resolve, reject)
      }),
  }
  const tryNow = vi.spyOn(monitor, 'tryNow')
  const store = createProbeStore(localStorage)
  for (const result of earlier) store.keep(organisation.id, result)
  const connection = {
    org: organisation.id,
    addresses: addressesOf(organisation.domain),
    clientId: '5f3c',
    tokens: memoryTokens(tokenUntil(later(FACTS_AT, DAY_MS))),
  }
  const timer = { after: (_ms: number, call: () => void) => (call(), () => undefined) }
  const desk = createProbeDesk({ org: organisation.id, monitor, connection, store, timer })
  const onSignIn = vi.fn()
  await render(
    <TidemarkTheme theme="dark">
      <QueryClientProvider client={new QueryClient()}>
        <MonitorProvider monitor={monitor}>
          <DiagnosticsScreen
            desk={desk}
            connection={connection}
            needs={new Map()}
            onSignIn={onSignIn}
          />
        </MonitorProvider>
      </QueryClientProvider>
    </TidemarkTheme>,
  )
  return { monitor, desk, store, tryNow, onSignIn }
}

beforeEach(() => {
  localStorage.clear()
  chooseZone('UTC')
  for (const path of Object.keys(answers)) delete answers[path]
})

test('before anything was asked each probe says what it is for and that it was not run', async () => {
  await setup()
  expect(textOf(row(/P11 Phones operational/))).toContain('Not run')
  expect(textOf(row(/P11 Phones operational/))).toContain('Decides how good a proxy')
  await expect.element(page.getByRole('article', { name: /^P9 Headers of a 429/ })).toBeVisible()
  expect(textOf(page.getByRole('article', { name: /^P12/ }))).toContain('It would place a call')
})

test('what is known of the connection stands at the top, with the scopes of the token', async () => {
  answers['tokens/me'] = () => json({ authorizedScope: ['analytics:readonly', 'telephony'] })
  await setup()
  const head = page.getByRole('region', { name: 'Connection' })
  await expect.element(head).toHaveTextContent('analytics:readonly telephony')
  expect(textOf(head)).toContain('of Tidemark’s list not granted: notifications')
  expect(textOf(head)).toContain('eu_central_1, mypurecloud.de')
  expect(textOf(head)).toContain('signed in until Fri 18 Sep 2026 12:30')
})

test('scopes that cannot be read say why, and the rest is shown', async () => {
  answers['tokens/me'] = () => json({ code: 'service.unavailable' }, { status: 503 })
  await setup()
  const head = page.getByRole('region', { name: 'Connection' })
  await expect.element(head).toHaveTextContent('cannot be read: GET /api/v2/tokens/me answered 503')
})

test('all are run by keyboard, progress is told, and one that is refused stops no other', async () => {
  let answerPhones: (reply: Response) => void = () => undefined
  answers['limits/docs'] = () => json({ namespaces: [] })
  answers['events/definitions'] = () =>
    json(
      { code: 'missing.permissions', messageParams: { permissions: 'usage:events:view' } },
      { status: 403 },
    )
  answers['edges/phones'] = () => new Promise((resolve) => (answerPhones = resolve))
  const { desk, store } = await setup()
  button('Run all').element().focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByText('8 of 10: P11 Phones operational')).toBeVisible()
  await expect.element(button('Stop')).toHaveFocus()
  expect(textOf(row(/P11 Phones operational/))).toContain('Running')
  answers['edges/phones'] = () => json({ total: 400 })
  answerPhones(json({ total: 118 }))
  await vi.waitFor(() => expect(desk.state().run).toBeNull())
  expect(textOf(row(/P7 Operational events/))).toContain(
    'the permission usage:events:view is missing.Off because of it: operational events about limits.',
  )
  expect(textOf(row(/P11 Phones operational/))).toContain('118 of 400 phones are OPERATIONAL.')
  expect(store.load(organisation.id).results).toHaveLength(10)
  expect(textOf(page.getByRole('row', { name: /^usage:events:view/ }))).toContain('Missing')
})

test('a run can be stopped, also while a reply hangs: what has ended stays', async () => {
  answers['limits/docs'] = () => json({ namespaces: [] })
  answers['limits/namespaces'] = () => new Promise(() => undefined)
  const { desk } = await setup()
  await button('Run all').click()
  await expect.element(page.getByText('1 of 10: P2 List of namespaces')).toBeVisible()
  await button('Stop').click()
  await expect.element(button('Run all')).toBeVisible()
  expect([...desk.state().results.keys()]).toEqual(['P1'])
  expect(textOf(row(/P1 Documented limits/))).toContain('0 keys in 0 namespaces')
  expect(textOf(row(/P2 List of namespaces/))).toContain('Not run')
})

test('one probe is run alone', async () => {
  const { desk } = await setup()
  await button('Run P10 Renewal of the sign-in').click()
  await expect.element(row(/P10 Renewal/)).toHaveTextContent('without a refresh token')
  expect([...desk.state().results.keys()]).toEqual(['P10'])
})

test('results of days ago are shown as old', async () => {
  await setup({}, [
    kept({}),
    kept({ probe: 'P10', findings: ['No refresh token.'], at: later(FACTS_AT, -3 * DAY_MS) }),
  ])
  expect(textOf(row(/P11 Phones/))).toContain('4 min ago')
  expect(textOf(row(/P11 Phones/))).not.toContain('old')
  expect(textOf(row(/P10 Renewal/))).toContain('3 d ago, old')
})

test('earlier results that cannot be read are told of, and the page works', async () => {
  localStorage.setItem(`tidemark:diagnostics:${organisation.id}`, '{"version":9}')
  await setup()
  await expect.element(page.getByText(/^Earlier results cannot be read/)).toBeVisible()
  await expect.element(button('Run all')).toBeEnabled()
})

test('the results are copied as Markdown and as a table', async () => {
  const copied: string[] = []
  vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(async (text) => {
    copied.push(text)
  })
  await setup({}, [kept({})])
  await button('Copy for a ticket').click()
  await button('Copy as table').click()
  await vi.waitFor(() => expect(copied).toHaveLength(2))
  expect(copied[0]).toContain('### Diagnostics of Alder Retail (mypurecloud.de)')
  expect(copied[1]).toContain('\t118 of 400 phones are OPERATIONAL.\t')
  await button('Copy the role').click()
  await vi.waitFor(() => expect(copied[2]).toContain('- telephony:callMetrics:view: calls'))
})

test('a permission that a source was refused says what is off since when, and can be tried again', async () => {
  const { tryNow } = await setup({ sources: [refused] })
  const missing = page.getByRole('row', { name: /^usage:events:view/ })
  expect(textOf(missing)).toContain('Missing')
  expect(textOf(missing)).toContain('Operational events about limits, since Thu 17 Sep 2026 12:20')
  await button('Ask again what needs usage:events:view').click()
  expect(tryNow).toHaveBeenCalledExactlyOnceWith(refused.id)
})

test('signed out, nothing can be started, and what was found before is still there', async () => {
  const session = { kind: 'signedOut', reason: 'expired' } as const
  const { desk, onSignIn } = await setup({ session }, [kept({})])
  await expect.element(button('Run all')).toBeDisabled()
  button('Run P10 Renewal of the sign-in').element().focus()
  await userEvent.keyboard('{Enter}')
  expect(desk.state().run).toBeNull()
  expect(textOf(row(/P11 Phones/))).toContain('118 of 400 phones')
  expect(textOf(page.getByRole('region', { name: 'Connection' }))).toContain('the token has ended')
  await button('Sign in').click()
  expect(onSignIn).toHaveBeenCalledOnce()
})

test('an organisation of a feed alone says why there is nothing to probe', async () => {
  await setup({ session: { kind: 'notNeeded' } })
  await expect.element(page.getByText(/is read from a feed alone/)).toBeVisible()
  await expect.element(button('Run all')).toBeDisabled()
})
