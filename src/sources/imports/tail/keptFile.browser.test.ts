import { expect, onTestFinished, test } from 'vitest'
import { orgId } from '#domain/units.ts'
import { opfsFile } from '#testing/opfsFile.ts'
import { forgetFile, keepFile, keptFile } from './keptFile.ts'

async function fileNamed(name: string) {
  const file = await opfsFile(name)
  onTestFinished(() => file.remove())
  return file
}

test('the file that is followed beside an organisation is found again, by that organisation alone', async () => {
  const org = orgId('kept-1')
  const file = await fileNamed('kept-1.jtl')
  await keepFile(org, file.handle)
  await file.append('more')
  const found = await keptFile(org)
  expect(await found?.isSameEntry(file.handle)).toBe(true)
  expect((await found!.getFile()).size).toBe(4)
  expect(await keptFile(orgId('kept-other'))).toBeNull()
})

test('a newer file takes the place of the one before it; what is forgotten is gone', async () => {
  const org = orgId('kept-2')
  await keepFile(org, (await fileNamed('kept-2a.jtl')).handle)
  await keepFile(org, (await fileNamed('kept-2b.jtl')).handle)
  expect((await keptFile(org))?.name).toBe('kept-2b.jtl')
  await forgetFile(org)
  expect(await keptFile(org)).toBeNull()
})
