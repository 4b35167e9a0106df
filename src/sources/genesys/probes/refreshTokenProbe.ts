import { failGenesys } from '../genesysError.ts'
import type { Probe } from './probe.ts'

/** P10: whether the sign-in can be renewed without a person (facts §7.2). */
export const refreshTokenProbe: Probe = {
  id: 'P10',
  title: 'Renewal of the sign-in',
  decides: 'whether the sign-in is renewed by itself',
  calls: [],
  permissions: [],
  read: async ({ connection }) => {
    const token = connection.tokens.get()
    if (!token) throw failGenesys('unauthorised', 'Nobody is signed in to this organisation.')
    return [
      token.refreshToken === null
        ? 'The token came without a refresh token, or it was refused since: somebody has to click when it ends.'
        : 'The token came with a refresh token: Tidemark renews it shortly before it ends.',
    ]
  },
}
