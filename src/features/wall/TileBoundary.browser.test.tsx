import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { TileBoundary } from './TileBoundary.tsx'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

test('a tile that failed is tried again by itself, less and less often, until it works', async () => {
  const tried = vi.fn()
  let isBroken = true
  function Tile() {
    tried()
    if (isBroken) throw new Error('A broken tile')
    return <p>84 %</p>
  }
  await render(
    <TileBoundary fallback={<p>Tile failed</p>}>
      <Tile />
    </TileBoundary>,
  )
  await expect.element(page.getByText('Tile failed')).toBeVisible()
  const tries = () => tried.mock.calls.length
  const first = tries()
  vi.advanceTimersByTime(9_999)
  expect(tries()).toBe(first)
  vi.advanceTimersByTime(1)
  await expect.poll(tries).toBeGreaterThan(first)
  isBroken = false
  await expect.poll(() => vi.getTimerCount()).toBeGreaterThan(0)
  const second = tries()
  vi.advanceTimersByTime(19_999)
  expect(tries()).toBe(second)
  vi.advanceTimersByTime(1)
  await expect.element(page.getByText('84 %')).toBeVisible()
})
