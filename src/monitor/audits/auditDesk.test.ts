import { expect, test } from 'vitest'
import { DAY_MS, type DurationMs, epochMs, HOUR_MS, MINUTE_MS } from '#domain/units.ts'
import { createTenant } from '#mocks/tenant.ts'
import { scenarioNamed } from '#mocks/scenarios.ts'
import { orgSources } from '#sources/config/orgSources.ts'
import { organisationConfig } from '#sources/config/tidemarkConfig.ts'
import { simulatedAddresses } from '#sources/genesys/addresses.ts'
import { clientCredentialsToken } from '#sources/genesys/oauth.ts'
import { NAMESPACE_NAMES } from '#sources/genesys/registry/namespaceNames.ts'
import { auditSummary } from '#domain/limits/audit/auditSummary.ts'
import { someAudit } from '#testing/someAudit.ts'
import { memoryAudits } from '#testing/memoryAudits.ts'
import { memoryTokens, ORGANISATION, setupMonitor } from '#testing/monitorSetup.ts'
import { createSteeredClock, STEERED_START } from '#testing/steeredClock.ts'
import { createAuditDesk } from './auditDesk.ts'

const CLIENT = { clientId: 'monitor', clientSecret: 'any' }
const NAMESPACES = '/api/v2/organizations/limits/namespaces'

type Parts = {
  everyMs?: DurationMs | null
  store?: ReturnType<typeof memoryAudits>
  /** Without its polls an hour passes quickly. */
  isQuiet?: boolean
}

/** The desk over the whole monitor with the real sources, signed in to a simulated organisation. */
async function setup({ everyMs = null, store = memoryAudits(), isQuiet = false }: Parts = {}) {
  const steered = createSteeredClock()
  const tenant = createTenant({
    scenario: scenarioNamed('limit-raised')!,
    seed: 42,
    startMs: STEERED_START,
    now: steered.now,
  })
  const asked: string[] = []
  let isCut = false
  const fetch = (url: string, init?: RequestInit) => {
    if (isCut) return Promise.reject(new TypeError('Failed to fetch'))
    asked.push(new URL(url).pathname)
    return tenant.fetch(new Request(url, init))
  }
  const addresses = simulatedAddresses('http://tenant.test')
  const context = { fetch, now: steered.now, signal: new AbortController().signal }
  const token = await clientCredentialsToken(context, addresses, CLIENT)
  const tokens = memoryTokens({ ...token, expiresAt: epochMs(STEERED_START + 30 * DAY_MS) })
  const connection = { org: ORGANISATION.id, addresses, clientId: CLIENT.clientId, tokens }
  const config = organisationConfig({ id: ORGANISATION.id, name: 'Test', domain: 'tenant.test' })
  const { sources, feeds } = orgSources({ config, connection, feedBearer: () => null })
  // The sources of the registry would fill the book by themselves: here only the audit asks.
  const others = sources.filter(({ id }) => id !== 'genesys.limitRegistry' && !isQuiet)
  const known = setupMonitor({
    steered,
    sources: others,
    feeds: isQuiet ? [] : feeds,
    tokens,
    fetch,
  })
  await known.advance(MINUTE_MS)
  asked.length = 0
  const settings = { everyMs }
  const desk = createAuditDesk({
    monitor: known.monitor,
    connection,
    store,
    timer: steered.timer,
    everyMs: () => settings.everyMs,
    tidemark: '0.1.0',
  })
  const cut = (isAway: boolean) => {
    isCut = isAway
  }
  return { ...known, desk, tenant, tokens, store, settings, asked, cut }
}

const registryPaths = (asked: readonly string[]) =>
  asked.filter((path) => path.includes('/limits/'))

