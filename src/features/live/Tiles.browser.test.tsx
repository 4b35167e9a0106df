import { expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { epochMs } from '#domain/units.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { someMetric } from '#testing/someMetric.ts'
import { TidemarkTheme } from '#ui/theme/TidemarkTheme.tsx'
import { tileReading } from '#ui/tile/tileReading.ts'
import { Tiles } from './Tiles.tsx'

const NOW = epochMs(Date.UTC(2026, 8, 17, 12, 30))

function tile(title: string, value: number, limit: number | null) {
  const metric = someMetric(title)
  const reading = tileReading({
    metric,
    latest: { at: NOW, value },
    limit: { from: epochMs(0), value: limit, source: 'test' },
    peak: value,
    atLimitSince: null,
    forecast: null,
    source: { kind: 'fine' },
    now: NOW,
    zone: 'UTC',
  })
  return { metric, reading, source: null }
}

const SIX = [
  tile('Connections', 82, 100),
  tile('Call sessions', 74, 100),
  tile('Calls', 40, 100),
  tile('API requests', 8, 100),
  tile('Users online', 612, null),
  tile('Flows', 1, 100),
]

const onShowAll = vi.fn()

async function setup(known: { isNarrow: boolean; isOpen?: boolean }) {
  await render(
    <TidemarkTheme theme="dark">
      <Tiles
        tiles={SIX}
        onTryNow={vi.fn()}
        onShowAll={onShowAll}
        onShow={vi.fn()}
        isOpen={false}
        {...known}
      />
    </TidemarkTheme>,
  )
  return page.getByRole('article').elements().length
}

test('beside the evidence there is room for three, unless all are asked for', async () => {
  expect(await setup({ isNarrow: true })).toBe(3)
})

test('all of them can be had beside it too', async () => {
  expect(await setup({ isNarrow: true, isOpen: true })).toBe(6)
})

test('six stand in a row where nothing lies open', async () => {
  expect(await setup({ isNarrow: false })).toBe(6)
})

test('the rest is said with state, name, and share or value', async () => {
  await setup({ isNarrow: true })
  const lines = page
    .getByRole('listitem')
    .elements()
    .filter((item) => item.querySelector('article, ul') === null)
    .map(({ textContent }) => plainSpaces(textContent))
  expect(lines).toEqual(['API requestsOK8 %', 'Users onlineUnknown612', 'FlowsOK1 %'])
  await page.getByRole('button', { name: /^3 more, below 10\s% or no limit$/ }).click()
  expect(onShowAll).toHaveBeenCalledOnce()
})
