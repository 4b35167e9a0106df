import { expect, test } from 'vitest'
import { steeredTenant } from '../steeredTenant.ts'

const PATH = '/api/v2/organizations/me'

async function setup(options: Parameters<typeof steeredTenant>[1]) {
  const steered = steeredTenant('quiet', options)
  await steered.signIn()
  const ask = async () => {
    const { status, headers } = await steered.fetch(PATH)
    const number = (name: string) => Number(headers.get(name))
    return {
      status,
      count: number('inin-ratelimit-count'),
      allowed: number('inin-ratelimit-allowed'),
      resetSec: number('inin-ratelimit-reset'),
      waitSec: number('Retry-After'),
    }
  }
  return { ...steered, ask }
}

test('a token may be allowed fewer requests, and header, refusal and registry say how many', async () => {
  const { ask, fetch, json } = await setup({ requestsPerMinute: 3 })
  const limits = await json<{ entities: { key: string; value: number }[] }>(
    '/api/v2/organizations/limits/namespaces/platform.api',
  )
  expect(limits.entities.find(({ key }) => key === 'token.rate.per.minute')!.value).toBe(3)
  await ask()
  expect(await ask()).toMatchObject({ status: 200, count: 3, allowed: 3 })
  const refused = await fetch(PATH)
  expect(refused.status).toBe(429)
  expect(await refused.json()).toMatchObject({
    limit: { namespace: 'platform.api', key: 'token.rate.per.minute', value: 3 },
  })
})

test("a neighbour's requests count with the own ones, evenly over the minute", async () => {
  const { ask, wait } = await setup({ requestsPerMinute: 180, neighbourShare: 0.5 })
  expect((await ask()).count).toBe(1)
  wait(30_000)
  expect((await ask()).count).toBe(47)
  wait(29_000)
  expect((await ask()).count).toBe(91)
  wait(1_000)
  expect(await ask()).toMatchObject({ count: 1, resetSec: 60 })
})

test('an allowance that a neighbour uses up refuses every token, until the minute is over', async () => {
  const { ask, wait, signIn } = await setup({ requestsPerMinute: 180, neighbourShare: 1.2 })
  wait(45_000)
  expect((await ask()).status).toBe(200)
  wait(5_000)
  expect(await ask()).toMatchObject({ status: 429, count: 180, waitSec: 10 })
  await signIn('another')
  expect((await ask()).status).toBe(429)
  wait(10_000)
  expect((await ask()).status).toBe(200)
})
