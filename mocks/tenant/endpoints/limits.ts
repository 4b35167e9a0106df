import { notFound, ok } from '../reply.ts'
import { type Call, pageOf, type Route } from '../route.ts'
import { NAMESPACES } from '../registry/namespaces.ts'
import { defaultOf, defaultsIn, namespacesOf, REGISTRY, valuesIn } from '../registry/registry.ts'

const LIMITS = '/api/v2/organizations/limits'
/** Namespaces on a page, unless the request says how many (facts §1.1). */
const USUAL_PAGE_SIZE = 100

function namespaceOf(call: Call): string {
  const name = call.params.namespaceName ?? ''
  if (!namespacesOf(call).includes(name)) throw notFound(`The namespace ${name}`)
  return name
}

/** The list that the platform publishes: most keys, but not all. */
const docs = (call: Call) => ({
  url: 'https://example.com/limits',
  namespaces: Object.entries(NAMESPACES).map(([name, friendlyName]) => ({
    name,
    friendlyName,
    limits: REGISTRY.filter((limit) => limit.namespace === name && !limit.isUndocumented).map(
      (limit) => ({
        key: limit.key,
        defaultValue: defaultOf(call, limit),
        description: limit.description,
        configurable: limit.configurable,
        trackable: limit.trackable,
      }),
    ),
  })),
})

export const limitRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: `${LIMITS}/namespaces`,
    answer: (call) => {
      const names = namespacesOf(call)
      return ok(pageOf(call.url, names.length, (index) => names[index]!, USUAL_PAGE_SIZE))
    },
  },
  {
    method: 'GET',
    path: `${LIMITS}/namespaces/{namespaceName}`,
    answer: (call) => ok({ entities: valuesIn(call, namespaceOf(call)) }),
  },
  {
    method: 'GET',
    path: `${LIMITS}/namespaces/{namespaceName}/defaults`,
    answer: (call) => ok({ entities: defaultsIn(call, namespaceOf(call)) }),
  },
  { method: 'GET', path: `${LIMITS}/docs`, answer: (call) => ok(docs(call)) },
]
