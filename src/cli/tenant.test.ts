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

const addressIn = (line: string) => /http:\S+/.exec(line)![0]

/** A token of client credentials, and how to ask with it. */
async function signedIn(url: string, clientId = 'any') {
  const reply = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: 's',
    }),
  })
  const { access_token } = (await reply.json()) as { access_token?: string }
  return {
    status: reply.status,
    ask: (path: string) =>
      fetch(url + path, { headers: { Authorization: `Bearer ${access_token}` } }),
  }
}

test('the organisation is named and its limits are set as asked for', async () => {
  const registry = [
    'quality evaluations.per.agent.per.day=-1',
    'quality brand.new=9007199254740992',
  ]
  const args = ['--port', '0', '--organisation', 'Fir Bank']
  await run([...args, ...registry.flatMap((each) => ['--registry', each])], async (line) => {
    expect(line).toMatch(/^Fir Bank \(simulated/)
    const { ask } = await signedIn(addressIn(line))
    const reply = await ask('/api/v2/organizations/limits/namespaces/quality')
    const { entities } = (await reply.json()) as { entities: { key: string; value: number }[] }
    expect(Object.fromEntries(entities.map(({ key, value }) => [key, value]))).toMatchObject({
      'evaluations.per.agent.per.day': -1,
      'brand.new': 2 ** 53,
    })
  })
})

test('permissions can be taken away, and the allowance be small and shared', async () => {
  const permissions = ['telephony:callMetrics:view', 'routing:queue:view']
  const without = permissions.flatMap((each) => ['--without', each])
  const rate = ['--requests-per-minute', '7', '--neighbour', '50']
  await run(['--port', '0', ...without, ...rate], async (line) => {
    const { ask } = await signedIn(addressIn(line))
    for (const path of ['/api/v2/telephony/calls/metrics', '/api/v2/routing/queues'])
      expect((await ask(path)).status).toBe(403)
    const { headers } = await ask('/api/v2/organizations/me')
    expect(headers.get('inin-ratelimit-allowed')).toBe('7')
  })
})

test('with --client and --redirect-uri the login knows nobody else', async () => {
  const back = 'http://127.0.0.1:1/back'
  await run(['--port', '0', '--client', 'mine', '--redirect-uri', back], async (line) => {
    const url = addressIn(line)
    expect((await signedIn(url, 'mine')).status).toBe(200)
    expect((await signedIn(url, 'other')).status).toBe(400)
    const page = (clientId: string, redirect: string) =>
      fetch(
        `${url}/oauth/authorize?response_type=code&client_id=${clientId}&redirect_uri=${encodeURIComponent(redirect)}`,
      )
    const statuses = [page('mine', back), page('other', back), page('mine', `${back}/other`)]
    expect((await Promise.all(statuses)).map(({ status }) => status)).toEqual([200, 400, 400])
  })
})

test.each([
  [['--registry', 'quality'], /--registry "quality" must be spelt/],
  [['--registry', 'quality a.b=x'], /--registry "quality a.b=x" must be spelt/],
  [['--requests-per-minute', 'few'], /--requests-per-minute few is no whole number/],
  [['--neighbour', '0.5'], /--neighbour 0.5 is no whole number/],
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
  for (const option of ['--organisation', '--registry', '--without', '--requests-per-minute'])
    expect(out.join()).toContain(option)
  for (const option of ['--neighbour', '--client', '--redirect-uri'])
    expect(out.join()).toContain(option)
})
