import * as z from 'zod/mini'
import type { LimitRequest, RegistryFailure, RequestFacts } from '#domain/limits/registryFact.ts'
import type { AskContext } from '../../polledSource.ts'
import { parseShape } from '../../shape.ts'
import { instantShape } from '../catalogue/instantShape.ts'
import { askJson, type Call } from '../client.ts'
import type { Connection } from '../connection.ts'
import { registryCall, toldValue } from './registryCall.ts'

const PATH = 'changerequests'
/** A year of requests of an organisation is a few dozen: more pages than this are no list of them. */
const MOST_PAGES = 20

const pageShape = z.object({
  entities: z.array(z.unknown()),
  nextUri: z.optional(z.nullable(z.string())),
})

const optionalInstant = () => z.optional(z.nullable(instantShape()))
const requestShape = z.object({
  id: z.optional(z.nullable(z.string())),
  key: z.string().check(z.minLength(1)),
  namespace: z.string().check(z.minLength(1)),
  requestedValue: toldValue(),
  currentValue: z.optional(z.nullable(toldValue())),
  status: z.string(),
  dateCreated: optionalInstant(),
  dateCompleted: optionalInstant(),
  rejectReason: z.optional(z.nullable(z.string())),
})

/**
 * Requests to change limits, of the last year, whatever became of them (facts §1.1.4). Entries that
 * cannot be read are left out, and the answer says how many. Throws as `askJson` does.
 */
export async function readRequests(
  context: AskContext,
  connection: Connection,
): Promise<RequestFacts> {
  const requests: LimitRequest[] = []
  let unread = 0
  let call: Call | null = registryCall(PATH, { pageSize: '100' })
  for (let page = 0; call && page < MOST_PAGES; page += 1) {
    const { entities, nextUri }: z.infer<typeof pageShape> = await askJson(
      context,
      connection,
      call,
      pageShape,
    )
    for (const entry of entities) {
      const request = parseShape(requestShape, entry)
      if (request.ok) requests.push(requestOf(request.value))
      else unread += 1
    }
    call = nextUri ? nextPage(nextUri) : null
  }
  const reason = `${unread} of ${requests.length + unread} change requests could not be read.`
  const failure: RegistryFailure = { kind: 'failed', reason, permission: null }
  const answer = { at: context.now(), failure: unread > 0 ? failure : null }
  return { kind: 'requests', answer, requests }
}

/** Only what is after the question mark is taken: a foreign address must lead nowhere else. */
function nextPage(uri: string): Call {
  const query = new URLSearchParams(uri.slice(uri.indexOf('?') + 1))
  return registryCall(PATH, Object.fromEntries(query))
}

function requestOf(told: z.infer<typeof requestShape>): LimitRequest {
  const { namespace, key, dateCreated = null, dateCompleted = null } = told
  return {
    id: told.id ?? `${namespace}/${key}/${dateCreated ?? dateCompleted ?? ''}`,
    namespace,
    key,
    requestedValue: told.requestedValue,
    currentValue: told.currentValue ?? null,
    status: told.status,
    createdAt: dateCreated,
    completedAt: dateCompleted,
    rejectReason: told.rejectReason ?? null,
  }
}
