import { expect, onTestFinished, test, vi } from 'vitest'
import { epochMs, orgId } from '#domain/units.ts'
import { markFollowed } from '#sources/imports/tail/followMark.ts'
import { forgetFile, keepFile, keptFile } from '#sources/imports/tail/keptFile.ts'
import { JTL_START_MS, jtlLine, jtlText } from '#testing/jtlText.ts'
import { opfsFile } from '#testing/opfsFile.ts'
import { stillMonitor } from '#testing/stillMonitor.ts'
import { wellFacts } from '#testing/wellFacts.ts'
import { createFileDesk, type FileDesk } from './fileDesk.ts'

/** A worker takes its time to start on a busy machine. */
const until = <T>(read: () => T) => expect.poll(read, { timeout: 10_000 })

async function setup(name: string) {
  const org = orgId(`desk-${name}`)
  const file = await opfsFile(`${name}.jtl`)
  await file.append(jtlText(jtlLine(0, 200, 3)))
  const { organisation } = wellFacts()
  const monitor = stillMonitor(epochMs(JTL_START_MS + 5_000), {
    organisation: { ...organisation, id: org },
  })
  const onSpan = vi.fn()
  /** A desk as a screen has it, until the screen is left. */
  function screen(): { desk: FileDesk; leave: () => void } {
    const desk = createFileDesk(monitor)
    const leave = desk.attend(onSpan)
    onTestFinished(leave)
    return { desk, leave }
  }
  onTestFinished(async () => {
    await forgetFile(org)
    await file.remove()
  })
  return { org, file, monitor, onSpan, screen }
}
const kindOf = (desk: FileDesk) => () => desk.file()?.kind ?? null

test('a file that was followed when its screen was left goes on when the screen comes back', async () => {
  const { file, onSpan, screen } = await setup('back')
  const first = screen()
  first.desk.open({ file: null, handle: file.handle })
  await until(kindOf(first.desk)).toBe('followed')
  expect(onSpan).toHaveBeenLastCalledWith(JTL_START_MS, JTL_START_MS + 100, true)
  first.leave()
  const second = screen()
  await until(kindOf(second.desk)).toBe('followed')
})

test('a kept file is offered once no tab follows one, and goes on when reading is allowed', async () => {
  const { org, file, screen } = await setup('offer')
  await keepFile(org, file.handle)
  let end!: () => void
  markFollowed(org, new Promise<void>((resolve) => void (end = resolve)))
  const { desk } = screen()
  expect(desk.file()).toBeNull()
  end()
  await until(kindOf(desk)).toBe('offered')
  const ask = vi
    .spyOn(file.handle as unknown as { requestPermission(): unknown }, 'requestPermission')
    .mockResolvedValueOnce('denied')
  await desk.allow(file.handle)
  expect(desk.file()).toMatchObject({ kind: 'offered', isRefused: true })
  ask.mockResolvedValueOnce('granted')
  void desk.allow(file.handle)
  await until(kindOf(desk)).toBe('followed')
})

test('a file is kept while it is followed, and no longer', async () => {
  const { org, file, screen } = await setup('kept')
  const { desk } = screen()
  desk.open({ file: null, handle: file.handle })
  await until(kindOf(desk)).toBe('followed')
  expect((await keptFile(org))?.name).toBe('kept.jtl')
  desk.stop()
  await until(kindOf(desk)).toBe('ended')
  await expect.poll(() => keptFile(org)).toBeNull()
  expect(desk.file()).toMatchObject({ result: { summary: { samples: 1 } } })
})

test('a newer file ends the following of the one before it', async () => {
  const { file, monitor, screen } = await setup('newer')
  const { desk } = screen()
  desk.open({ file: null, handle: file.handle })
  await until(kindOf(desk)).toBe('followed')
  desk.open({ file: new File([jtlText(jtlLine(60, 200, 9))], 'other.jtl'), handle: null })
  await until(() => desk.file()).toMatchObject({ kind: 'read', name: 'other.jtl' })
  expect(monitor.facts().metrics.some(({ origin }) => origin === 'other.jtl')).toBe(true)
})
