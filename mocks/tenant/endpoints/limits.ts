import { limitAt } from '../../model/limits.ts'
import { identifier, STREAM } from '../../model/noise.ts'
import { instantOf } from '../../model/world.ts'
import { badRequest, notFound, ok } from '../reply.ts'
import { type Call, pageOf, type Route } from '../route.ts'
import {
  CONNECTION_LIMIT,
  DOCUMENTED_LIMITS,
  type DocumentedLimit,
  NAMESPACES,
} from './limitRegistry.ts'

const LIMITS = '/api/v2/organizations/limits'
/** How long a change request was under way before its limit came into force. */
const REQUEST_LEAD_SEC = 1500
const APPROVAL_LEAD_SEC = 600

const isConnectionLimit = (limit: DocumentedLimit) => limit.key === CONNECTION_LIMIT.key

/** The value in force for this organisation. */
const effectiveValue = ({ book, world, sec }: Call, limit: DocumentedLimit) =>
  isConnectionLimit(limit) ? (book.cap() ?? limitAt(world, sec)) : limit.defaultValue

function limitsOf(call: Call, valueOf: (limit: DocumentedLimit) => number) {
  const namespace = call.params.namespaceName ?? ''
  if (!NAMESPACES[namespace]) throw notFound(`The namespace ${namespace}`)
  return {
    entities: DOCUMENTED_LIMITS.filter((limit) => limit.namespace === namespace).map((limit) => ({
      key: limit.key,
      namespace,
      value: valueOf(limit),
    })),
  }
}

const docs = () => ({
  url: 'https://example.com/limits',
  namespaces: Object.entries(NAMESPACES).map(([name, friendlyName]) => ({
    name,
    friendlyName,
    limits: DOCUMENTED_LIMITS.filter(({ namespace }) => namespace === name).map(
      ({ key, defaultValue, description, trackable }) => ({
        key,
        defaultValue,
        description,
        configurable: key === CONNECTION_LIMIT.key,
        trackable,
      }),
    ),
  })),
})

/** Each step of the scenario's limit but the first was asked for, approved, and then made. */
function changeRequests({ world, sec, book }: Call) {
  if (book.cap() !== null) return []
  const { limits } = world.scenario
  return limits.slice(1).flatMap((step, index) => {
    const createdAt = step.from - REQUEST_LEAD_SEC
    if (sec < createdAt) return []
    const iso = (at: number) => new Date(instantOf(world, at)).toISOString()
    const id = identifier(world.seed, index + 10, STREAM.organisation)
    const history = [
      { at: createdAt, status: 'Open' },
      { at: step.from - APPROVAL_LEAD_SEC, status: 'Approved' },
      { at: step.from, status: 'ChangeImplemented' },
    ].filter(({ at }) => at <= sec)
    const status = history.at(-1)!.status
    return [
      {
        id,
        ...CONNECTION_LIMIT,
        requestedValue: step.value,
        currentValue: limits[index]!.value,
        description: 'Connections were refused during a load test',
        supportCaseUrl: `https://example.com/cases/${id}`,
        status,
        dateCreated: iso(createdAt),
        ...(status === 'ChangeImplemented' ? { dateCompleted: iso(step.from) } : {}),
        statusHistory: history.map((change, i) => ({
          dateStatusChanged: iso(change.at),
          status: change.status,
          ...(i > 0 ? { previousStatus: history[i - 1]!.status } : {}),
        })),
        selfUri: `${LIMITS}/changerequests/${id}`,
      },
    ]
  })
}

/** A bound of the list: epoch milliseconds. */
function boundOf(url: URL, name: string, fallback: number): number {
  const text = url.searchParams.get(name)
  if (text === null) return fallback
  const value = Number(text)
  if (!Number.isFinite(value)) throw badRequest(`${name} must be an epoch time`, 'invalid.value')
  return value
}

function listedRequests(call: Call) {
  const { url } = call
  const status = url.searchParams.get('status')
  const after = boundOf(url, 'after', Number.NEGATIVE_INFINITY)
  const before = boundOf(url, 'before', Number.POSITIVE_INFINITY)
  const withHistory = url.searchParams.getAll('expand').includes('statusHistory')
  const found = changeRequests(call)
    .filter((request) => status === null || request.status === status)
    .filter(({ dateCreated }) => {
      const createdMs = Date.parse(dateCreated)
      return createdMs >= after && createdMs <= before
    })
    .map(({ statusHistory, ...request }) => (withHistory ? { ...request, statusHistory } : request))
  return { entities: found, selfUri: url.pathname + url.search }
}

const REQUESTS_SEEN = ['limits:organization:view']

export const limitRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: `${LIMITS}/namespaces`,
    answer: ({ url }) => {
      const names = Object.keys(NAMESPACES)
      return ok(pageOf(url, names.length, (index) => names[index]!))
    },
  },
  {
    method: 'GET',
    path: `${LIMITS}/namespaces/{namespaceName}`,
    answer: (call) => ok(limitsOf(call, (limit) => effectiveValue(call, limit))),
  },
  {
    method: 'GET',
    path: `${LIMITS}/namespaces/{namespaceName}/defaults`,
    answer: (call) => ok(limitsOf(call, ({ defaultValue }) => defaultValue)),
  },
  { method: 'GET', path: `${LIMITS}/docs`, answer: () => ok(docs()) },
  {
    method: 'GET',
    path: `${LIMITS}/changerequests`,
    permissions: REQUESTS_SEEN,
    answer: (call) => ok(listedRequests(call)),
  },
  {
    method: 'GET',
    path: `${LIMITS}/changerequests/{requestId}`,
    permissions: REQUESTS_SEEN,
    answer: (call) => {
      const found = changeRequests(call).find(({ id }) => id === call.params.requestId)
      if (!found) throw notFound('The change request')
      return ok(found)
    },
  },
]
