import { useState } from 'react'
import { expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { errorEvent, type ErrorEvent } from '#domain/errors/errorEvent.ts'
import { DEFAULT_THRESHOLDS, type Metric } from '#domain/metrics/metric.ts'
import { observation } from '#domain/observation.ts'
import { durationMs, epochMs, later, metricId, sourceId } from '#domain/units.ts'
import type { OrgFacts, SourceStatus } from '#monitor/orgFacts.ts'
// Loaded before any test: a dependency first met in the middle of one makes Vite reload the page.
import '#sources/imports/jtl/readJtl.ts'
import { SourceError } from '#sources/sourceError.ts'
import { useCrosshairStore } from '#state/crosshair.ts'
import { DEFAULT_LIVE_VIEW, type LiveView } from '#state/link/liveLink.ts'
import { MonitorProvider } from '#state/MonitorProvider.tsx'
import { stillMonitor } from '#testing/stillMonitor.ts'
import { TidemarkTheme } from '#ui/theme/TidemarkTheme.tsx'
import { LiveScreen } from './LiveScreen.tsx'

const NOW = epochMs(Date.UTC(2026, 8, 17, 12, 30, 0))
const ago = (seconds: number) => later(NOW, -1000 * seconds)

const metric = (id: string, title: string, known: Partial<Metric> = {}): Metric => ({
  id: metricId(id),
  title,
  unit: 'count',
  kind: 'gauge',
  group: 'connections',
  provenance: 'measured',
  scope: 'organisation',
  origin: 'Feed of the simulator',
  intervalMs: durationMs(2_000),
  thresholds: DEFAULT_THRESHOLDS,
  ...known,
})

const connections = metric('connections.open', 'WebSocket connections')
const sessions = metric('callSessions.concurrent', 'Call sessions', { group: 'sessions' })
const users = metric('ws.usersOnline', 'Users online', { provenance: 'proxy' })

/** Ten minutes of samples two seconds apart, the last one two seconds old. */
function minutes(of: (secondsAgo: number) => number) {
  const times = Array.from({ length: 300 }, (_, i) => 600 - 2 * i)
  return {
    timeMs: Float64Array.from(times, (seconds) => ago(seconds)),
    value: Float64Array.from(times, of),
  }
}

const refusal = (secondsAgo: number, known: Partial<ErrorEvent> = {}) =>
  errorEvent({ at: ago(secondsAgo), class: 'capacity', source: 'feed', status: 503, ...known })

/** 50 of 50 connections for the last two minutes, with 30 refusals, and one 429 long before. */
const AT_LIMIT = observation({
  samples: [
    { metric: connections.id, series: minutes((seconds) => (seconds <= 120 ? 50 : 20)) },
    { metric: sessions.id, series: minutes(() => 300) },
    { metric: users.id, series: minutes(() => 612) },
  ],
  limits: [
    { metric: connections.id, step: { from: epochMs(0), value: 50, source: 'the feed' } },
    { metric: sessions.id, step: { from: epochMs(0), value: 1_000, source: 'the reply' } },
    { metric: users.id, step: { from: epochMs(0), value: null, source: 'no key published' } },
  ],
  errors: [
    errorEvent({ at: ago(500), class: 'rate', source: 'monitor', status: 429, app: 'tidemark' }),
    ...Array.from({ length: 30 }, (_, i) => refusal(100 - i, { correlationId: `id-${i}` })),
  ],
})

async function setup(known: Partial<OrgFacts> = {}, shown = AT_LIMIT, view = DEFAULT_LIVE_VIEW) {
  useCrosshairStore.setState({ at: null, isPinned: false })
  const monitor = stillMonitor(NOW, { metrics: [connections, sessions, users], ...known })
  monitor.observe(shown)
  const views: LiveView[] = []
  const onSignIn = vi.fn()
  function Screen() {
    const [current, setCurrent] = useState<LiveView>({ ...view, zone: 'UTC' })
    const show = (next: LiveView) => {
      views.push(next)
      setCurrent(next)
    }
    return <LiveScreen view={current} onView={show} notices={[]} onSignIn={onSignIn} />
  }
  await render(
    <TidemarkTheme theme="dark">
      <MonitorProvider monitor={monitor}>
        <div style={{ height: 852 }}>
          <Screen />
        </div>
      </MonitorProvider>
    </TidemarkTheme>,
  )
  return { monitor, views, onSignIn }
}

const button = (name: string | RegExp) => page.getByRole('button', { name })
const plain = (text: string) => text.replaceAll('\u202f', ' ')
const textOf = (label: string) =>
  plain(page.getByRole('region', { name: label }).element().textContent)

test('the status line says what was refused at the limit and what speaks against it', async () => {
  await setup()
  await expect
    .poll(() => textOf('State'))
    .toContain(
      'WebSocket connections 50 of 50 since 12:28:00; 30 of 30 refused connections in this window came at the limit.',
    )
  expect(textOf('State')).toContain('At limit')
  expect(textOf('State')).toContain('0 refused below the limit;')
  expect(textOf('State')).toMatch(/at the limit passed without refusals/)
})

test('tiles stand worst headroom first, an unknown limit last', async () => {
  await setup()
  const names = () =>
    page
      .getByRole('region', { name: 'Metrics, worst headroom first' })
      .getByRole('article')
      .elements()
      .map((tile) => tile.getAttribute('aria-label'))
  await expect
    .poll(names)
    .toEqual(['WebSocket connections: At limit', 'Call sessions: OK', 'Users online: Unknown'])
})

test('every chart says in a sentence what it shows', async () => {
  await setup()
  const chart = page.getByRole('img', { name: /^WebSocket connections, 11:30 to 12:30 UTC/ })
  await expect.element(chart).toBeInTheDocument()
  expect(plain(chart.element().getAttribute('aria-label')!)).toBe(
    'WebSocket connections, 11:30 to 12:30 UTC: 50 now, peak 50 of 50; at the limit once, 1 min 58 s; 30 refused.',
  )
  await expect
    .element(page.getByRole('img', { name: /^Errors by class, .*: 30 capacity, 1 rate, 0 auth/ }))
    .toBeInTheDocument()
})

test('events list the newest first, with what was used then, and can be filtered by class', async () => {
  const { views } = await setup()
  const rows = () => page.getByRole('grid').getByRole('row')
  await expect.poll(() => plain(rows().nth(1).element().textContent)).toContain('12:28:49')
  expect(plain(rows().nth(1).element().textContent)).toContain('100 %')
  await button(/^rate/).click()
  await expect.poll(() => rows().elements().length).toBe(2)
  expect(plain(rows().nth(1).element().textContent)).toContain('12:21:40')
  expect(plain(rows().nth(1).element().textContent)).toContain('40 %')
  expect(views.at(-1)!.errors).toEqual(['rate'])
})

test('a row moves the crosshair to its event and opens with all that is known', async () => {
  const { views } = await setup()
  const grid = page.getByRole('grid')
  await grid.getByRole('row').nth(1).click()
  await expect.element(grid.getByRole('row').nth(1)).toHaveAttribute('aria-selected', 'true')
  await expect.element(page.getByText('At 12:28:49')).toBeVisible()
  await expect.poll(() => views.at(-1)?.at).toBe(ago(71))
  ;(grid.element() as HTMLElement).focus()
  await userEvent.keyboard('{ArrowDown}')
  await expect.element(grid.getByRole('row').nth(2)).toHaveAttribute('aria-selected', 'true')
  await userEvent.keyboard('{Enter}')
  const dialog = page.getByRole('dialog', { name: 'Event' })
  await expect.element(dialog.getByText('2026-09-17T12:28:48.000Z')).toBeVisible()
  await expect.element(dialog.getByText('id-28')).toBeVisible()
})

test('N and P jump from event to event', async () => {
  await setup()
  await expect.element(page.getByRole('grid')).toBeVisible()
  await userEvent.keyboard('p')
  await expect.element(page.getByText('At 12:28:49')).toBeVisible()
  await userEvent.keyboard('p')
  await expect.element(page.getByText('At 12:28:48')).toBeVisible()
  await userEvent.keyboard('n')
  await expect.element(page.getByText('At 12:28:49')).toBeVisible()
  await userEvent.keyboard('{Escape}')
  await expect.element(page.getByText('Now', { exact: true })).toBeVisible()
})

test('the readout at the crosshair holds each value against the limit of its time', async () => {
  await setup({}, AT_LIMIT, { ...DEFAULT_LIVE_VIEW, at: ago(60) })
  await expect.element(page.getByText('At 12:29:00')).toBeVisible()
  const terms = page
    .getByRole('term')
    .elements()
    .map((term) => plain(`${term.textContent} ${term.nextElementSibling?.textContent}`))
  expect(terms).toContain('limit then 50')
  expect(terms).toContain('used 100 %')
  expect(terms).toContain('at limit for 1 min')
  expect(terms).toContain('capacity then 1 000')
})

test('paused, the window stands and nothing is lost', async () => {
  const { monitor } = await setup()
  await userEvent.keyboard(' ')
  await expect.element(button(/Resume/)).toBeVisible()
  monitor.setNow(later(NOW, 600_000))
  monitor.observe(
    observation({
      samples: [
        {
          metric: connections.id,
          series: { timeMs: Float64Array.of(later(NOW, 599_000)), value: Float64Array.of(7) },
        },
      ],
      errors: [refusal(-300, { route: 'while paused' })],
    }),
  )
  await expect.element(page.getByText(/7\s*\/ 50/)).toBeVisible()
  await expect.element(button(/Window 11:30 to 12:30/)).toBeVisible()
  await expect.element(page.getByText('while paused')).not.toBeInTheDocument()
  await userEvent.keyboard(' ')
  await expect.element(button(/Window 11:40 to 12:40/)).toBeVisible()
  await expect.element(page.getByText('while paused')).toBeVisible()
})

test('M marks a run, then iterations of it, and the last mark can be taken back', async () => {
  const { monitor } = await setup()
  await button(/Mark run/).click()
  await expect.element(page.getByText('Run 1, iteration 1, 0 s')).toBeVisible()
  await userEvent.keyboard('m')
  await expect
    .poll(() => monitor.facts().markers.map(({ kind }) => kind))
    .toEqual(['run', 'iteration'])
  await button('Undo').click()
  await expect.poll(() => monitor.facts().markers.map(({ kind }) => kind)).toEqual(['run'])
  await button('End run').click()
  await expect.element(button(/Mark run/)).toBeVisible()
})

test('a chosen length or range becomes the link, and L goes back to live', async () => {
  const { views, monitor } = await setup()
  await page.getByRole('radio', { name: '15 m' }).click()
  expect(views.at(-1)!.window).toEqual({ kind: 'rolling', lengthMs: 900_000 })
  await button(/^Window 12:15 to 12:30/).click()
  await page.getByLabelText('From', { exact: true }).fill('2026-09-17T12:00:00')
  await page.getByLabelText('To', { exact: true }).fill('2026-09-17T11:00:00')
  await button('Show').click()
  await expect
    .element(page.getByText('The end must be 10 s after the start or later.'))
    .toBeVisible()
  await page.getByLabelText('To', { exact: true }).fill('2026-09-17T12:20:00')
  await button('Show').click()
  const range = { from: Date.UTC(2026, 8, 17, 12), to: Date.UTC(2026, 8, 17, 12, 20) }
  expect(views.at(-1)!.window).toEqual({ kind: 'absolute', ...range })
  expect(monitor.asked.windows).toEqual([[range.from, range.to]])
  await expect.element(button('Back to live')).toBeVisible()
  // While the fields are open, and they fade, letters are theirs.
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  await userEvent.keyboard('l')
  expect(views.at(-1)!.window).toEqual({ kind: 'rolling', lengthMs: 900_000 })
})

test('the window can be zoomed by keys, and no further than a link can say', async () => {
  const { views } = await setup()
  await expect.element(page.getByRole('grid')).toBeVisible()
  await userEvent.keyboard('+')
  expect(views.at(-1)!.window).toEqual({ kind: 'absolute', from: ago(1_800), to: NOW })
  for (let presses = 0; presses < 12; presses++) await userEvent.keyboard('-')
  const { window } = views.at(-1)!
  expect(window.kind === 'absolute' && window.to - window.from).toBe(14 * 86_400_000)
})

test('a dropped JTL lies on the same axis, and what it held is said', async () => {
  const { views } = await setup()
  const header =
    'timeStamp,elapsed,label,responseCode,responseMessage,threadName,success,allThreads\n'
  const rows = Array.from(
    { length: 20 },
    (_, i) =>
      `${ago(7_200) + i * 1000},50,GET /stations,${i < 15 ? 200 : 503},x,load 1-${i},${i < 15},${i + 1}`,
  )
  const file = new File([header, rows.join('\n'), '\nbroken'], 'ramp.jtl', { type: 'text/csv' })
  await page.getByLabelText('JMeter result file').upload(file)
  await expect
    .element(
      page.getByText(
        /20 samples, 10:30:00 to 10:30:19 on Thu 17 Sep 2026; up to 20 threads; 5 capacity; 1 line left out/,
      ),
    )
    .toBeVisible()
  const { window } = views.at(-1)!
  expect(window.kind).toBe('absolute')
  await expect.poll(() => textOf('Events')).toContain('GET /stations')
  await button('Details').click()
  await expect.element(page.getByRole('dialog').getByText(/^line 22/)).toBeVisible()
})

test('a file that is no JTL is refused in one sentence', async () => {
  await setup()
  const file = new File(['{"log":{"version":"1.2","entries":[]}}'], 'page.har')
  await page.getByLabelText('JMeter result file').upload(file)
  await expect.element(page.getByText(/page\.har is recognised as HAR/)).toBeVisible()
  await button('Close').click()
  await expect.element(page.getByText(/page\.har/)).not.toBeInTheDocument()
})

const failing: SourceStatus = {
  id: sourceId('feed'),
  title: 'Feed',
  everyMs: durationMs(2_000),
  metrics: [connections.id],
  state: 'failing',
  lastOkAt: null,
  failingSince: ago(480),
  failure: {
    ...new SourceError('rateLimited', 'slow down', {
      status: 429,
      retryAfterMs: durationMs(42_000),
    }).details,
    kind: 'rateLimited',
    message: 'slow down',
  },
  nextAt: later(NOW, 42_000),
  skippedTicks: 0,
}

test('a chart that cannot be read says since when, why and what happens next', async () => {
  const { monitor } = await setup({ sources: [failing] }, observation({}))
  await expect
    .element(page.getByText('WebSocket connections cannot be read since 12:22'))
    .toBeVisible()
  await expect
    .element(page.getByText('429, asked to wait 42 s. Next attempt at 12:30:42.'))
    .toBeVisible()
  await button('Try now').click()
  expect(monitor.asked.sources).toEqual(['feed'])
})

test('an empty window differs from a failed one', async () => {
  await setup({}, AT_LIMIT, {
    ...DEFAULT_LIVE_VIEW,
    window: { kind: 'absolute', from: ago(7_200), to: ago(3_600) },
  })
  await expect.element(page.getByText('No samples before 12:20').first()).toBeVisible()
})

test('signed out and memory-only are said, with what can be done', async () => {
  const { onSignIn } = await setup({
    session: { kind: 'signedOut', reason: 'expired' },
    history: { kind: 'memory', reason: 'the disk is full', since: ago(60) },
  })
  await expect.element(page.getByText(/The sign-in has expired/)).toBeVisible()
  await expect.element(page.getByText(/in memory only since 12:29: the disk is full/)).toBeVisible()
  await button('Sign in').click()
  expect(onSignIn).toHaveBeenCalledOnce()
})

test('the window can be read as a table', async () => {
  await setup()
  await expect.element(page.getByRole('grid')).toBeVisible()
  await userEvent.keyboard('t')
  const table = page.getByRole('dialog').getByRole('table')
  await expect.element(table).toBeVisible()
  const row = plain(table.getByRole('row').filter({ hasText: '12:28:00' }).element().textContent)
  expect(row).toContain('50 / 50')
  expect(row).toContain('300 / 1 000')
  expect(row).toContain('30')
})

test('keys are explained, and mean nothing while the explanation is open', async () => {
  const { monitor } = await setup()
  await expect.element(page.getByRole('grid')).toBeVisible()
  await userEvent.keyboard('?')
  await expect.element(page.getByRole('dialog', { name: 'Keys' })).toBeVisible()
  await userEvent.keyboard('m')
  expect(monitor.facts().markers).toEqual([])
})
