import { expect, test, vi } from 'vitest'
import { render } from 'vitest-browser-react'
import { type EpochMs, epochMs } from '#domain/units.ts'
import { screenCrosshair } from './crosshair.ts'
import { useCrosshairLink } from './useCrosshairLink.ts'

const instant = (at: number | null) => (at === null ? null : epochMs(at))

async function setup(at: number | null) {
  const onAt = vi.fn<(at: EpochMs | null) => void>()
  function Linked({ linked }: { linked: EpochMs | null }) {
    useCrosshairLink(linked, onAt)
    return null
  }
  const { rerender } = await render(<Linked linked={instant(at)} />)
  const arriveAt = (next: number | null) => rerender(<Linked linked={instant(next)} />)
  return { onAt, arriveAt }
}

test('a link pins the crosshair, and another one pins it elsewhere', async () => {
  const { arriveAt } = await setup(1_000)
  expect(screenCrosshair.get()).toEqual({ at: 1_000, isPinned: true })
  await arriveAt(2_000)
  expect(screenCrosshair.get()).toEqual({ at: 2_000, isPinned: true })
  await arriveAt(null)
  expect(screenCrosshair.get().isPinned).toBe(false)
})

test('a link that only says back what it was told does not pull the crosshair back', async () => {
  const { onAt, arriveAt } = await setup(null)
  screenCrosshair.pin(epochMs(1_000))
  await expect.poll(() => onAt.mock.calls.at(-1)?.[0]).toBe(1_000)
  screenCrosshair.pin(epochMs(2_000))
  await arriveAt(1_000)
  expect(screenCrosshair.get()).toEqual({ at: 2_000, isPinned: true })
  await expect.poll(() => onAt.mock.calls.at(-1)?.[0]).toBe(2_000)
})
