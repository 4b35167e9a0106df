import { expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { durationMs, epochMs } from '#domain/units.ts'
import type { EvidenceView } from '#monitor/evidence/evidenceWatch.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { someEvidence } from '#testing/someEvidence.ts'
import { TidemarkTheme } from '#ui/theme/TidemarkTheme.tsx'
import { EvidenceDrawer } from './EvidenceDrawer.tsx'
import type { EvidencePanel } from '#state/useEvidencePanel.ts'

const READY: EvidenceView = { kind: 'ready', report: someEvidence(), isComputing: false }

/** The drawer at its place's width and height, opened at a part if one is named. */
async function setup(evidence = READY, wanted: EvidencePanel['wanted'] = null) {
  const close = vi.fn()
  const panel: EvidencePanel = { isOpen: true, wanted, open: vi.fn(), close, toggle: vi.fn() }
  await render(
    <TidemarkTheme theme="dark">
      <div style={{ '--drawer': '432px', height: 828 } as object}>
        <EvidenceDrawer evidence={evidence} zone="Europe/Berlin" panel={panel} />
      </div>
    </TidemarkTheme>,
  )
  const drawer = page.getByRole('region', { name: 'Evidence', exact: true })
  const words = () => plainSpaces(drawer.element().textContent)
  return { drawer, words, close }
}

const part = (name: string | RegExp) => page.getByRole('region', { name })
const button = (name: string | RegExp) => page.getByRole('button', { name })

test('the verdict comes first, with what speaks against it and how far to trust it', async () => {
  const { words } = await setup()
  expect(words()).toMatch(/Capacity-bound\. 96 % of 312 refused/)
  expect(words()).toMatch(/Against it: 12 were refused below the limit/)
  expect(words()).toContain('measured · organisation')
  expect(words()).toContain('97 % covered')
  expect(words()).toContain('clock ± 0.4 s')
})

test('pictures say in words what they show', async () => {
  await setup()
  for (const name of [/^Observed: 91 bins/, /^Floors: 98 after iteration 1/, /^Refused share by/])
    await expect.element(page.getByRole('img', { name })).toBeInTheDocument()
  const levels = part(/^Share of 10\ss bins/).getByRole('listitem')
  expect(
    levels
      .elements()
      .map(({ textContent }) => plainSpaces(textContent))
      .at(-1),
  ).toBe('at the limit78 % 91 of 117')
})

test('an exponent is raised', async () => {
  await setup()
  const fisher = page.getByText('p = 2 × 10', { exact: false }).element()
  expect(fisher.querySelector('sup')!.textContent).toBe('−95')
})

test('a number says what it means when it is asked, by keyboard too', async () => {
  await setup()
  const ask = button('Attributable fraction')
  const meaning = page.getByText(/^Of 100 refusals, 95 would not have happened/)
  await expect.element(meaning).not.toBeInTheDocument()
  ask.element().focus()
  await userEvent.keyboard('{Enter}')
  await expect.element(meaning).toBeVisible()
  await expect.element(ask).toHaveAttribute('aria-expanded', 'true')
  await userEvent.keyboard('{Enter}')
  await expect.element(meaning).not.toBeInTheDocument()
})

test('all meanings can be shown at once', async () => {
  await setup()
  await button('Explain every number').click()
  await expect.element(page.getByText(/^Of 100 refusals, 95/)).toBeVisible()
  await expect.element(page.getByText(/^The window is cut into bins/)).toBeVisible()
  await button('Numbers only').click()
  await expect.element(page.getByText(/^Of 100 refusals, 95/)).not.toBeInTheDocument()
})

test('Escape and the button close it', async () => {
  const { close } = await setup(READY, { part: null })
  await expect.element(page.getByRole('heading', { name: 'Evidence', level: 2 })).toHaveFocus()
  await userEvent.keyboard('{Escape}')
  expect(close).toHaveBeenCalledTimes(1)
  await button(/^Close/).click()
  expect(close).toHaveBeenCalledTimes(2)
})

test('opened at a part it shows that part', async () => {
  await setup(READY, { part: 'storm' })
  const heading = page.getByRole('heading', { name: 'Retry storm' })
  await expect.element(heading).toHaveFocus()
  await expect.element(heading).toBeInViewport()
})

test('opened from a link it leaves the focus where it is', async () => {
  await setup()
  expect(document.activeElement).toBe(document.body)
})

test('the whole report is copied as text', async () => {
  const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  await setup()
  await button('Copy as text').click()
  expect(plainSpaces(write.mock.calls[0]![0])).toMatch(/^Evidence, Thu 17 Sep 2026, 11:30 to 14:30/)
  await expect.element(page.getByText('Copied')).toBeInTheDocument()
  write.mockRestore()
})

test.each([
  [false, 'shows the lowest and highest of every 5 min', 'Choose a shorter window.'],
  [true, 'Samples are kept for 14 days', 'Choose a window within the last 14 days.'],
])(
  'where only summaries are shown it says why there is no verdict, and what to do',
  async (isPruned, reason, advice) => {
    const tier = { until: epochMs(0), stepMs: durationMs(300_000), isPruned }
    const { words } = await setup({ kind: 'summarised', tier })
    expect(words()).toContain(reason)
    expect(words()).toContain(advice)
  },
)

test('waiting and failed look different, and offer nothing to copy', async () => {
  const waiting = await setup({ kind: 'waiting' })
  expect(waiting.words()).toContain('No evidence yet')
  await expect.element(button('Copy as text')).not.toBeInTheDocument()
})

test('a failure says why, and what goes on', async () => {
  const failed = await setup({ kind: 'failed', message: 'the worker could not be loaded' })
  expect(failed.words()).toContain('The evidence could not be worked out')
  expect(failed.words()).toContain(
    'Reason: the worker could not be loaded. Charts and events go on',
  )
})

test('while a new look is worked out the last one stays', async () => {
  const { drawer, words } = await setup({ ...READY, isComputing: true } as EvidenceView)
  await expect.element(drawer).toHaveAttribute('aria-busy', 'true')
  expect(words()).toContain('Capacity-bound.')
})

test('nothing sticks out of the drawer, explained or not', async () => {
  const { drawer } = await setup()
  await button('Explain every number').click()
  const { right } = drawer.element().getBoundingClientRect()
  for (const element of drawer.element().querySelectorAll('button, dd, dt, p, li, h3'))
    expect(element.getBoundingClientRect().right).toBeLessThanOrEqual(right + 0.5)
})
