import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { createLimitsWorker } from '#monitor/limits/limitsWorker.ts'
import { createWhatIfDesk } from '#monitor/limits/whatIfDesk.ts'
import { MonitorProvider } from '#state/MonitorProvider.tsx'
import { comparedHistory } from '#testing/comparedHistory.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { stillMonitor } from '#testing/stillMonitor.ts'
import { TidemarkTheme } from '#ui/theme/TidemarkTheme.tsx'
import { WhatIf } from './WhatIf.tsx'

const PATIENCE = { timeout: 20_000 }
const text = () => plainSpaces(document.body.textContent)

async function setup(known: Parameters<typeof stillMonitor>[1] | null = null) {
  const made = comparedHistory()
  const monitor = stillMonitor(made.now, known ?? made.facts)
  const desk = createWhatIfDesk({
    ...made,
    now: () => made.now,
    facts: monitor.facts,
    clients: () => null,
    pacing: () => () => Promise.resolve(),
    worker: createLimitsWorker(),
  })
  await render(
    <TidemarkTheme theme="dark">
      <MonitorProvider monitor={monitor}>
        <div style={{ width: 328 }}>
          <WhatIf desk={desk} now={monitor.now} zone="UTC" metric={null} />
        </div>
      </MonitorProvider>
    </TidemarkTheme>,
  )
  return made
}

test('another limit is tried while it is typed, by keys alone', async () => {
  await setup()
  // A day of which 2 h were watched is too little; those 2 h are enough.
  await expect.poll(text, PATIENCE).toContain('cannot be said: less than half')
  await page.getByRole('button', { name: /^What-if window/ }).click()
  await page.getByRole('button', { name: '1 h' }).click()
  const field = page.getByLabelText('With a limit of')
  await field.fill('200')
  await expect
    .poll(text, PATIENCE)
    .toMatch(/With 200 instead of 900, the time from .* would have lost between \d+ and [\d ]+ of/)
  await expect.element(page.getByRole('img', { name: /^Lost by limit:/ })).toBeVisible()
  expect(text()).toContain('From counts alone, since clients are not told apart')
  field.element().focus()
  await userEvent.keyboard('{ArrowUp}')
  await expect.poll(text, PATIENCE).toMatch(/With 250 instead of 900/)
  await page.getByRole('button', { name: '50 less' }).click()
  await expect.poll(text, PATIENCE).toMatch(/With 200 instead of 900/)
})

test('what is no limit is said to be none, and nothing is made up for it', async () => {
  await setup()
  await page.getByLabelText('With a limit of').fill('')
  await expect.poll(text).toContain('A limit is a whole number from 1 on; type one.')
})

test('without any limit it says what would be shown', async () => {
  await setup({ metrics: [], limits: new Map() })
  await expect.poll(text).toContain('No limit is known yet.')
})
