import { crowdedForSec, TOKEN_RATE, USER_RATE } from '../model/rateUse.ts'
import { analyticsRoutes } from './endpoints/analytics.ts'
import { conversationAggregateRoutes } from './endpoints/conversationAggregates.ts'
import { changeRequestRoutes } from './endpoints/changeRequests.ts'
import { limitRoutes } from './endpoints/limits.ts'
import { notificationRoutes } from './endpoints/notifications.ts'
import { organisationRoutes } from './endpoints/organisation.ts'
import { pressureRoutes } from './endpoints/pressure.ts'
import { queueActivityRoutes } from './endpoints/queueActivity.ts'
import { queueRoutes } from './endpoints/queues.ts'
import { screenRoutes } from './endpoints/screens.ts'
import { telephonyRoutes } from './endpoints/telephony.ts'
import { topicRoutes } from './endpoints/topics.ts'
import { trunkRoutes } from './endpoints/trunks.ts'
import { usageRoutes } from './endpoints/usage.ts'
import { createRateLimit, rateHeaders, type RateLimitOptions } from './rateLimit.ts'
import { ApiFailure, badRequest, notFound, type Reply, tooManyRequests } from './reply.ts'
import { type Call, paramsOf, type Route } from './route.ts'

/** Every operation the simulated organisation answers. */
export const ROUTES: readonly Route[] = [
  ...organisationRoutes,
  ...telephonyRoutes,
  ...trunkRoutes,
  ...notificationRoutes,
  ...topicRoutes,
  ...analyticsRoutes,
  ...queueActivityRoutes,
  ...conversationAggregateRoutes,
  ...queueRoutes,
  ...pressureRoutes,
  ...usageRoutes,
  ...screenRoutes,
  ...limitRoutes,
  ...changeRequestRoutes,
]

/** What the tenant knows before a request is understood. */
export type ApiContext = Omit<Call, 'url' | 'params' | 'body' | 'token'>

/**
 * The platform API: signs the caller in, counts against the rate limit, checks permissions, then
 * answers from the model. Throws ApiFailure; rate headers come with both.
 */
export function createApi(rate: RateLimitOptions, missingPermissions: readonly string[]) {
  const rateLimit = createRateLimit(rate)

  function routeOf(method: string, path: string): { route: Route; params: Call['params'] } {
    const fitting = ROUTES.flatMap((route) => {
      const params = paramsOf(route.path, path)
      return params ? [{ route, params }] : []
    })
    if (fitting.length === 0) throw notFound(path)
    const found = fitting.find(({ route }) => route.method === method)
    if (!found) throw new ApiFailure(405, 'method.not.allowed', `${method} is not played here`)
    return found
  }

  function checkPermission({ permissions = [] }: Route) {
    if (permissions.length === 0) return
    if (permissions.some((permission) => !missingPermissions.includes(permission))) return
    const names = permissions.join(', ')
    throw new ApiFailure(
      403,
      'missing.any.permissions',
      `You are missing one of the following permissions: ${names}`,
      { params: { permissions: names } },
    )
  }

  async function answerTo(request: Request, url: URL, call: Omit<Call, 'url' | 'params' | 'body'>) {
    const crowdedSec = crowdedForSec(call.world, call.sec)
    if (crowdedSec !== null) throw tooManyRequests(crowdedSec, USER_RATE)
    const { route, params } = routeOf(request.method, url.pathname)
    checkPermission(route)
    return route.answer({ ...call, url, params, body: await bodyOf(request) })
  }

  return async (request: Request, url: URL, context: ApiContext): Promise<Reply> => {
    const keepsIdleClock = url.searchParams.get('preserveIdleTTL') !== 'true'
    const token = context.tokens.check(request.headers.get('Authorization'), keepsIdleClock)
    if (typeof token === 'string')
      throw new ApiFailure(
        401,
        token,
        token === 'bad.credentials'
          ? 'Invalid login credentials.'
          : 'No authentication bearer token.',
      )
    const state = rateLimit.count(token.value)
    const headers = rateHeaders(state)
    try {
      if (state.isExceeded)
        throw tooManyRequests(state.resetSec, { ...TOKEN_RATE, value: state.allowed })
      const reply = await answerTo(request, url, { ...context, token })
      return { ...reply, headers: { ...headers, ...reply.headers } }
    } catch (error) {
      if (error instanceof ApiFailure) Object.assign(error.headers, headers)
      throw error
    }
  }
}

async function bodyOf(request: Request): Promise<unknown> {
  const text = request.method === 'GET' || request.method === 'HEAD' ? '' : await request.text()
  if (text === '') return null
  try {
    return JSON.parse(text) as unknown
  } catch (cause) {
    throw badRequest(`The request body is not JSON: ${(cause as Error).message}`)
  }
}
