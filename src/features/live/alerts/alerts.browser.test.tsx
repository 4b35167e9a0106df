import { beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { Alert } from '#domain/alerts/alert.ts'
import { observation } from '#domain/observation.ts'
import { epochMs, later } from '#domain/units.ts'
import type { AlertDesk, AlertsShown } from '#monitor/alerts/alertDesk.ts'
import { MonitorProvider } from '#state/MonitorProvider.tsx'
import { usePreferencesStore } from '#state/preferences.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { someAlert, someBlindness } from '#testing/someAlert.ts'
import { someMetric } from '#testing/someMetric.ts'
import { stillMonitor } from '#testing/stillMonitor.ts'
import { TidemarkTheme } from '#ui/theme/TidemarkTheme.tsx'
import { AlertLine } from './AlertLine.tsx'
import { AlertsPane } from './AlertsPane.tsx'
import type { TellingTools } from './TellingSwitches.tsx'

const NOW = epochMs(Date.UTC(2026, 8, 17, 12, 30, 0))
const SINCE = later(NOW, -20 * 60_000)
const OPEN = someMetric('open', { title: 'WebSocket connections', group: 'connections' })

beforeEach(() => {
  usePreferencesStore.setState({ author: '', alertTelling: { isNotified: false, hasSound: false } })
})

const firing = (id: string, known: Partial<Alert> = {}) =>
  someAlert(id, { since: SINCE, firedAt: SINCE, lastAt: NOW, ...known })

/** A desk that is told what fires by hand. */
function deskOf(shown: AlertsShown) {
  const listeners = new Set<() => void>()
  let now = shown
  const desk: AlertDesk = {
    shown: () => now,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    acknowledge(id, by) {
      const active = now.active.map((alert) =>
        alert.id === id ? { ...alert, acknowledged: { by, at: NOW } } : alert,
      )
      now = { ...now, active }
      for (const listener of listeners) listener()
    },
    setRules: () => undefined,
    stop: () => undefined,
  }
  return desk
}

const ALLOWED: TellingTools = {
  permission: () => 'granted',
  askPermission: () => Promise.resolve('granted'),
  unlockSound: () => Promise.resolve(true),
}

async function setup(shown: Partial<AlertsShown>, telling = ALLOWED) {
  const monitor = stillMonitor(NOW)
  monitor.observe(observation({ metrics: [OPEN] }))
  const desk = deskOf({ active: [], ended: [], ...shown })
  const onShow = vi.fn()
  const screen = await render(
    <TidemarkTheme theme="dark">
      <MonitorProvider monitor={monitor}>
        <AlertLine desk={desk} zone="UTC" onShow={onShow} />
        <AlertsPane desk={desk} zone="UTC" telling={telling} onShow={onShow} />
      </MonitorProvider>
    </TidemarkTheme>,
  )
  return { desk, onShow, screen, text: () => plainSpaces(screen.container.textContent ?? '') }
}

test('the most urgent alert stands over the charts: what, how bad, since when, and its window', async () => {
  const { onShow, screen } = await setup({
    active: [firing('w', { severity: 'warn', firedAt: later(SINCE, -60_000) }), firing('c')],
  })
  const line = screen.getByRole('status')
  await expect
    .poll(() => plainSpaces(line.element().textContent ?? ''))
    .toContain(
      'WebSocket connections at the limit: 1 000 of 1 000 (100 %) since 12:10:00 UTC. 1 more below.',
    )
  await line.getByRole('button', { name: 'Show window' }).click()
  expect(onShow).toHaveBeenCalledWith({ from: later(SINCE, -5 * 60_000), to: NOW })
})

test('who acknowledges is asked for a name once, and it stands beside the alert', async () => {
  const { screen, desk } = await setup({ active: [firing('c')] })
  const line = screen.getByRole('status')
  await line.getByRole('button', { name: 'Acknowledge' }).click()
  const submit = page.getByRole('dialog').getByRole('button', { name: 'Acknowledge' })
  await submit.click()
  await expect.element(page.getByText('Others will ask who has seen it.')).toBeVisible()
  await userEvent.fill(page.getByRole('textbox', { name: 'Your name' }), 'Kim')
  await submit.click()
  await expect.element(line.getByText(/Seen by Kim, 12:30/)).toBeVisible()
  expect(desk.shown().active[0]!.acknowledged?.by).toBe('Kim')
  expect(usePreferencesStore.getState().author).toBe('Kim')
})

test('what is over stays in the list, and nothing stands over the charts', async () => {
  const over = firing('o', { endedAt: later(NOW, -60_000), clearedAt: later(NOW, -120_000) })
  const { screen, text } = await setup({ ended: [over] })
  expect(screen.getByRole('status').query()).toBeNull()
  expect(text()).toContain('none fires, 1 over')
  expect(text()).toContain('17 Sep 12:10')
  expect(text()).toContain('19 min')
})

test('blindness is told as such, with its cause', async () => {
  const { text } = await setup({
    active: [someBlindness('b', 10, { firedAt: SINCE, lastAt: NOW })],
  })
  expect(text()).toMatch(/Blind: no reply, network, 10 of 10 metrics not heard/)
})

test('notifications that the browser does not allow are said to be so, and stay off', async () => {
  const { screen } = await setup(
    {},
    { ...ALLOWED, permission: () => 'default', askPermission: () => Promise.resolve('denied') },
  )
  await screen.getByRole('checkbox', { name: 'Notify on this desktop' }).click()
  await expect.element(page.getByText(/does not allow notifications/)).toBeVisible()
  expect(usePreferencesStore.getState().alertTelling.isNotified).toBe(false)
  await screen.getByRole('checkbox', { name: 'Sound' }).click()
  await expect.poll(() => usePreferencesStore.getState().alertTelling.hasSound).toBe(true)
})
