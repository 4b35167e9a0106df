import { expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { MonitorProvider } from '#state/MonitorProvider.tsx'
import { LAST_AT, someFollowed, someFollowedState } from '#testing/someFollowed.ts'
import { stillMonitor } from '#testing/stillMonitor.ts'
import { TidemarkTheme } from '#ui/theme/TidemarkTheme.tsx'
import type { FollowedFile } from './followedFile.ts'
import { FollowLine } from './FollowLine.tsx'
import type { FileDesk } from './fileDesk.ts'

const button = (name: string) => page.getByRole('button', { name })

async function setup(known: Partial<FollowedFile>, notKept: string | null = null) {
  const desk = {
    file: () => null,
    subscribe: () => () => undefined,
    open: vi.fn(),
    allow: vi.fn(),
    stop: vi.fn(),
    close: vi.fn(),
    attend: () => () => undefined,
  } satisfies FileDesk
  const file = { kind: 'followed', notKept, ...someFollowed(known) } as const
  await render(
    <TidemarkTheme theme="dark">
      <MonitorProvider monitor={stillMonitor(LAST_AT)}>
        <FollowLine file={file} desk={desk} now={LAST_AT} zone="UTC" />
      </MonitorProvider>
    </TidemarkTheme>,
  )
  return { desk, file }
}

test('a file that may not be read any more can be allowed again, or stopped', async () => {
  const trouble = { why: 'barred', reason: 'no permission' } as const
  const { desk, file } = await setup({
    state: someFollowedState({ trouble }),
    troubleSince: LAST_AT,
  })
  await button('Allow reading').click()
  expect(desk.allow).toHaveBeenCalledWith(file.handle)
  await button('Stop').click()
  expect(desk.stop).toHaveBeenCalled()
})

test('a file that is well has nothing to allow and no details', async () => {
  await setup({})
  await expect.element(page.getByRole('status')).toHaveTextContent(/^Following run\.jtl: /)
  await expect.element(button('Allow reading')).not.toBeInTheDocument()
  await expect.element(button('Details')).not.toBeInTheDocument()
})

test('that a file cannot be kept for the next page stands in its details', async () => {
  await setup({}, 'the disk is full')
  await button('Details').click()
  await expect
    .element(
      page.getByRole('dialog').getByText(/not offered again after a reload: the disk is full/),
    )
    .toBeVisible()
})
