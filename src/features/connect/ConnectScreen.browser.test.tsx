import { useState } from 'react'
import { beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { durationMs, orgId, sourceId } from '#domain/units.ts'
import type { OrgFacts, SourceStatus } from '#monitor/orgFacts.ts'
import { someMetric } from '#testing/someMetric.ts'
import { stillMonitor } from '#testing/stillMonitor.ts'
import { FACTS_AT } from '#testing/wellFacts.ts'
import { TidemarkTheme } from '#ui/theme/TidemarkTheme.tsx'
import { ConnectScreen } from './ConnectScreen.tsx'
import type { ConnectProblem, ConnectRequest } from './connectRequest.ts'
import type { ConnectStep } from './connectSteps.ts'
import type { Twin } from './TwinNote.tsx'
import { useConnectDraft } from './useConnectDraft.ts'

const REDIRECT = 'https://tidemark.example/signed-in'
const alder = { id: orgId('alder'), name: 'Alder Retail' }

type Known = { known?: typeof alder | null; twin?: Twin | null; facts?: Partial<OrgFacts> | null }

function setup({ known = null, twin = null, facts = null }: Known = {}) {
  const monitor = facts && stillMonitor(FACTS_AT, facts)
  const acts = {
    signIn: vi.fn<(request: ConnectRequest) => Promise<ConnectProblem | null>>(async () => null),
    open: vi.fn(),
    takeTwin: vi.fn(),
    another: vi.fn(),
  }
  function Screen({ first }: { first: ConnectStep }) {
    const [step, goTo] = useState(first)
    const [draft, change] = useConnectDraft(sessionStorage, null)
    return (
      <TidemarkTheme theme="dark">
        <ConnectScreen
          step={step}
          draft={draft}
          redirectUri={REDIRECT}
          embedding={null}
          isFramed={false}
          known={known}
          monitor={monitor}
          twin={twin}
          actions={{ ...acts, goTo, change }}
        />
      </TidemarkTheme>
    )
  }
  const show = (first: ConnectStep = 'region') => render(<Screen first={first} />)
  return { ...acts, monitor, show }
}

const step = (name: string) => page.getByRole('region', { name })
const regionField = () => page.getByRole('combobox', { name: 'Region' })
const next = () => page.getByRole('button', { name: 'Continue', exact: true }).click()

beforeEach(() => sessionStorage.clear())

test('from the region over the client to the sign-in, by the keyboard alone', async () => {
  const { show, signIn } = setup()
  await show()
  await userEvent.tab()
  await expect.element(regionField()).toHaveFocus()
  await userEvent.selectOptions(regionField(), 'mypurecloud.com.au')
  await userEvent.tab()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('heading', { name: 'OAuth client' })).toHaveFocus()
  page.getByLabelText('OAuth client ID').element().focus()
  await userEvent.keyboard(' 5f3c {Enter}')
  await expect.element(page.getByRole('heading', { name: 'Sign-in' })).toHaveFocus()
  await userEvent.tab()
  await userEvent.keyboard('{Enter}')
  expect(signIn).toHaveBeenCalledExactlyOnceWith({
    domain: 'mypurecloud.com.au',
    clientId: '5f3c',
    feedUrl: null,
  })
})

test('a step is checked as it is left, and says at its field what is wrong', async () => {
  const { show } = setup()
  await show()
  await regionField().selectOptions('other')
  await page.getByLabelText('Domain or address').fill('https://apps.mypurecloud.de/x')
  await next()
  await expect
    .element(page.getByLabelText('Domain or address'))
    .toHaveAccessibleDescription(/Type the domain alone/)
  await page.getByLabelText('Domain or address').fill('mypurecloud.de')
  await next()
  await next()
  await expect
    .element(page.getByLabelText('OAuth client ID'))
    .toHaveAccessibleDescription(/Copy it from the OAuth client/)
  await page.getByLabelText('OAuth client ID').fill('https://x/y')
  await expect
    .element(page.getByLabelText('OAuth client ID'))
    .toHaveAccessibleDescription(/no spaces and no slashes/)
})

