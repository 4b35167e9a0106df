import { identifier, STREAM } from './model/noise.ts'
import { TOKEN_RATE } from './model/rateUse.ts'
import { createWorld, simSecAt, type World } from './model/world.ts'
import type { Scenario } from './scenarios/scenario.ts'
import { createApi } from './tenant/api.ts'
import { createChannels } from './tenant/channels.ts'
import { corsHeaders, preflight } from './tenant/cors.ts'
import { organisationIdOf, userOf } from './tenant/endpoints/organisation.ts'
import { createFaults, type FaultRule, spoilt } from './tenant/faults.ts'
import { aborted, brokenReply, gatewayResponse, throwFault } from './tenant/faultReplies.ts'
import { changesSince } from './tenant/feed.ts'
import { createOAuth } from './tenant/oauth.ts'
import type { RegistryOverrides } from './tenant/registry/overrides.ts'
import { ApiFailure, badRequest, errorBody, notFound, ok, type Reply } from './tenant/reply.ts'
import { createSocketBook } from './tenant/socketBook.ts'
import { createSockets, type Upgrade } from './tenant/sockets.ts'
import { createTokens } from './tenant/tokens.ts'

export type TenantOptions = {
  scenario: Scenario
  seed: number
  /** In place of the scenario's name for it; the id stays that of scenario and seed. */
  organisationName?: string | undefined
  /** When the live part begins; an hour of made-up past lies before it. */
  startMs: number
  now: () => number
  /** Counts real sockets against this cap; left out, the scenario plays the connections. */
  maxConnections?: number | undefined
  /** Exposes no header to pages of other origins. */
  withholdHeaders?: boolean | undefined
  /** Gives a refresh token with an authorization code; the vendor's PKCE may not (facts §7.2). */
  givesRefreshToken?: boolean | undefined
  /** Overrides the scenario's token lifetime. */
  tokenLifetimeSec?: number | undefined
  /** Beside those the scenario's user lacks. */
  missingPermissions?: readonly string[] | undefined
  /** Values that stand in the registry of limits whatever the simulation says. */
  registry?: RegistryOverrides | undefined
  /** Requests a minute that one token may make; 300 unless said. */
  requestsPerMinute?: number | undefined
  /**
   * The part of that allowance which other clients use, from 0 on. It is then one allowance for all tokens,
   * and who comes after it is used up is answered 429, whoever used it.
   */
  neighbourShare?: number | undefined
  /** The only clients that the login knows; left out, it knows all. */
  clientIds?: readonly string[] | undefined
  /** The only addresses that the login sends people back to; left out, it sends them anywhere. */
  redirectUris?: readonly string[] | undefined
  /** What the feed asks for in `Authorization: Bearer`; left out, it asks for nothing. */
  feedBearer?: string | undefined
  faults?: readonly FaultRule[] | undefined
  /** Path under which the tenant is reached from outside, e.g. `/simulated/abc`. */
  basePath?: string | undefined
}

/** One simulated organisation behind one address: API, login, feed and sockets. */
export type Tenant = {
  readonly world: World
  /** Id and name as the feed and the API tell them. */
  readonly organisation: { id: string; name: string }
  /** Answers any HTTP request. Rejects only where a fault lets a request hang until it is aborted. */
  fetch: (request: Request) => Promise<Response>
  /** Decides about a WebSocket handshake: a `Response` refuses it. */
  upgrade: (url: URL) => Upgrade
  /** Sockets open now. */
  openSockets: () => number
  /** From now on these faults, in place of all before. */
  setFaults: (rules: readonly FaultRule[]) => void
  /** Throws a RangeError where the scenario plays the connections. */
  setMaxConnections: (cap: number) => void
  /** From now on these values stand in the registry, in place of all before. */
  setRegistry: (overrides: RegistryOverrides) => void
  revokeTokens: () => void
}

/** A network drop makes the gateway fail for this long, too (scenario `flapping-network`). */
const GATEWAY_DOWN_SEC = 8

