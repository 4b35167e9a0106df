import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { TidemarkTheme } from '#ui/theme/TidemarkTheme.tsx'
import { WithheldNotice } from './WithheldNotice.tsx'

const show = (isSecure: boolean) =>
  render(
    <TidemarkTheme theme="dark">
      <WithheldNotice isSecure={isSecure} />
    </TidemarkTheme>,
  )

test('over plain http it is said what the browser withholds, and what helps, until dismissed', async () => {
  await show(false)
  const notice = page.getByText(/the browser withholds signing in, the simulation, .* --cert FILE/)
  await expect.element(notice).toBeVisible()
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await expect.element(notice).not.toBeInTheDocument()
})

test('over https there is nothing to say', async () => {
  await show(true)
  await expect.element(page.getByRole('status')).not.toBeInTheDocument()
})
