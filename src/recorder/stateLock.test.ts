import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lockState, startOf } from './stateLock.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-lock-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

const hold = (text: string) => writeFileSync(join(folder, 'recorder.lock'), text)

test('a folder is taken and handed back', () => {
  const release = lockState(folder)
  expect(existsSync(join(folder, 'recorder.lock'))).toBe(true)
  release()
  expect(existsSync(join(folder, 'recorder.lock'))).toBe(false)
})

/** A process that lives until it is killed. */
async function living() {
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  await once(other, 'spawn')
  return { pid: other.pid!, kill: () => other.kill('SIGKILL') && once(other, 'exit') }
}

test('a folder that a living process holds is refused, and taken over once that is gone', async () => {
  const { pid, kill } = await living()
  hold(`${pid} ${startOf(pid) ?? ''}\n`)
  expect(() => lockState(folder)).toThrow(`process ${pid} records into this folder`)
  await kill()
  lockState(folder)()
})

test.runIf(process.platform === 'linux')(
  'a number that another process got since holds nothing',
  async () => {
    const { pid, kill } = await living()
    hold(`${pid} 1\n`)
    lockState(folder)()
    await kill()
  },
)

test.each(['', 'nonsense', '99999999 1\n', `${process.pid} 1\n`])(
  'a lock that says "%s" holds nothing',
  (text) => {
    hold(text)
    lockState(folder)()
  },
)
