import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { ago, button, renderLive, textOf } from '#testing/renderLive.tsx'

test('a dropped JTL lies on the same axis, and what it held is said', async () => {
  const { views } = await renderLive()
  const header =
    'timeStamp,elapsed,label,responseCode,responseMessage,threadName,success,allThreads\n'
  const rows = Array.from(
    { length: 20 },
    (_, i) =>
      `${ago(7_200) + i * 1000},50,GET /stations,${i < 15 ? 200 : 503},x,load 1-${i},${i < 15},${i + 1}`,
  )
  const file = new File([header, rows.join('\n'), '\nbroken'], 'ramp.jtl', { type: 'text/csv' })
  await page.getByLabelText('JMeter result file').upload(file)
  await expect
    .element(
      page.getByText(
        /20 samples, 10:30:00 to 10:30:19 on Thu 17 Sep 2026; up to 20 threads; 5 capacity; 1 line left out/,
      ),
    )
    .toBeVisible()
  const { window } = views.at(-1)!
  expect(window.kind).toBe('absolute')
  await expect.poll(() => textOf('Events')).toContain('GET /stations')
  await button('Details').click()
  await expect.element(page.getByRole('dialog').getByText(/^line 22/)).toBeVisible()
})

test('a file that is no JTL is refused in one sentence', async () => {
  await renderLive()
  const file = new File(['{"log":{"version":"1.2","entries":[]}}'], 'page.har')
  await page.getByLabelText('JMeter result file').upload(file)
  await expect.element(page.getByText(/page\.har is recognised as HAR/)).toBeVisible()
  await button('Close').click()
  await expect.element(page.getByText(/page\.har/)).not.toBeInTheDocument()
})
