import { changeRequestsAt, type StandingRequest } from '../../model/changeRequests.ts'
import { identifier, STREAM } from '../../model/noise.ts'
import { instantOf } from '../../model/world.ts'
import { badRequest, notFound, ok } from '../reply.ts'
import { type Call, countOf, type Route } from '../route.ts'

const REQUESTS = '/api/v2/organizations/limits/changerequests'
const DAY_MS = 86_400_000
/** What a list reaches over: without a bound, and from the only one that is given (facts §1.1.4). */
const UNBOUNDED_DAYS = 365
const ONE_BOUND_DAYS = 180

const DONE = new Set(['ChangeImplemented', 'Rejected', 'RollbackImplemented'])

function shown({ world }: Call, request: StandingRequest) {
  const iso = (at: number) => new Date(instantOf(world, at)).toISOString()
  const { namespace, key, from, to, description, history, rejectReason, place } = request
  const id = identifier(world.seed, place + 10, STREAM.organisation)
  const last = history.at(-1)!
  return {
    id,
    namespace,
    key,
    requestedValue: to,
    currentValue: from,
    description,
    supportCaseUrl: `https://example.com/cases/${id}`,
    status: last.status,
    dateCreated: iso(history[0]!.at),
    ...(DONE.has(last.status) ? { dateCompleted: iso(last.at) } : {}),
    ...(last.status === 'Rejected' && rejectReason ? { rejectReason } : {}),
    statusHistory: history.map(({ at, status }, i) => ({
      dateStatusChanged: iso(at),
      status,
      ...(i > 0 ? { previousStatus: history[i - 1]!.status } : {}),
    })),
    selfUri: `${REQUESTS}/${id}`,
  }
}

const requestsOf = (call: Call) =>
  changeRequestsAt(call.world, call.sec, { areSocketsReal: call.book.cap() !== null }).map(
    (request) => shown(call, request),
  )

/** A bound of the list, in epoch milliseconds; null where it is not given. */
function boundOf(url: URL, name: string): number | null {
  const text = url.searchParams.get(name)
  if (text === null) return null
  const value = Number(text)
  if (!Number.isFinite(value)) throw badRequest(`${name} must be an epoch time`, 'invalid.value')
  return value
}

function windowOf({ url, nowMs }: Call): { afterMs: number; beforeMs: number } {
  const after = boundOf(url, 'after')
  const before = boundOf(url, 'before')
  const reachMs = ONE_BOUND_DAYS * DAY_MS
  if (after === null && before === null)
    return { afterMs: nowMs - UNBOUNDED_DAYS * DAY_MS, beforeMs: nowMs }
  return {
    afterMs: after ?? before! - reachMs,
    beforeMs: before ?? after! + reachMs,
  }
}

/** A list in pages; the next one begins after the last request of this one, in the same window. */
function listed(call: Call) {
  const { url } = call
  const { afterMs, beforeMs } = windowOf(call)
  const status = url.searchParams.get('status')
  const pageSize = countOf(url, 'pageSize', 25, 500)
  const withHistory = url.searchParams
    .getAll('expand')
    .flatMap((names) => names.split(','))
    .includes('statusHistory')
  const found = requestsOf(call).filter((request) => {
    const createdMs = Date.parse(request.dateCreated)
    const isWanted = status === null || request.status === status
    return isWanted && createdMs >= afterMs && createdMs <= beforeMs
  })
  const page = found.slice(0, pageSize)
  return {
    entities: page.map(({ statusHistory, ...request }) =>
      withHistory ? { ...request, statusHistory } : request,
    ),
    ...(found.length > pageSize
      ? { nextUri: nextUri(url, Date.parse(page.at(-1)!.dateCreated) + 1, beforeMs) }
      : {}),
    selfUri: url.pathname + url.search,
  }
}

/** No two requests were made at the same instant, so that the window alone says where a page begins. */
function nextUri(url: URL, afterMs: number, beforeMs: number): string {
  const query = new URLSearchParams(url.searchParams)
  query.set('after', String(afterMs))
  query.set('before', String(beforeMs))
  return `${url.pathname}?${query}`
}

const SEEN = ['limits:organization:view']

export const changeRequestRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: REQUESTS,
    permissions: SEEN,
    answer: (call) => ok(listed(call)),
  },
  {
    method: 'GET',
    path: `${REQUESTS}/{requestId}`,
    permissions: SEEN,
    answer: (call) => {
      const found = requestsOf(call).find(({ id }) => id === call.params.requestId)
      if (!found) throw notFound('The change request')
      return ok(found)
    },
  },
]
