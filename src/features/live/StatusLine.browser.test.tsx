import { expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { verdictWords } from '#domain/evidence/verdict/verdictWords.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { someEvidence } from '#testing/someEvidence.ts'
import { TidemarkTheme } from '#ui/theme/TidemarkTheme.tsx'
import { StatusLine } from './StatusLine.tsx'
import { FindingsLine } from './evidence/FindingsLine.tsx'
import { findingsOf } from './evidence/findings.ts'

const report = someEvidence()
const headline = { kind: 'verdict', report, words: verdictWords(report, 'UTC') } as const

async function setup(onEvidence: (() => void) | null = vi.fn()) {
  await render(
    <TidemarkTheme theme="dark">
      <StatusLine
        headline={headline}
        metrics={null}
        areAllShown={false}
        onShowAll={vi.fn()}
        onEvidence={onEvidence}
      />
    </TidemarkTheme>,
  )
  return plainSpaces(page.getByRole('region', { name: 'State' }).element().textContent)
}

test('a verdict carries its numbers, what speaks against it, source, coverage and clock', async () => {
  const words = await setup()
  expect(words).toContain('Capacity-bound96 % of 312 refused')
  expect(words).toContain('Against it: 12 were refused below the limit')
  expect(words).toContain('WebSocket connectionsmeasured · organisation97 % coveredclock ± 0.4 s')
})

test('while the evidence lies open there is no button to open it', async () => {
  await setup(null)
  await expect.element(page.getByRole('button', { name: /^Evidence/ })).not.toBeInTheDocument()
})

test('one finding is said in full, several in brief; each opens the evidence at its part', async () => {
  const found = findingsOf(report, 'UTC')
  const onOpen = vi.fn()
  const { rerender } = await render(<FindingsLine findings={found} onOpen={onOpen} />)
  await page.getByRole('button', { name: /^Retry storm 420 attempts for 84 demands$/ }).click()
  expect(onOpen).toHaveBeenCalledWith('storm')
  await rerender(<FindingsLine findings={found.slice(0, 1)} onOpen={onOpen} />)
  const alone = page.getByRole('list', { name: 'Findings' }).element().textContent
  expect(plainSpaces(alone)).toContain('The floor rises +56 per iteration (54 to 58), 8 floors.')
})
