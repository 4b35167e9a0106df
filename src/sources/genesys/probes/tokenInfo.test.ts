import { expect, test } from 'vitest'
import { epochMs, orgId } from '#domain/units.ts'
import { answering, json } from '#testing/answering.ts'
import { memoryTokens, tokenUntil } from '#testing/monitorSetup.ts'
import { addressesOf } from '../addresses.ts'
import { readTokenInfo } from './tokenInfo.ts'

function read(reply: unknown) {
  const network = answering(() => json(reply))
  const connection = {
    org: orgId('demo'),
    addresses: addressesOf('mypurecloud.de'),
    clientId: 'c',
    tokens: memoryTokens(tokenUntil(epochMs(Number.MAX_SAFE_INTEGER))),
  }
  return { network, info: readTokenInfo(network.context, connection) }
}

test('tells scopes and which of ours are missing; the full scope contains the read-only one', async () => {
  const { network, info } = read({ authorizedScope: ['analytics', 'telephony:readonly'] })
  const { scopes, missing } = await info
  expect(scopes).toEqual(['analytics', 'telephony:readonly'])
  expect(missing).not.toContain('analytics:readonly')
  expect(missing).not.toContain('telephony:readonly')
  expect(missing).toContain('notifications')
  expect(network.asked[0]!.url.search).toBe('?preserveIdleTTL=true')
})

test('a token that names no scope is not said to lack any', async () => {
  expect(await read({}).info).toEqual({ scopes: [], missing: [] })
  expect(await read({ authorizedScope: [] }).info).toEqual({ scopes: [], missing: [] })
})

test('scopes that are no list are refused by name', async () => {
  await expect(read({ authorizedScope: 'all' }).info).rejects.toThrow(/authorizedScope is "all"/)
})
