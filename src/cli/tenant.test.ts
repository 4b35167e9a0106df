import { expect, test } from 'vitest'
import { startTenantServer } from '#mocks/node/server.ts'
import { scenarioNamed } from '#mocks/scenarios.ts'
import { runCommandLine } from './commandLine.ts'

/** Runs `tidemark tenant …` until its first line, hands that over, and stops it. */
async function run(args: string[], whileUp: (line: string) => Promise<void> = async () => {}) {
  const stop = new AbortController()
  const out: string[] = []
  const err: string[] = []
  let failure: unknown = null
  const exit = await runCommandLine(
    ['tenant', ...args],
    {
      out: (line) => {
        out.push(line)
        whileUp(line)
          .catch((error: unknown) => {
            failure = error
          })
          .finally(() => stop.abort())
      },
      err: (line) => void err.push(line),
    },
    stop.signal,
  )
  if (failure instanceof Error) throw failure
  return { exit, out, err }
}

test('plays an organisation at the address it prints, until it is stopped', async () => {
  const { exit, out } = await run(['--port', '0', '--scenario', 'leaking-app'], async (line) => {
    expect(line).toMatch(/^Cedar Travel \(simulated: scenario leaking-app, seed 42\) is at http:/)
    const url = /http:\S+/.exec(line)![0]
    const organisations = (await (await fetch(`${url}/v1/organisations`)).json()) as object[]
    expect(organisations).toHaveLength(1)
  })
  expect([exit, out.length]).toEqual([0, 1])
})

test('with --json the address is one object, and the cap holds', async () => {
  const { exit } = await run(
    ['--port', '0', '--json', '--max-connections', '7', '--seed', '5'],
    async (line) => {
      const told = JSON.parse(line) as { url: string; organisation: { id: string } }
      expect(told).toMatchObject({ scenario: 'quiet', seed: 5, maxConnections: 7 })
      const changes = await fetch(`${told.url}/v1/changes?organisation=${told.organisation.id}`)
      expect(await changes.json()).toMatchObject({
        limits: expect.arrayContaining([
          expect.objectContaining({ metric: 'connections.open', value: 7 }),
        ]) as unknown,
      })
    },
  )
  expect(exit).toBe(0)
})

test('headers can be withheld from pages', async () => {
  await run(['--port', '0', '--withhold-headers'], async (line) => {
    const reply = await fetch(`${/http:\S+/.exec(line)![0]}/v1/organisations`)
    expect(reply.headers.has('Access-Control-Expose-Headers')).toBe(false)
  })
})

test.each([
  [['--scenario', 'boom'], /there is no scenario "boom"; there are .*quiet/],
  [['--seed', 'x'], /--seed x is no whole number/],
  [['--max-connections', '-3'], /max-connections/],
  [['--max-connections', '1.5'], /--max-connections 1.5 is no whole number/],
  [['--port', '99999'], /--port 99999/],
  [['--unheard'], /--unheard/],
])('%j is one line on standard error and exit code 2', async (args, message) => {
  const { exit, out, err } = await run(args)
  expect([exit, out.length, err.length]).toEqual([2, 0, 1])
  expect(err[0]).toMatch(message)
})

test('a taken port is told, with what to do', async () => {
  const taken = await startTenantServer({ port: 0, scenario: scenarioNamed('quiet')!, seed: 1 })
  try {
    const { exit, err } = await run(['--port', String(taken.port)])
    expect(exit).toBe(2)
    expect(err[0]).toContain(`port ${taken.port} is taken`)
  } finally {
    await taken.close()
  }
})

test('the help names every scenario', async () => {
  const { exit, out } = await run(['--help'])
  expect(exit).toBe(0)
  for (const name of ['quiet', 'limit-raised', 'auto-scaling']) expect(out.join()).toContain(name)
})
