import { HOUR_MS, later, orgId } from '#domain/units.ts'
import { addressesOf } from '#sources/genesys/addresses.ts'
import type { Connection } from '#sources/genesys/connection.ts'
import { createTokenStore } from '#sources/genesys/tokenStore.ts'
import { answering } from './answering.ts'

/** A signed-in organisation whose network is the given function. */
export function connectedNetwork(answer: Parameters<typeof answering>[0]) {
  const network = answering(answer)
  const { now } = network.context
  const tokens = createTokenStore({ org: orgId('acme'), storage: null, channel: null, now })
  tokens.set({ accessToken: 'secret', expiresAt: later(now(), 24 * HOUR_MS), refreshToken: null })
  const connection: Connection = {
    org: orgId('acme'),
    addresses: addressesOf('mypurecloud.de'),
    clientId: 'c1',
    tokens,
  }
  return { ...network, connection }
}
