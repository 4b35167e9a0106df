import type { LimitKey } from '#domain/limits/limitKey.ts'
import type { NamespaceFacts, RegistryFact } from '#domain/limits/registryFact.ts'
import { isUsableLimit } from '#domain/limits/keySteps.ts'
import { type Observation, observation } from '#domain/observation.ts'
import { type EpochMs, HOUR_MS, metricId, MINUTE_MS, sourceId } from '#domain/units.ts'
import type { AskContext, PolledSource } from '../../polledSource.ts'
import { seconds } from '../catalogue/genesysMetric.ts'
import type { Connection } from '../connection.ts'
import { readList } from './readList.ts'
import { namesToRead, readNamespaceWhole } from './readWholeRegistry.ts'
import { NAMESPACE_NAMES } from './namespaceNames.ts'

/** Tidemark's own request rate is limited by one of these, whichever the organisation has. */
const OWN_RATE = {
  metric: metricId('api.requestsPerMinute'),
  namespace: 'platform.api',
  keys: ['token.rate.per.minute', 'client.credentials.token.rate.per.minute'],
} as const

const EVERY = seconds(20)
/** A few namespaces at a time: all of them at once would be the largest burst of the day. */
const FIRST_TURNS = 8
/** A later round is spread over this long. */
const ROUND_MS = 15 * MINUTE_MS
const DOCS_EVERY_MS = HOUR_MS

/**
 * The organisation's registry of limits, read all the time, a few namespaces each turn: the first round
 * takes about four minutes with 86 of them, each later one a quarter of an hour (6 requests a minute).
 * A namespace that cannot be read is told as such and stops no other.
 */
export function registrySource(connection: Connection): PolledSource {
  let docs: readonly NamespaceFacts[] = []
  let docsAt: EpochMs | null = null
  let names: readonly string[] = []
  let next = 0
  /** When the present round began; null in the first, which is in a hurry. */
  let roundAt: EpochMs | null = null
  /** Read in a turn that then failed: told with the next one. */
  let untold: RegistryFact[] = []

  async function learnNames(context: AskContext) {
    const list = await readList(context, connection)
    docs = list.docs ?? docs
    names = namesToRead(docs, list.names ?? NAMESPACE_NAMES)
    docsAt = context.now()
    untold.push(...docs)
  }

  /** How many of the round should be read by now. A round that is over gives way to the next. */
  function wantedBy(now: EpochMs): number {
    if (roundAt === null && next < names.length) return Math.min(names.length, next + FIRST_TURNS)
    if (roundAt === null || (next === names.length && now - roundAt >= ROUND_MS)) {
      roundAt = now
      next = 0
    }
    return Math.min(names.length, Math.ceil((names.length * (now - roundAt)) / ROUND_MS))
  }

  async function ask(context: AskContext): Promise<Observation> {
    if (docsAt === null || (next === names.length && context.now() - docsAt >= DOCS_EVERY_MS))
      await learnNames(context)
    const until = wantedBy(context.now())
    while (next < until) {
      untold.push(...(await readNamespaceWhole(context, connection, names[next]!, docs)))
      next += 1
    }
    const facts = untold
    untold = []
    return observation({ registry: facts, limits: facts.flatMap(ownRateIn) })
  }

  return {
    id: sourceId('genesys.limitRegistry'),
    title: 'Limits of the organisation',
    everyMs: EVERY,
    metrics: [],
    ask,
  }
}

/** What the registry says of Tidemark's own request rate, where it is what was read. */
function ownRateIn(fact: RegistryFact): Observation['limits'] {
  if (fact.kind !== 'namespace' || fact.namespace !== OWN_RATE.namespace || !fact.answer) return []
  for (const key of OWN_RATE.keys) {
    const value = fact.keys.find((one) => one.key === key)?.effective.at(-1)?.value ?? null
    if (value === null || !isUsableLimit(value)) continue
    const source = `${OWN_RATE.namespace} ${key}`
    return [{ metric: OWN_RATE.metric, step: { from: fact.answer.at, value, source } }]
  }
  return []
}

/** The key that limits Tidemark's own request rate where the organisation has the usual one. */
export const OWN_RATE_KEY: LimitKey = { namespace: OWN_RATE.namespace, key: OWN_RATE.keys[0] }