export function createTenant(options: TenantOptions): Tenant {
  const { seed, now } = options
  const { organisationName = options.scenario.organisation } = options
  const scenario = { ...options.scenario, organisation: organisationName }
  const world = createWorld(scenario, seed, options.startMs)
  const organisation = { id: organisationIdOf(world), name: scenario.organisation }
  const tokens = createTokens({
    seed,
    now,
    lifetimeSec: options.tokenLifetimeSec ?? scenario.tokenLifetimeSec,
  })
  const book = createSocketBook({ seed, now, cap: options.maxConnections ?? null })
  const channels = createChannels(seed, now)
  const sockets = createSockets(book, channels)
  const faults = createFaults(options.faults)
  const { requestsPerMinute = TOKEN_RATE.value, neighbourShare } = options
  const api = createApi(
    { now, allowed: requestsPerMinute, startMs: world.startMs, neighbourShare },
    [...scenario.missingPermissions, ...(options.missingPermissions ?? [])],
  )
  const oauth = createOAuth({
    seed,
    now,
    tokens,
    user: userOf(world),
    organisation: organisation.name,
    givesRefreshToken: options.givesRefreshToken ?? false,
    clientIds: options.clientIds ?? null,
    redirectUris: options.redirectUris ?? null,
  })
  let registry = options.registry ?? {}
  let answered = 0

  function feed(request: Request, url: URL): Reply {
    const { feedBearer } = options
    if (feedBearer !== undefined && request.headers.get('Authorization') !== `Bearer ${feedBearer}`)
      throw new ApiFailure(401, 'authentication.required', 'The feed asks for its bearer token')
    if (url.pathname === '/v1/organisations') return ok([{ ...organisation, region: 'simulated' }])
    const asked = url.searchParams.get('organisation')
    if (asked === null) throw badRequest('organisation is missing')
    if (asked !== organisation.id) throw notFound(`The organisation ${asked}`)
    const page = changesSince(world, book, now(), url.searchParams.get('after'))
    if (!page) throw new ApiFailure(410, 'gone', 'The cursor is unknown: start again without it')
    return ok(page)
  }

  async function replyTo(request: Request, url: URL): Promise<Reply> {
    if (url.pathname.startsWith('/api/')) {
      const nowMs = now()
      const socketBase = url.origin.replace(/^http/, 'ws') + (options.basePath ?? '')
      const sec = simSecAt(world, nowMs)
      return api(request, url, {
        tokens,
        channels,
        book,
        registry,
        requestsPerMinute,
        world,
        sec,
        nowMs,
        socketBase,
      })
    }
    if (request.method === 'GET' && /^\/v1\/(organisations|changes)$/.test(url.pathname))
      return feed(request, url)
    const login = await oauth.answer(request, url)
    if (!login) throw notFound(url.pathname)
    return login
  }

  function responseOf(reply: Reply, correlationId: string): Response {
    const headers = {
      'ININ-Correlation-Id': correlationId,
      'Cache-Control': 'no-store',
      ...corsHeaders(options.withholdHeaders ?? false),
      ...reply.headers,
    }
    if (reply.text)
      return new Response(reply.text.content, {
        status: reply.status,
        headers: { ...headers, 'Content-Type': reply.text.type },
      })
    if (reply.body === undefined) return new Response(null, { status: reply.status, headers })
    return new Response(JSON.stringify(reply.body), {
      status: reply.status,
      headers: { ...headers, 'Content-Type': 'application/json' },
    })
  }

  async function answer(request: Request, url: URL, fault: FaultRule | null) {
    if (fault) throwFault(fault)
    const reply = await replyTo(request, url)
    if (!fault) return reply
    if (fault.kind === 'malformed' || fault.kind === 'html') return brokenReply(reply, fault)
    return { ...reply, body: spoilt(reply.body, fault) }
  }

  function isGatewayDown(): boolean {
    const { drops } = scenario
    const sec = simSecAt(world, now())
    return (
      drops !== null &&
      sec >= drops.firstAt &&
      (sec - drops.firstAt) % drops.everySec < GATEWAY_DOWN_SEC
    )
  }

  return {
    world,
    organisation,
    async fetch(request) {
      const url = new URL(request.url)
      if (request.method === 'OPTIONS') return preflight(request)
      const fault = faults.take(request.method, url)
      const isApi = url.pathname.startsWith('/api/')
      if (fault?.kind === 'noCors503' || (isApi && isGatewayDown())) return gatewayResponse()
      if (fault?.kind === 'hang') return aborted(request.signal)
      answered += 1
      const correlationId = identifier(seed ^ 0x5eed, answered, STREAM.request)
      try {
        return responseOf(await answer(request, url, fault), correlationId)
      } catch (error) {
        if (!(error instanceof ApiFailure)) throw error
        const { status, headers } = error
        return responseOf({ status, headers, body: errorBody(error, correlationId) }, correlationId)
      }
    },
    upgrade: (socketUrl) => sockets.upgrade(socketUrl),
    openSockets: () => book.open(),
    setFaults: (rules) => faults.set(rules),
    setMaxConnections(cap) {
      if (book.cap() === null)
        throw new RangeError('This tenant was started without a cap on connections')
      book.setCap(cap)
    },
    setRegistry: (overrides) => {
      registry = overrides
    },
    revokeTokens: () => tokens.revokeAll(),
  }
}
