import { expect, onTestFinished, test, vi } from 'vitest'
import { opfsFile } from '#testing/opfsFile.ts'
import { askToRead, chooseFile, droppedFile, whyNotFollowed } from './fileAccess.ts'

const dropOf = (...files: File[]) => {
  const transfer = new DataTransfer()
  for (const file of files) transfer.items.add(file)
  return transfer
}

test('a browser that can follow a file says so; one without the way is told from one that keeps it', () => {
  expect(whyNotFollowed()).toBeNull()
  vi.stubGlobal('isSecureContext', false)
  onTestFinished(() => void vi.unstubAllGlobals())
  expect(whyNotFollowed()).toBeNull()
  const picker = Object.getOwnPropertyDescriptor(window, 'showOpenFilePicker')!
  Reflect.deleteProperty(window, 'showOpenFilePicker')
  onTestFinished(() => void Object.defineProperty(window, 'showOpenFilePicker', picker))
  expect(whyNotFollowed()).toBe('insecurePage')
  vi.stubGlobal('isSecureContext', true)
  expect(whyNotFollowed()).toBe('browser')
})

test('the chosen file is given, and nothing where the choice was called off', async () => {
  const file = await opfsFile('chosen.jtl')
  onTestFinished(() => file.remove())
  const picker = vi.fn().mockResolvedValueOnce([file.handle])
  vi.stubGlobal('showOpenFilePicker', picker)
  onTestFinished(() => void vi.unstubAllGlobals())
  expect(await chooseFile()).toBe(file.handle)
  picker.mockRejectedValueOnce(new DOMException('The user aborted a request.', 'AbortError'))
  expect(await chooseFile()).toBeNull()
  picker.mockRejectedValueOnce(new DOMException('no gesture', 'SecurityError'))
  await expect(chooseFile()).rejects.toThrow('no gesture')
})

test('a dropped file is given by its handle where the browser has one, else as it is', async () => {
  const file = new File(['x'], 'ramp.jtl')
  expect(await droppedFile(dropOf(file))).toEqual({ file, handle: null })
  expect(await droppedFile(dropOf())).toBeNull()
  const disk = await opfsFile('dropped.jtl')
  onTestFinished(() => disk.remove())
  const ask = vi
    .spyOn(
      DataTransferItem.prototype as unknown as { getAsFileSystemHandle(): unknown },
      'getAsFileSystemHandle',
    )
    .mockResolvedValue(disk.handle)
  onTestFinished(() => ask.mockRestore())
  expect(await droppedFile(dropOf(file))).toEqual({ file: null, handle: disk.handle })
  ask.mockRejectedValue(new DOMException('a folder of the system', 'NotAllowedError'))
  expect(await droppedFile(dropOf(file))).toEqual({ file, handle: null })
  // A folder has a handle, too.
  ask.mockResolvedValue(await navigator.storage.getDirectory())
  expect(await droppedFile(dropOf(file))).toEqual({ file, handle: null })
})

test('whether a file may be read is asked of its handle', async () => {
  const file = await opfsFile('asked.jtl')
  onTestFinished(() => file.remove())
  expect(await askToRead(file.handle)).toBe(true)
  const ask = vi
    .spyOn(file.handle as unknown as { requestPermission(): unknown }, 'requestPermission')
    .mockResolvedValue('denied')
  expect(await askToRead(file.handle)).toBe(false)
  expect(ask).toHaveBeenCalledWith({ mode: 'read' })
})
