import { useState } from 'react'
import { beforeEach, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { AlertRule } from '#domain/alerts/alertRule.ts'
import { DEFAULT_RULES } from '#domain/alerts/defaultRules.ts'
import { observation } from '#domain/observation.ts'
import {
  DAY_MS,
  durationMs,
  type EpochMs,
  epochMs,
  HOUR_MS,
  later,
  MINUTE_MS,
  orgId,
  SECOND_MS,
  sourceId,
} from '#domain/units.ts'
import { createBacktestDesk } from '#monitor/backtest/backtestDesk.ts'
import { createBacktestWorker } from '#monitor/backtest/backtestWorker.ts'
import { organisationConfig, type OrganisationConfig } from '#sources/config/tidemarkConfig.ts'
import { createMemoryHistory } from '#sources/history/memoryHistory.ts'
import { chooseZone } from '#state/preferences.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { someMetric } from '#testing/someMetric.ts'
import { wellFacts } from '#testing/wellFacts.ts'
import { TidemarkTheme } from '#ui/theme/TidemarkTheme.tsx'
import { AlertSettings } from './AlertSettings.tsx'

const NOW = epochMs(Date.UTC(2026, 8, 17, 12))
const ORG = orgId('alder')
const OPEN = someMetric('open', {
  title: 'WebSocket connections',
  group: 'connections',
  intervalMs: durationMs(30 * SECOND_MS),
})

beforeEach(() => chooseZone('UTC'))

/** A day that goes to its limit for twenty minutes at six and at nine. */
function plantedHistory() {
  const history = createMemoryHistory('a test', later(NOW, -2 * DAY_MS))
  const from = epochMs(NOW - DAY_MS)
  const timeMs = Float64Array.from({ length: 2 * 60 * 24 }, (_, i) => from + i * 30 * SECOND_MS)
  const isFull = (at: number) =>
    [6, 9].some((hour) => {
      const into = (at % DAY_MS) - hour * HOUR_MS
      return into >= 0 && into < 20 * MINUTE_MS
    })
  const value = timeMs.map((at) => (isFull(at) ? 100 : 30))
  history.write(
    ORG,
    observation({
      metrics: [OPEN],
      samples: [{ metric: OPEN.id, series: { timeMs, value } }],
      limits: [{ metric: OPEN.id, step: { from, value: 100, source: 'test' } }],
    }),
  )
  return history
}

const sources = [
  {
    id: sourceId('feed'),
    title: 'Feed',
    everyMs: OPEN.intervalMs!,
    metrics: [OPEN.id],
    state: 'ok' as const,
    lastOkAt: NOW,
    failingSince: null,
    failure: null,
    nextAt: null,
    skippedTicks: 0,
  },
]

function deskOf(history = plantedHistory(), worker = createBacktestWorker()) {
  return createBacktestDesk({
    history,
    org: ORG,
    now: () => NOW,
    pacing: () => () => Promise.resolve(),
    facts: () => wellFacts({ metrics: [OPEN], sources }),
    worker,
  })
}

type Known = { alertRules?: readonly AlertRule[] | null; desk?: ReturnType<typeof deskOf> | null }

async function setup({ alertRules = null, desk = null }: Known = {}) {
  const onChange = vi.fn<(changes: Pick<OrganisationConfig, 'alertRules'>) => void>()
  const show = vi.fn<(window: { from: EpochMs; to: EpochMs }) => void>()
  function Kept() {
    const [config, setConfig] = useState(() =>
      organisationConfig({ id: ORG, name: 'Alder', domain: 'mypurecloud.de', alertRules }),
    )
    return (
      <AlertSettings
        config={config}
        organisation="Alder"
        metrics={[OPEN]}
        desk={desk}
        links={{ hrefOf: ({ from, to }) => `/live?from=${from}&to=${to}`, show }}
        onChange={(changes) => {
          onChange(changes)
          setConfig({ ...config, ...changes })
          return Promise.resolve()
        }}
      />
    )
  }
  const screen = await render(
    <TidemarkTheme theme="dark">
      <Kept />
    </TidemarkTheme>,
  )
  const kept = () => onChange.mock.lastCall![0].alertRules
  const text = () => plainSpaces(screen.container.textContent ?? '')
  return { onChange, kept, show, text }
}

const button = (name: string) => page.getByRole('button', { name, exact: true })
const field = (name: string) => page.getByRole('textbox', { name })

test('every rule stands in words with how bad it is, and is switched on and off', async () => {
  const { kept, text } = await setup()
  expect(text()).toContain('At the limitcriticalEvery level whose limit is known')
  expect(text()).toContain('from 98 % of the limit, at once')
  const stop = page.getByRole('checkbox', { name: 'Stop the load test is on' })
  await expect.element(stop).not.toBeChecked()
  await stop.click()
  expect(kept()!.find(({ id }) => id === 'stop')!.isOn).toBe(true)
  // As Tidemark brings them again: nothing is kept, so that better ones reach this organisation.
  await stop.click()
  expect(kept()).toBeNull()
})

test('levels and hold times are edited, in percent and in minutes', async () => {
  const { kept, text } = await setup()
  await button('Edit Near the limit').click()
  await field('Fires from').fill('85')
  await field('Clears below').fill('80.5')
  await field('Hold, minutes').fill('2')
  await button('Save').click()
  expect(kept()!.find(({ id }) => id === 'nearLimit')).toMatchObject({
    holdMs: 120_000,
    levels: { fireAt: 0.85, clearBelow: 0.805 },
  })
  expect(text()).toContain('from 85 % of the limit for 2 min')
  await expect.element(page.getByRole('form')).not.toBeInTheDocument()
})

test('what cannot be used is said and not kept', async () => {
  const { onChange } = await setup()
  await button('Edit Near the limit').click()
  await field('Fires from').fill('ninety')
  await button('Save').click()
  await expect.element(page.getByText('Type a number, such as 5 or 0.5.')).toBeVisible()
  await field('Fires from').fill('70')
  await button('Save').click()
  await expect.element(page.getByRole('alert')).toHaveTextContent(/not above the one that fires/)
  await button('Cancel').click()
  expect(onChange).not.toHaveBeenCalled()
})

test('refusals have classes, a budget and least counts', async () => {
  const { kept } = await setup()
  await button('Edit Refusals').click()
  await page.getByRole('checkbox', { name: 'server' }).click()
  await field('Attempts that may fail in 30 days, %').fill('1')
  await field('Least failures in 1 h').fill('50')
  await button('Save').click()
  expect(kept()!.find(({ id }) => id === 'refusals')).toMatchObject({
    classes: ['capacity', 'server'],
    budget: 0.01,
    tiers: [{ leastLong: 50 }, { leastLong: 40 }],
  })
  await button('Edit Refusals').click()
  await page.getByRole('checkbox', { name: 'server' }).click()
  await page.getByRole('checkbox', { name: 'capacity' }).click()
  await button('Save').click()
  await expect.element(page.getByRole('alert')).toHaveTextContent('Choose at least one class')
})

test('a rule of one’s own is added, removed, and brought back', async () => {
  const { kept } = await setup()
  await expect.element(button('Remove At the limit')).not.toBeInTheDocument()
  await button('Add a rule').click()
  await field('Name').fill('Half full')
  await page.getByRole('combobox', { name: 'Watches' }).selectOptions('WebSocket connections')
  await field('Fires from').fill('50')
  await field('Clears below').fill('40')
  await button('Add').click()
  expect(kept()).toHaveLength(DEFAULT_RULES.length + 1)
  expect(kept()!.at(-1)).toMatchObject({ id: 'half-full', metric: 'open', isOn: true })
  await button('Remove Half full').click()
  expect(kept()).toBeNull()
  await button('Undo').click()
  expect(kept()!.at(-1)).toMatchObject({ id: 'half-full' })
  await button('Reset to default').click()
  expect(kept()).toBeNull()
})

test('a rule is tried on what was recorded: how often, how long, and each window', async () => {
  const { show, text } = await setup({ desk: deskOf() })
  await button('Try At the limit').click()
  await expect
    .poll(text)
    .toContain(
      'At the limit would have fired twice in the last 7 days: 1 h 12 min in all, 36 min at most.',
    )
  expect(text()).toContain('People would have been sent 4 messages')
  expect(text()).toContain('What is recorded begins 16 Sep 12:00, 1 d ago.')
  const rows = page.getByRole('row', { name: /WebSocket connections at the limit/ })
  expect(rows.elements().map((row) => plainSpaces(row.textContent ?? ''))).toEqual([
    expect.stringMatching(/17 Sep 09:00.*36 min.*100 of 100 \(100 %\)/),
    expect.stringMatching(/17 Sep 06:00/),
  ])
  const link = page.getByRole('link', { name: /Show.*09:00/ })
  const from = Date.UTC(2026, 8, 17, 8, 55)
  expect(link.element().getAttribute('href')).toContain(`/live?from=${from}`)
  await link.click()
  expect(show.mock.lastCall![0].from).toBe(from)
})

test('what was typed is tried before it is kept, and a rule that would stay silent is said to', async () => {
  const { onChange, text } = await setup({ desk: deskOf() })
  await button('Edit Near the limit').click()
  await field('Fires from').fill('20')
  await field('Clears below').fill('10')
  await page.getByRole('form').getByRole('button', { name: 'Try' }).click()
  await expect.poll(text).toContain('Near the limit would have fired once in the last 7 days, for')
  expect(onChange).not.toHaveBeenCalled()
  await button('Try Leak').click()
  await expect.poll(text).toContain('Leak would not have fired in the last 7 days.')
  expect(text()).toContain('Nobody would have been sent a message.')
})

test('all rules that are on are tried together, over the time that is chosen', async () => {
  const { text } = await setup({ desk: deskOf() })
  await page.getByRole('combobox', { name: 'How far back' }).selectOptions('Last 30 days')
  await button('Try all that are on').click()
  await expect.poll(text).toContain('At the limit would have fired twice in the last 30 days')
  expect(text()).toContain('judged by the highest value of each minute')
  expect(text()).toContain('Refusals over days looks back further than what is recorded')
  expect(text()).not.toContain('Stop the load test would')
})

test('trying tells how far it has come and can be cancelled; what fails is said', async () => {
  let fail: ((reason: Error) => void) | null = null
  const worker = {
    ask: (_: unknown, progress?: (share: number) => void) => {
      progress?.(0.4)
      return new Promise<never>((_, reject) => (fail = reject))
    },
    close: () => undefined,
  }
  const { text } = await setup({ desk: deskOf(plantedHistory(), worker) })
  await button('Try At the limit').click()
  await expect.element(page.getByRole('progressbar', { name: 'Judging' })).toBeVisible()
  expect(text()).toContain('Judging: 40 %')
  await button('Cancel').click()
  await expect.poll(text).toContain('“Try” tells how often')
  await button('Try At the limit').click()
  await expect.element(page.getByRole('progressbar')).toBeVisible()
  fail!(new Error('out of memory'))
  await expect.element(page.getByRole('alert')).toHaveTextContent('out of memory')
})

test('where nothing is recorded, or nobody watches, nothing can be tried, and it says why', async () => {
  const nothing = createMemoryHistory('a test', later(NOW, -2 * DAY_MS))
  const { text } = await setup({ desk: deskOf(nothing) })
  await button('Try At the limit').click()
  await expect.poll(text).toContain('Nothing is recorded of that time.')
})

test('the rules of an organisation that is not watched can be edited, and not tried', async () => {
  const { text } = await setup()
  expect(text()).toContain('While this organisation is watched, its rules can be tried')
  await expect.element(button('Try At the limit')).toBeDisabled()
})
