import { dropFile, growingJtl, noteNumbers } from './support/growingJtl.ts'
import { picture } from './support/picture.ts'
import { expect, signIn, test } from './support/tidemark.ts'

const thin = (text: string | null) => (text ?? '').replace(/[\u202f\u00a0]/g, ' ')

test('a running load test is followed: what is written to its file shows on the moving axis', async ({
  page,
  startOrganisation,
}, info) => {
  test.slow()
  const path = info.outputPath('run.jtl')
  const file = growingJtl(path)
  await signIn(page, await startOrganisation())
  const line = page.getByRole('status').filter({ hasText: 'run.jtl' })
  const words = async () => thin(await line.textContent())

  file.begin()
  await dropFile(page, path)
  await expect.poll(words).toContain('Following run.jtl: no samples yet;')

  const seenAt = await noteNumbers(page, 'active threads')
  const { samples, writtenAt } = await file.run(6)
  const unseen = async () => {
    const seen = await seenAt()
    return [...writtenAt.keys()].filter((threads) => !seen[threads])
  }
  await expect.poll(unseen).toEqual([])
  const seen = await seenAt()
  info.annotations.push({
    type: 'ms from the last line of a second to its threads beside the chart',
    description: [...writtenAt].map(([threads, at]) => seen[threads]! - at).join(', '),
  })
  await expect.poll(words).toContain(`Following run.jtl: ${samples} samples, last at`)
  await expect.poll(words).toContain(`; ${Math.ceil(samples / 5)} capacity.`)
  // The window still moves with the clock.
  expect(page.url()).not.toContain('from=')
  await picture(page, 'following')

  file.begin(3)
  await expect.poll(words).toMatch(/Following run\.jtl, begun anew at [\d:]+: 3 samples,/)
  await page.reload()
  await page.getByRole('button', { name: 'Follow run.jtl again' }).click()
  await expect.poll(words).toMatch(/^Following run\.jtl: .*\b3 samples/)

  await line.getByRole('button', { name: 'Stop' }).click()
  await expect.poll(words).toMatch(/^run\.jtl 3 samples,/)
  await line.getByRole('button', { name: 'Close' }).click()
  await expect(line).toHaveCount(0)
})
