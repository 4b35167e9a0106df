import { identifier, STREAM } from '../../model/noise.ts'
import type { World } from '../../model/world.ts'
import { badRequest, ok } from '../reply.ts'
import type { Call, Route } from '../route.ts'
import { IDLE_TIMEOUT_SEC } from '../tokens.ts'

/** The organisation's id: a different one for each scenario and seed. */
export const organisationIdOf = ({ scenario, seed }: World) =>
  identifier(seed + scenario.name.length * 97, scenario.name.charCodeAt(0), STREAM.organisation)

/** The one person of the organisation that can sign in. */
export const userOf = ({ seed }: World) => ({
  id: identifier(seed, 1, STREAM.people),
  name: 'Ada Fields',
  email: 'ada.fields@example.com',
})

const named = (call: Call) => ({
  id: organisationIdOf(call.world),
  name: call.world.scenario.organisation,
})

const tokenInfo = (call: Call) => ({
  organization: named(call),
  homeOrganization: named(call),
  authorizedScope: [],
  dateTokenIdles: new Date(call.tokens.idlesAtMs(call.token)).toISOString(),
  OAuthClient: {
    id: call.token.clientId,
    name: call.token.clientId,
    authorizedGrantType: call.token.userId === null ? 'CLIENT-CREDENTIALS' : 'CODE',
    scope: [],
  },
})

export const organisationRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v2/organizations/me',
    answer: (call) =>
      ok({
        ...named(call),
        defaultLanguage: 'en-us',
        defaultCountryCode: 'DE',
        domain: `${call.world.scenario.name}.example.com`,
        version: 1,
        state: 'active',
        productPlatform: 'GenesysCloud',
        selfUri: '/api/v2/organizations/me',
      }),
  },
  {
    method: 'GET',
    path: '/api/v2/users/me',
    answer: (call) => {
      const { id, name, email } = userOf(call.world)
      if (call.token.userId === null)
        throw badRequest(
          'This request requires a user context. Client credentials cannot be used for it.',
        )
      return ok({
        id,
        name,
        email,
        username: email,
        state: 'active',
        version: 1,
        selfUri: `/api/v2/users/${id}`,
      })
    },
  },
  { method: 'GET', path: '/api/v2/tokens/me', answer: (call) => ok(tokenInfo(call)) },
  { method: 'HEAD', path: '/api/v2/tokens/me', answer: () => ({ status: 200 }) },
  {
    method: 'DELETE',
    path: '/api/v2/tokens/me',
    answer: ({ tokens, token }) => {
      tokens.revoke(token)
      return { status: 200 }
    },
  },
  {
    method: 'GET',
    path: '/api/v2/tokens/timeout',
    answer: () =>
      ok({
        idleTokenTimeoutSeconds: IDLE_TIMEOUT_SEC,
        enableIdleTokenTimeout: true,
        inactivityTimeoutUnit: 'Hours',
      }),
  },
]