test('an audit lists every namespace that the vendor names, with use, and changes nothing', async () => {
  const { desk, advance, store, monitor } = await setup()
  const progress: number[] = []
  desk.subscribe(() => {
    const { run } = desk.state()
    if (run?.progress) progress.push(run.progress.done / run.progress.of)
  })
  void desk.audit()
  await advance(4 * MINUTE_MS)
  const audit = (await store.newest(ORGANISATION.id))!
  const named = new Set(audit.namespaces.map(({ namespace }) => namespace))
  expect(NAMESPACE_NAMES.filter((name) => !named.has(name))).toEqual([])
  expect(audit.namespaces.filter(({ state }) => state === 'notAsked')).toEqual([])
  const rate = audit.keys.find(({ key }) => key === 'token.rate.per.minute')!
  expect(rate).toMatchObject({ effective: 300, default: 300, use: { kind: 'measured' } })
  const unspoken = audit.keys.filter(
    ({ use }) => use.kind === 'notMeasurable' && use.reason.length < 5,
  )
  expect(unspoken).toEqual([])
  expect(desk.state()).toMatchObject({ run: null, failure: null, notice: null })
  expect(desk.state().audits).toHaveLength(1)
  expect(progress).toEqual(progress.toSorted((a, b) => a - b))
  expect(progress.at(-1)).toBe(1)
  // What it read is what everybody knows from now on.
  expect(monitor.facts().registry.namespaces.length).toBeGreaterThanOrEqual(NAMESPACE_NAMES.length)
})

test('a second audit tells what changed since the first', async () => {
  const { desk, advance, monitor } = await setup()
  void desk.audit()
  await advance(4 * MINUTE_MS)
  expect(desk.state().audits![0]!.changes).toBeNull()
  const { metrics } = monitor.facts()
  monitor.setLimitSettings({
    limitKeys: {},
    manualLimits: [
      {
        metric: metrics.find(({ id }) => id === 'connections.open')!.id,
        value: 5_000,
        from: monitor.now(),
        until: null,
        author: 'Ada',
        setAt: monitor.now(),
        note: '',
      },
    ],
  })
  void desk.audit()
  await advance(4 * MINUTE_MS)
  expect(desk.state().audits).toHaveLength(2)
  expect(desk.state().audits![0]!.changes).toBeGreaterThanOrEqual(1)
})

test('one that is called off keeps nothing, says nothing, and asks no more', async () => {
  const { desk, advance, asked, store } = await setup()
  void desk.audit()
  await advance(5_000)
  expect(desk.state().run).not.toBeNull()
  desk.callOff()
  await advance(1_000)
  const before = registryPaths(asked).filter((path) => path.startsWith(NAMESPACES)).length
  await advance(MINUTE_MS)
  const after = registryPaths(asked).filter((path) => path.startsWith(NAMESPACES)).length
  expect(after).toBe(before)
  expect(desk.state()).toMatchObject({ run: null, failure: null, audits: [] })
  expect(await store.list(ORGANISATION.id)).toEqual([])
})

test('a moment of 503 and one of 429 cost nothing but time', async () => {
  const { desk, advance, tenant } = await setup({ isQuiet: true })
  tenant.setFaults([
    { path: `${NAMESPACES}/usage`, kind: 'status', status: 503, times: 2 },
    { path: `${NAMESPACES}/webhooks`, kind: 'status', status: 429, times: 1, retryAfterSec: 20 },
  ])
  void desk.audit()
  await advance(6 * MINUTE_MS)
  expect(desk.state().audits).toHaveLength(1)
  expect(desk.state().failure).toBeNull()
})

test('on schedule: five minutes after the start where there is none, then an hour after the last', async () => {
  const { desk, advance, store } = await setup({ everyMs: HOUR_MS, isQuiet: true })
  await advance(4 * MINUTE_MS)
  expect(await store.list(ORGANISATION.id)).toEqual([])
  await advance(6 * MINUTE_MS)
  const [first] = await store.list(ORGANISATION.id)
  expect(first).toBeDefined()
  expect(desk.state().nextAt).toBe(first!.takenAt + HOUR_MS)
  await advance(50 * MINUTE_MS)
  expect(await store.list(ORGANISATION.id)).toHaveLength(1)
  await advance(15 * MINUTE_MS)
  expect(await store.list(ORGANISATION.id)).toHaveLength(2)
})

