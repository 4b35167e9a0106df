import { expect, test, vi } from 'vitest'
import { render } from 'vitest-browser-react'
import { epochMs } from '#domain/units.ts'
import { DEFAULT_LIVE_VIEW, type LiveView } from '#state/link/liveLink.ts'
import { liveCrosshair } from './liveCrosshair.ts'
import { useCrosshairLink } from './useCrosshairLink.ts'

const viewAt = (at: number | null): LiveView => ({
  ...DEFAULT_LIVE_VIEW,
  at: at === null ? null : epochMs(at),
})

async function setup(at: number | null) {
  const onView = vi.fn<(view: LiveView) => void>()
  function Linked({ view }: { view: LiveView }) {
    useCrosshairLink(view, onView)
    return null
  }
  const { rerender } = await render(<Linked view={viewAt(at)} />)
  const arriveAt = (next: number | null) => rerender(<Linked view={viewAt(next)} />)
  return { onView, arriveAt }
}

test('a link pins the crosshair, and another one pins it elsewhere', async () => {
  const { arriveAt } = await setup(1_000)
  expect(liveCrosshair.get()).toEqual({ at: 1_000, isPinned: true })
  await arriveAt(2_000)
  expect(liveCrosshair.get()).toEqual({ at: 2_000, isPinned: true })
  await arriveAt(null)
  expect(liveCrosshair.get().isPinned).toBe(false)
})

test('a link that only says back what it was told does not pull the crosshair back', async () => {
  const { onView, arriveAt } = await setup(null)
  liveCrosshair.pin(epochMs(1_000))
  await expect.poll(() => onView.mock.calls.at(-1)?.[0].at).toBe(1_000)
  liveCrosshair.pin(epochMs(2_000))
  await arriveAt(1_000)
  expect(liveCrosshair.get()).toEqual({ at: 2_000, isPinned: true })
  await expect.poll(() => onView.mock.calls.at(-1)?.[0].at).toBe(2_000)
})
