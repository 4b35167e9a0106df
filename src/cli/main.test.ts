import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const FIXTURES = join(process.cwd(), 'src', 'sources', 'imports', 'jtl', 'fixtures')

/** Runs the command as users do, from a folder of theirs. */
const tidemark = (...args: string[]) =>
  spawnSync(join('node_modules', '.bin', 'tsx'), ['src/cli/main.ts', ...args], {
    encoding: 'utf8',
    env: { ...process.env, INIT_CWD: FIXTURES },
  })

test("the command runs without a build, reads from the caller's folder and exits 0", () => {
  const { status, stdout, stderr } = tidemark('inspect', '--json', 'ramp.jtl')
  expect(stderr).toBe('')
  expect(JSON.parse(stdout)).toMatchObject({ file: 'ramp.jtl', samples: 273, peakThreads: 40 })
  expect(status).toBe(0)
})

test('bad input exits 2 with one line on standard error and nothing on standard output', () => {
  const { status, stdout, stderr } = tidemark('inspect', '--json', 'none.jtl')
  expect({ status, stdout, stderr }).toEqual({
    status: 2,
    stdout: '',
    stderr: 'tidemark inspect: none.jtl does not exist\n',
  })
})
