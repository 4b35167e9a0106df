import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { afterEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { later, epochMs } from '#domain/units.ts'
import type { ProbeFinding } from '#sources/probe/findingRows.ts'
import { PROBE_METRICS, type ReportedTo } from '#sources/probe/probeMetrics.ts'
import { NO_PROBES, type ProbesTold } from '#sources/probe/probesTold.ts'
import { MonitorProvider } from '#state/MonitorProvider.tsx'
import { probesQuery, type ReadProbes } from '#state/queries/probesQuery.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { someMetric } from '#testing/someMetric.ts'
import { stillMonitor } from '#testing/stillMonitor.ts'
import { TidemarkTheme } from '#ui/theme/TidemarkTheme.tsx'
import { LeftOpen } from './LeftOpen.tsx'

const NOW = epochMs(Date.UTC(2026, 8, 17, 12, 30, 0))

const clients: QueryClient[] = []
afterEach(() => {
  for (const client of clients.splice(0)) client.clear()
})

const finding = (parts: Partial<ProbeFinding> = {}): ProbeFinding => ({
  app: 'agent-desktop',
  kind: 'websockets',
  page: '/calls/:id',
  place: 'https://desk.example/app.js:12',
  tabs: 2,
  documents: 2,
  count: 4,
  mostInOne: 3,
  oldestMs: 240_000,
  ...parts,
})

const told = (findings: readonly ProbeFinding[], parts: Partial<ProbesTold> = {}): ProbesTold => ({
  ...NO_PROBES,
  apps: [{ app: 'agent-desktop', documents: 12, tabs: 12, reports: 40, refused: 0, lastAtMs: NOW }],
  documents: 12,
  tabs: 12,
  findings,
  ...parts,
})

async function setup(readers: Partial<Record<ReportedTo, ReadProbes>>, hasSeries = true) {
  const ids = hasSeries ? [PROBE_METRICS.recorder.tabs] : []
  const monitor = stillMonitor(NOW, {
    metrics: ids.map((id) => someMetric(id, { title: 'Tabs that report' })),
  })
  const client = new QueryClient()
  clients.push(client)
  const org = monitor.facts().organisation.id
  await render(
    <TidemarkTheme theme="dark">
      <QueryClientProvider client={client}>
        <MonitorProvider monitor={monitor}>
          <p>the rest of the screen</p>
          <LeftOpen readers={{ tab: null, recorder: null, ...readers }} />
        </MonitorProvider>
      </QueryClientProvider>
    </TidemarkTheme>,
  )
  const again = (read: ReadProbes) =>
    client
      .fetchQuery({ ...probesQuery(org, 'recorder', read, monitor.now), staleTime: 0 })
      .catch(() => undefined)
  return { monitor, again }
}

const pane = page.getByRole('region', { name: 'Connections left open' })
const words = () => plainSpaces(pane.element().textContent)

test('what looks forgotten is listed by kind, with the line that opened it and why it may be right', async () => {
  const track = finding({ kind: 'tracks', place: '', count: 1, mostInOne: 1, tabs: 1 })
  await setup({ recorder: () => Promise.resolve(told([finding(), track])) })
  await expect.element(pane.getByRole('table')).toBeVisible()
  expect(words()).toContain('5 from 2 places; 12 tabs report')
  expect(words()).toContain('Still open after the page was left for another one.')
  expect(words()).toContain('more than one is a leak')
  const row = pane.getByRole('row').filter({ hasText: 'app.js:12' })
  expect(plainSpaces(row.element().textContent)).toBe(
    'https://desk.example/app.js:12/calls/:idagent-desktop24a leak: 34 min',
  )
  expect(words()).toContain('a line that is not known')
  expect(words()).toContain('Right all the same where Web Audio')
})

test('a page that tells markup for a place is shown as it is written', async () => {
  const place = 'https://x/<img/src=x/onerror=alert(1)>:1'
  await setup({ recorder: () => Promise.resolve(told([finding({ place })])) })
  await expect.element(pane.getByText(place)).toBeVisible()
  expect(pane.element().querySelectorAll('img, a')).toHaveLength(0)
})

test('nothing that looks forgotten, and nobody who reports, are two sentences', async () => {
  const none = told([], { tabs: 0, documents: 0 })
  await setup({
    recorder: () => Promise.resolve(told([])),
    tab: () => Promise.resolve(none),
  })
  await expect.element(page.getByText('Nothing looks forgotten: 12 tabs report.')).toBeVisible()
  await expect.element(page.getByText(/^No tab reports now, so nobody can say/)).toBeVisible()
})

test('until something was read it says so', async () => {
  await setup({ recorder: () => new Promise(() => undefined) })
  await expect.element(pane.getByText('Reading what the probes found…')).toBeVisible()
})

test('what cannot be read says why, and can be tried again', async () => {
  let isDown = true
  const answer = () =>
    isDown
      ? Promise.reject(new Error('GET /v1/probes of the feed answered 503.'))
      : Promise.resolve(told([]))
  await setup({ recorder: answer })
  await expect.element(pane.getByText('What is left open cannot be read.')).toBeVisible()
  await expect.element(pane.getByText('GET /v1/probes of the feed answered 503.')).toBeVisible()
  isDown = false
  await pane.getByRole('button', { name: 'Try again' }).click()
  await expect.element(pane.getByText(/^Nothing looks forgotten/)).toBeVisible()
})

test('what was read before stays, with its age, when no newer can be read', async () => {
  const { monitor, again } = await setup({ recorder: () => Promise.resolve(told([finding()])) })
  await expect.element(pane.getByRole('table')).toBeVisible()
  monitor.setNow(later(NOW, 52_000))
  await again(() => Promise.reject(new Error('the recorder does not answer')))
  await expect
    .element(pane.getByText(/52\ss old, expected every 15\ss: the recorder does not answer/))
    .toBeVisible()
  await expect.element(pane.getByRole('table')).toBeVisible()
})

test('refused reports and findings without room are told below', async () => {
  const refused = { count: 3, lastReason: 'it is not JSON', lastAtMs: later(NOW, -12_000) }
  await setup({ recorder: () => Promise.resolve(told([finding()], { refused, leftOut: 7 })) })
  await expect
    .poll(words)
    .toContain(
      'For 7 more there was no room. 3 reports were refused, the newest 12 s ago: it is not JSON.',
    )
})

test.each<[string, ReadProbes, boolean]>([
  ['a feed that has no such answer', () => Promise.resolve(null), true],
  ['a recorder that expects no app', () => Promise.resolve(NO_PROBES), true],
  ['a feed without series of probes', () => Promise.reject(new Error('asked')), false],
])('%s leaves no panel behind', async (_what, read, hasSeries) => {
  const { again } = await setup({ recorder: read }, hasSeries)
  await again(read)
  await expect.element(page.getByText('the rest of the screen')).toBeVisible()
  await expect.poll(() => pane.elements().length).toBe(0)
})