test('one that was made in another tab counts as the last', async () => {
  const { advance, store, monitor } = await setup({ everyMs: HOUR_MS, isQuiet: true })
  await advance(3 * MINUTE_MS)
  const elsewhere = someAudit({ organisation: ORGANISATION, takenAt: monitor.now() })
  await store.keep(elsewhere, auditSummary(elsewhere, null))
  await advance(20 * MINUTE_MS)
  expect(await store.list(ORGANISATION.id)).toHaveLength(1)
})

test('never by itself where the settings say so, and from when they say otherwise', async () => {
  const { desk, advance, store, settings } = await setup({ isQuiet: true })
  await advance(20 * MINUTE_MS)
  expect(desk.state().nextAt).toBeNull()
  settings.everyMs = DAY_MS
  await advance(10 * MINUTE_MS)
  expect(await store.list(ORGANISATION.id)).toHaveLength(1)
})

test('never while signed out; a click says what to do', async () => {
  const { desk, advance, tokens, store } = await setup({ everyMs: HOUR_MS, isQuiet: true })
  tokens.set(null)
  await advance(15 * MINUTE_MS)
  expect(await store.list(ORGANISATION.id)).toEqual([])
  expect(desk.state()).toMatchObject({ nextAt: null, failure: null })
  await desk.audit()
  expect(desk.state().failure).toMatchObject({ remedy: 'Sign in, then audit again.' })
})

test('a network that is away is tried again later and later, and the audit comes when it is back', async () => {
  const { desk, advance, store, cut } = await setup({ everyMs: HOUR_MS, isQuiet: true })
  cut(true)
  await advance(8 * MINUTE_MS)
  expect(desk.state().failure).toMatchObject({
    problem: expect.stringMatching(/^The audit broke off: /) as string,
    remedy: 'Check the connection to Genesys Cloud, then audit again.',
  })
  expect(desk.state().nextAt).toBeGreaterThan(desk.state().failure!.at)
  cut(false)
  await advance(10 * MINUTE_MS)
  expect(await store.list(ORGANISATION.id)).toHaveLength(1)
  expect(desk.state().failure).toBeNull()
})

test('one namespace that the server never answers is told as such, and the rest is read', async () => {
  const { desk, advance, tenant, store } = await setup({ isQuiet: true })
  tenant.setFaults([{ path: `${NAMESPACES}/usage`, kind: 'status', status: 503 }])
  void desk.audit()
  await advance(6 * MINUTE_MS)
  const audit = (await store.newest(ORGANISATION.id))!
  const unread = audit.namespaces.filter(({ state }) => state !== 'read' && state !== 'absent')
  expect(unread).toMatchObject([{ namespace: 'usage', state: 'failed' }])
  expect(unread[0]!.reason).toMatch(/503/)
})

test('a browser that keeps nothing says so, and the audit is there while the page is', async () => {
  const store = memoryAudits()
  const { desk, advance } = await setup({ store })
  store.fail(new Error('the storage of this browser is full'))
  void desk.audit()
  await advance(4 * MINUTE_MS)
  const { audits, notice } = desk.state()
  expect(notice).toMatch(/^(Kept audits cannot be read|The browser did not keep the audit).*full/)
  expect(audits).toHaveLength(1)
  expect((await desk.load(audits![0]!.takenAt))!.namespaces.length).toBeGreaterThan(80)
})

test('a desk that stops leaves no timer behind and makes no audit', async () => {
  const { desk, advance, store, monitor, timers } = await setup({ everyMs: DAY_MS, isQuiet: true })
  desk.stop()
  await monitor.stop()
  await advance(10 * MINUTE_MS)
  expect(await store.list(ORGANISATION.id)).toEqual([])
  expect(timers()).toBe(0)
})
