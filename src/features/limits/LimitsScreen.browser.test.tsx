import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useState } from 'react'
import { expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { limitsInForce } from '#domain/limits/limitsInForce.ts'
import { NO_LIMIT_SETTINGS, type LimitSettings } from '#domain/limits/limitSettings.ts'
import { observation } from '#domain/observation.ts'
import { oneSample } from '#domain/series/series.ts'
import { epochMs, later } from '#domain/units.ts'
import { createMemoryHistory } from '#sources/history/memoryHistory.ts'
import { DEFAULT_LIMITS_VIEW, type LimitsView } from '#state/link/limitsLink.ts'
import { MonitorProvider } from '#state/MonitorProvider.tsx'
import { chooseAuthor, chooseZone } from '#state/preferences.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { someMetric } from '#testing/someMetric.ts'
import { someRegistry } from '#testing/someRegistry.ts'
import { stillMonitor } from '#testing/stillMonitor.ts'
import { FACTS_AT } from '#testing/wellFacts.ts'
import { TidemarkTheme } from '#ui/theme/TidemarkTheme.tsx'
import { LimitsScreen } from './LimitsScreen.tsx'

const open = someMetric('open', {
  title: 'WebSocket connections',
  group: 'connections',
  limitKey: { namespace: 'notifications', key: 'simulated.connections.concurrent.max' },
})
const calls = someMetric('calls', { title: 'Calls', group: 'sessions' })
const users = someMetric('users', { title: 'Users online', group: 'connections' })
const metrics = [open, calls, users]

const NOTHING_JUDGED = {
  view: () => null,
  subscribe: () => () => undefined,
  ask: () => undefined,
  close: () => undefined,
}

async function setup(first: Partial<LimitsView> = {}) {
  chooseZone('UTC')
  chooseAuthor('')
  const monitor = stillMonitor(FACTS_AT, { metrics })
  const at = later(FACTS_AT, -2_000)
  monitor.observe(
    observation({
      samples: [
        { metric: open.id, series: oneSample(at, 850) },
        { metric: calls.id, series: oneSample(at, 400) },
        { metric: users.id, series: oneSample(at, 600) },
      ],
      limits: [{ metric: calls.id, step: { from: epochMs(0), value: 1000, source: 'the reply' } }],
      registry: someRegistry(at),
    }),
  )
  const saved: LimitSettings[] = []
  function settle(settings: LimitSettings) {
    const { toldLimits: told, registry: book } = monitor.facts()
    monitor.setFacts({
      limitSettings: settings,
      limits: limitsInForce({ told, metrics, book, settings }),
    })
  }
  settle(NO_LIMIT_SETTINGS)
  const views: LimitsView[] = []
  const onRaise = vi.fn()
  function Screen() {
    const [view, setView] = useState<LimitsView>({ ...DEFAULT_LIMITS_VIEW, ...first })
    return (
      <LimitsScreen
        view={view}
        onView={(next) => {
          views.push(next)
          setView(next)
        }}
        notices={[]}
        history={createMemoryHistory('test', at)}
        onSettings={(settings) => {
          saved.push(settings)
          settle(settings)
        }}
        rejudging={NOTHING_JUDGED}
        onRaise={onRaise}
        panels={{ audit: <p>audits</p>, compare: null, whatIf: null }}
      />
    )
  }
  await render(
    <QueryClientProvider client={new QueryClient()}>
      <TidemarkTheme theme="dark">
        <MonitorProvider monitor={monitor}>
          <Screen />
        </MonitorProvider>
      </TidemarkTheme>
    </QueryClientProvider>,
  )
  return { monitor, saved, views, onRaise }
}

const rowOf = (name: RegExp) => page.getByRole('row', { name })
const words = (row: Element) =>
  [...row.children].map(({ textContent }) => plainSpaces(textContent).trim()).join(' ')
const button = (name: string | RegExp) => page.getByRole('button', { name })

test('limits stand with what is in use of them, what was asked for, and why others have no number', async () => {
  await setup()
  const connections = rowOf(/simulated\.connections/)
  await expect.element(connections).toBeVisible()
  expect(words(connections.element())).toContain('850 85 % 150')
  const actions = words(rowOf(/actions\.concurrent/).element())
  expect(actions).toContain('Not measurable: no public call counts running actions')
  expect(actions).toContain('50 75 100')
  // What has no known limit is listed among all of them.
  await expect.element(rowOf(/Users online/)).not.toBeInTheDocument()
  await button(/^All 5/).click()
  expect(words(rowOf(/Users online/).element())).toContain('600 – unknown')
  await expect
    .element(page.getByText('Not read: quality (permission missing: quality:limit:view).'))
    .toBeVisible()
})

test('a search narrows the list, says so, and Escape ends it', async () => {
  await setup({ filter: 'all' })
  await userEvent.keyboard('/')
  await userEvent.keyboard('total')
  await expect.element(page.getByText('1 of 5 limits')).toBeVisible()
  await userEvent.keyboard('x')
  await expect.element(page.getByText('Nothing matches “totalx”.')).toBeVisible()
  await userEvent.keyboard('{Escape}')
  await expect.element(page.getByText('5 of 5 limits')).toBeVisible()
})

test('rows are walked with arrows and opened with Enter, and the link names the one that is open', async () => {
  const { views } = await setup()
  const first = rowOf(/simulated\.connections/).element() as HTMLElement
  first.focus()
  await userEvent.keyboard('{ArrowDown}{Enter}')
  await expect.element(page.getByRole('dialog')).toBeVisible()
  expect(views.at(-1)?.limit).toBe('metric:calls')
  await userEvent.keyboard('{Escape}')
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
})

test('a typed limit is in force at once, names its author, and can be taken back', async () => {
  const { saved } = await setup({ filter: 'all' })
  await button('Type a limit').click()
  await page.getByLabelText('Of what').selectOptions('Users online')
  await button('Set the limit').click()
  await expect.element(page.getByText('A whole number from 1, such as 1500.')).toBeVisible()
  await expect
    .element(page.getByText('A limit without a name beside it cannot be asked about.'))
    .toBeVisible()
  await page.getByLabelText('Limit', { exact: true }).fill('1 000')
  await page.getByLabelText('Who says so').fill('Ada')
  await button('Set the limit').click()
  await expect.element(page.getByText('Limit 1\u202f000 set.')).toBeVisible()
  expect(saved.at(-1)?.manualLimits).toMatchObject([
    { metric: 'users', value: 1000, author: 'Ada', until: null },
  ])
  await vi.waitFor(() => expect(words(rowOf(/Users online/).element())).toContain('600 60 % 400'))
  expect(words(rowOf(/Users online/).element())).toContain('by hand, Ada')
  await button('Undo').click()
  expect(saved.at(-1)).toEqual(NO_LIMIT_SETTINGS)
})

test('a limit cannot hold from a time that is still to come', async () => {
  await setup()
  await button('Type a limit').click()
  await page.getByLabelText('Limit', { exact: true }).fill('10')
  await page.getByLabelText('Who says so').fill('Ada')
  await page.getByLabelText('In force from').fill('2030-01-01T00:00:00')
  await button('Set the limit').click()
  await expect
    .element(page.getByText('It cannot hold from a time that is still to come.'))
    .toBeVisible()
})

test('a key that is assigned to a metric limits it', async () => {
  const { saved } = await setup({ filter: 'all' })
  await rowOf(/actions\.total/).click()
  await page.getByLabelText('Counted by').selectOptions('Users online')
  expect(saved.at(-1)?.limitKeys).toEqual({
    users: { namespace: 'dataactions', key: 'actions.total.max' },
  })
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
  await vi.waitFor(() =>
    expect(words(rowOf(/actions\.total/).element())).toContain('600 12 % 4 400'),
  )
})

test('the journal tells what was asked for, and other panes take its place', async () => {
  const { views } = await setup()
  await expect
    .element(page.getByText('Pending. Drawn as a dashed step ahead of now.'))
    .toBeVisible()
  await page.getByRole('radio', { name: 'Audit' }).click()
  expect(views.at(-1)?.panel).toBe('audit')
  await expect.element(page.getByText('audits')).toBeVisible()
})

test('a change of a charted limit leads to what it did', async () => {
  const { monitor, onRaise } = await setup()
  monitor.observe(
    observation({
      limits: [
        {
          metric: calls.id,
          step: { from: later(FACTS_AT, -1_000), value: 1500, source: 'the feed' },
        },
      ],
    }),
  )
  await button('Before and after').click()
  expect(onRaise).toHaveBeenCalledWith(calls.id, later(FACTS_AT, -1_000))
})

test('a registry that is not there yet is being read', async () => {
  const { monitor } = await setup()
  monitor.setFacts({
    registry: { namespaces: [], requests: [], requestsAnswer: null },
    metrics: [],
  })
  await expect.element(page.getByText('The registry of limits is being read.')).toBeVisible()
})