test('what was typed stays, backwards, forwards and over a reload; a far step waits for the ones before', async () => {
  const first = setup()
  const shown = await first.show()
  await regionField().selectOptions('mypurecloud.ie')
  await next()
  await page.getByLabelText('OAuth client ID').fill('5f3c')
  await page.getByRole('button', { name: 'Back' }).click()
  await expect.element(regionField()).toHaveValue('mypurecloud.ie')
  await next()
  await expect.element(page.getByLabelText('OAuth client ID')).toHaveValue('5f3c')
  await shown.unmount()

  await setup().show('probe')
  await expect.element(step('Region')).toHaveTextContent('Dublin, mypurecloud.ie')
  await expect.element(step('OAuth client')).toHaveTextContent('5f3c')
  await expect.element(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  await page.getByRole('button', { name: 'Change region' }).click()
  await expect.element(regionField()).toHaveValue('mypurecloud.ie')
})

test('nothing that was typed is kept but region, address and client ID', async () => {
  await setup().show()
  await next()
  await page.getByLabelText('OAuth client ID').fill('5f3c')
  expect(Object.keys(sessionStorage)).toEqual(['tidemark:connect'])
  expect(JSON.parse(sessionStorage.getItem('tidemark:connect')!)).toEqual({
    region: 'mypurecloud.de',
    typed: '',
    clientId: '5f3c',
  })
})

test('a domain that is no known region names the option that lets the page talk to it', async () => {
  await setup().show()
  await regionField().selectOptions('other')
  await page.getByLabelText('Domain or address').fill('new1.pure.cloud')
  await expect
    .element(step('Region'))
    .toHaveTextContent(
      '--connect https://api.new1.pure.cloud --connect https://login.new1.pure.cloud',
    )
})

test('the client step holds all an administrator needs: grant, redirect address, scopes, role', async () => {
  await setup().show()
  await next()
  for (const name of ['all of this', 'grant', 'redirect address', 'scopes', 'permissions'])
    await expect
      .element(
        page
          .getByTitle(`Copy ${name}`)
          .or(page.getByLabelText(`Copy ${name}`))
          .first(),
      )
      .toBeVisible()
  await expect.element(step('OAuth client')).toHaveTextContent(REDIRECT)
})

test('an organisation that is here already is named, and can be opened instead', async () => {
  const { show, open } = setup({ known: alder })
  await show()
  await next()
  await page.getByLabelText('OAuth client ID').fill('5f3c')
  await expect.element(page.getByText(/already has it, as Alder Retail/)).toBeVisible()
  await page.getByRole('button', { name: 'Open Alder Retail' }).click()
  expect(open).toHaveBeenCalledWith(alder.id)
})

test('while the login window is open, what its errors mean stands here; a new attempt counts alone', async () => {
  const { show, signIn } = setup()
  sessionStorage.setItem(
    'tidemark:connect',
    JSON.stringify({ region: 'mypurecloud.de', typed: '', clientId: '5f3c' }),
  )
  await show('signIn')
  let giveUp: (problem: ConnectProblem) => void = () => undefined
  signIn.mockReturnValueOnce(new Promise((resolve) => (giveUp = resolve)))
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect.element(page.getByText('Waiting for the login window.')).toBeVisible()
  await expect.element(step('Sign-in')).toHaveTextContent(`${REDIRECT} is not registered`)
  signIn.mockReturnValueOnce(new Promise(() => undefined))
  await page.getByRole('button', { name: 'Sign in again' }).click()
  giveUp({ problem: 'The first window was closed.', remedy: 'Try again.' })
  await expect.element(page.getByText('Waiting for the login window.')).toBeVisible()
  expect(page.getByText('The first window was closed.').elements()).toEqual([])
})

test('a sign-in that failed is named with its remedy, and can be tried again', async () => {
  const { show, signIn } = setup()
  sessionStorage.setItem(
    'tidemark:connect',
    JSON.stringify({ region: 'mypurecloud.de', typed: '', clientId: '5f3c' }),
  )
  signIn.mockResolvedValueOnce({
    problem: 'login.mypurecloud.de does not know the OAuth client 5f3c.',
    remedy: 'Compare the client ID.',
  })
  await show('signIn')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect.element(page.getByText(/does not know the OAuth client 5f3c/)).toBeVisible()
  await expect.element(page.getByText(/Compare the client ID/)).toBeVisible()
  signIn.mockRejectedValueOnce(new Error('broken'))
  await page.getByRole('button', { name: 'Sign in again' }).click()
  await expect.element(page.getByText(/The sign-in failed: Error: broken/)).toBeVisible()
})

const source = (id: string, part: Partial<SourceStatus> = {}): SourceStatus => ({
  id: sourceId(`genesys.${id}`),
  title: `Title of ${id}`,
  everyMs: durationMs(15_000),
  metrics: [],
  state: 'waiting',
  lastOkAt: null,
  failingSince: null,
  failure: null,
  nextAt: null,
  skippedTicks: 0,
  ...part,
})
const forbidden: Partial<SourceStatus> = {
  state: 'off',
  failure: {
    kind: 'forbidden',
    message: 'not allowed',
    status: 403,
    route: null,
    code: 'missing.permissions',
    retryAfterMs: null,
    permission: 'analytics:agentState:view',
    correlationId: null,
    limit: null,
  },
}

async function probe(known: Known) {
  const handles = setup({ known: alder, ...known })
  sessionStorage.setItem(
    'tidemark:connect',
    JSON.stringify({ region: 'mypurecloud.de', typed: '', clientId: '5f3c' }),
  )
  await handles.show('probe')
  return handles
}

test('the probe fills up while the calls answer, and leads to Live', async () => {
  const calls = someMetric('calls.concurrent', { title: 'Calls' })
  const { monitor, open } = await probe({
    facts: {
      metrics: [calls],
      sources: [source('calls', { metrics: [calls.id] }), source('users')],
    },
  })
  await expect.element(page.getByText('0 of 2 calls have been tried')).toBeVisible()
  monitor!.setFacts({
    sources: [source('calls', { metrics: [calls.id], state: 'ok' }), source('users', forbidden)],
  })
  await expect.element(page.getByText('All 2 calls have been tried, 1 of them work')).toBeVisible()
  const row = page.getByRole('row', { name: /Title of calls/ })
  await expect.element(row).toHaveTextContent(/Works\s*Calls/)
  await expect
    .element(page.getByRole('row', { name: /Title of users/ }))
    .toHaveTextContent(/Forbidden\s*Permission missing: analytics:agentState:view/)
  await page.getByRole('button', { name: 'Try what failed again' }).click()
  expect(monitor!.asked.sources).toEqual(['genesys.users'])
  await page.getByRole('button', { name: 'Go to Live' }).click()
  expect(open).toHaveBeenCalledWith(alder.id)
})

test('what is missing can be copied for an administrator', async () => {
  const copied = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  await probe({ facts: { sources: [source('users', forbidden)] } })
  await page.getByRole('button', { name: 'Copy for an administrator' }).click()
  expect(copied.mock.calls[0]![0]).toContain('- analytics:agentState:view (users online)')
  copied.mockRestore()
})

test('a clock that is off is named with its remedy', async () => {
  await probe({
    facts: {
      clock: {
        kind: 'checked',
        offsetMs: durationMs(300_000),
        errorMs: durationMs(600),
        at: FACTS_AT,
      },
    },
  })
  await expect.element(page.getByText(/clock of this machine is 5.min behind/)).toBeVisible()
})

test('a token that Genesys Cloud refuses is named, and leads back to the sign-in', async () => {
  await probe({ facts: { session: { kind: 'signedOut', reason: 'refused' } } })
  await expect
    .element(page.getByText(/it was revoked, or it belongs to another region/))
    .toBeVisible()
  await page.getByRole('button', { name: 'Sign in again' }).click()
  await expect.element(page.getByRole('heading', { name: 'Sign-in' })).toHaveFocus()
})

test('the same organisation by another client is told, and the user decides', async () => {
  const twin = { id: orgId('alder-old'), name: 'Alder, old client', clientId: 'old' }
  const { takeTwin } = await probe({ facts: {}, twin })
  await expect.element(page.getByText(/same organisation as Alder, old client/)).toBeVisible()
  await page.getByRole('button', { name: /^Remove the client 5f3c and open/ }).click()
  expect(takeTwin).toHaveBeenCalledWith(twin.id)
})
