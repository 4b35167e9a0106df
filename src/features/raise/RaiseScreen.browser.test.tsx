import { useEffect, useState } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { later } from '#domain/units.ts'
import { createLimitsWorker } from '#monitor/limits/limitsWorker.ts'
import { createRaiseDesk } from '#monitor/limits/raiseDesk.ts'
import { DEFAULT_RAISE_VIEW, type RaiseView } from '#state/link/raiseLink.ts'
import { comparedHistory } from '#testing/comparedHistory.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { TidemarkTheme } from '#ui/theme/TidemarkTheme.tsx'
import { RaiseScreen } from './RaiseScreen.tsx'

const PATIENCE = { timeout: 20_000 }
const text = () => plainSpaces(document.body.textContent)

async function setup(
  known: Parameters<typeof comparedHistory>[0] = {},
  first: Partial<RaiseView> = {},
) {
  const made = comparedHistory(known)
  const worker = createLimitsWorker()
  const desk = createRaiseDesk({
    ...made,
    now: () => made.now,
    facts: () => made.facts,
    clients: () => null,
    pacing: () => () => Promise.resolve(),
    zone: 'UTC',
    worker,
  })
  const views: RaiseView[] = []
  function Screen() {
    const [view, setView] = useState<RaiseView>({ ...DEFAULT_RAISE_VIEW, zone: 'UTC', ...first })
    useEffect(
      () => () => {
        desk.close()
        worker.close()
      },
      [],
    )
    return (
      <div style={{ height: 852 }}>
        <RaiseScreen
          desk={desk}
          organisation={made.facts.organisation}
          view={view}
          notices={[]}
          onView={(next) => {
            views.push(next)
            setView(next)
          }}
        />
      </div>
    )
  }
  await render(
    <TidemarkTheme theme="dark">
      <Screen />
    </TidemarkTheme>,
  )
  return { ...made, views }
}

afterEach(() => {
  window.dispatchEvent(new Event('afterprint'))
  vi.restoreAllMocks()
})

test('a certificate says its word, its numbers, what it rests on and what is not known', async () => {
  await setup()
  await expect.poll(text, PATIENCE).toContain('Worked')
  expect(text()).toContain('Limit raised from 250 to 900 on Thu 17 Sep 2026')
  expect(text()).toContain('Against it: ')
  expect(text()).toContain('What to do. ')
  expect(text()).toMatch(/A certificate needs 3 bursts of refusals before \(here about \d/)
  expect(text()).toContain('Queues are not watched: whether they suffered is not known.')
  await expect
    .element(page.getByRole('img', { name: /^Before, .* limit 250, peak 250/ }))
    .toBeVisible()
  await expect
    .element(page.getByRole('img', { name: /^After, .* limit 900, .* 0 of/ }))
    .toBeVisible()
  await expect.element(page.getByRole('table').first()).toBeVisible()
})

test('queues that were measured stand with before, after and change', async () => {
  await setup({ hasQueues: true })
  await expect
    .element(page.getByRole('rowheader', { name: 'Waiting', exact: true }), PATIENCE)
    .toBeVisible()
  const rows = page
    .getByRole('row')
    .elements()
    .map((row) => plainSpaces(row.textContent))
  expect(rows.find((row) => row.startsWith('Waiting'))).toMatch(/no change shown$/)
  expect(rows.find((row) => row.startsWith('Longest waiting'))).toMatch(/not measured$/)
})

test('windows are moved with the keyboard, and the way back leads to the proposal', async () => {
  const { views, story } = await setup()
  const before = page.getByRole('button', { name: /^Window before/ })
  await expect.element(before, PATIENCE).toBeVisible()
  before.element().focus()
  await userEvent.keyboard('{Enter}')
  const from = page.getByLabelText('From', { exact: true })
  await from.fill('2026-09-10T12:30:00')
  await page.getByRole('button', { name: 'Show' }).click()
  await expect
    .poll(() => views.at(-1)?.windows?.before.from)
    .toBe(later(story.before.from, 1_800_000))
  const back = page.getByRole('button', { name: 'Back to the proposal' })
  await expect.element(back, PATIENCE).toBeVisible()
  expect(text()).toContain('Compared: chosen by hand')
  await back.click()
  await expect.poll(text, PATIENCE).toContain('the same weekdays and hours')
  expect(views.at(-1)?.windows).toBeNull()
})

test('on paper the certificate stands alone, with whose it is', async () => {
  await setup()
  await expect.element(page.getByRole('button', { name: 'Print' }), PATIENCE).toBeVisible()
  const paper = () => document.querySelector('[data-part="on-paper"]')
  expect(paper()).toBeNull()
  window.dispatchEvent(new Event('beforeprint'))
  // At once: paper is laid out when the handlers have run.
  expect(paper()!.textContent).toContain('Alder Retail')
  expect(paper()!.querySelectorAll('svg').length).toBeGreaterThan(3)
  expect(paper()!.getAttribute('data-theme')).toBe('light')
  window.dispatchEvent(new Event('afterprint'))
  await expect.poll(paper).toBeNull()
})

test('it is copied as Markdown, with every number that stands on the screen', async () => {
  const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  await setup()
  const copy = page.getByRole('button', { name: 'Copy as Markdown' })
  await expect.element(copy, PATIENCE).toBeVisible()
  await copy.click()
  const copied = plainSpaces(write.mock.lastCall![0])
  expect(copied).toContain('## WebSocket connections: Limit raised from 250 to 900')
  expect(copied).toContain('| Refused share at equal load |')
  expect(copied).toContain('### Queues')
})

test('without a change, without samples and with an unknown link the screen says which it is', async () => {
  await setup({ isMeasured: false })
  await expect.poll(text, PATIENCE).toContain('Nothing was measured under the old limit.')
})

test('a link to a change that nobody knows leads to the newest', async () => {
  const { open, changedAt } = comparedHistory()
  await setup({}, { metric: open.id, at: later(changedAt, 5) })
  await expect.poll(text, PATIENCE).toContain('The link names a change that is not known here.')
  await page.getByRole('button', { name: 'Show the newest' }).click()
  await expect.poll(text, PATIENCE).toContain('Worked')
})
