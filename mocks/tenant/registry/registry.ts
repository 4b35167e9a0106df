import { CONNECTION_LIMIT, limitAt } from '../../model/limits.ts'
import { noiseAt, STREAM } from '../../model/noise.ts'
import { TOKEN_RATE } from '../../model/rateUse.ts'
import type { World } from '../../model/world.ts'
import type { RegistryChange } from '../../scenarios/scenario.ts'
import type { Call } from '../route.ts'
import { NAMESPACES } from './namespaces.ts'
import type { RegistryOverrides } from './overrides.ts'
import type { RegistryLimit } from './registryLimit.ts'
import { APPLICATION_RATE, SEEN_LIMITS } from './seenLimits.ts'
import { SIMULATED_LIMITS } from './simulatedLimits.ts'

/** Every limit that the platform knows. */
export const REGISTRY: readonly RegistryLimit[] = [...SIMULATED_LIMITS, ...SEEN_LIMITS]

type Place = Pick<RegistryLimit, 'namespace' | 'key'>
const placeOf = ({ namespace, key }: Place) => `${namespace} ${key}`
const isAt = (limit: Place, place: Place) => placeOf(limit) === placeOf(place)

/** Overrides of keys that no platform knows: an organisation may have them all the same. */
const unheardOf = (overrides: RegistryOverrides): Place[] =>
  Object.keys(overrides)
    .map((name) => {
      const cut = name.indexOf(' ')
      return { namespace: name.slice(0, cut), key: name.slice(cut + 1) }
    })
    .filter((place) => !REGISTRY.some((limit) => isAt(limit, place)))

/** The namespaces that an organisation has, in the order in which they are listed. */
export const namespacesOf = ({ registry }: Pick<Call, 'registry'>): string[] => [
  ...new Set([
    ...Object.keys(NAMESPACES),
    ...unheardOf(registry).map(({ namespace }) => namespace),
  ]),
]

/** What stands in a scenario's plan for a limit by now; null where nothing has changed. */
function changeOf(
  { world, sec }: Pick<Call, 'world' | 'sec'>,
  limit: Place,
): RegistryChange | null {
  const { registryChanges } = world.scenario
  return registryChanges.findLast((change) => change.at <= sec && isAt(change, limit)) ?? null
}

/** What the platform gives everybody. */
export function defaultOf(call: Pick<Call, 'world' | 'sec'>, limit: RegistryLimit): number {
  const change = changeOf(call, limit)
  return change?.of === 'platform' ? change.value : limit.defaultValue
}

const EVERY_FIFTH = 0.2

/** Some limits were agreed with the organisation long ago; which, its scenario and seed say. */
function agreedValue({ seed, scenario }: World, limit: RegistryLimit): number | null {
  if (!limit.configurable || limit.defaultValue < 10) return null
  const place = REGISTRY.indexOf(limit) + 1000 * scenario.name.length
  if (noiseAt(seed + scenario.name.charCodeAt(0), place, STREAM.registry) > EVERY_FIFTH) return null
  return 2 * limit.defaultValue
}

/** What is in force for this organisation. */
function valueOf(call: Call, limit: RegistryLimit): number {
  const { registry, book, world, sec, requestsPerMinute } = call
  const override = registry[placeOf(limit)]
  if (override !== undefined) return override
  if (isAt(limit, CONNECTION_LIMIT)) return book.cap() ?? limitAt(world, sec)
  if (isAt(limit, TOKEN_RATE) || isAt(limit, APPLICATION_RATE)) return requestsPerMinute
  const change = changeOf(call, limit)
  if (change) return change.value
  return limit.ownValue ?? agreedValue(world, limit) ?? limit.defaultValue
}

type Entry = Place & { value: number }

/** The organisation's values in one namespace, unheard-of keys last. */
export function valuesIn(call: Call, namespace: string): Entry[] {
  const known = REGISTRY.filter((limit) => limit.namespace === namespace)
  const extra = unheardOf(call.registry).filter((place) => place.namespace === namespace)
  return [
    ...known.map((limit) => ({ key: limit.key, namespace, value: valueOf(call, limit) })),
    ...extra.map(({ key }) => ({ key, namespace, value: call.registry[`${namespace} ${key}`]! })),
  ]
}

/** The platform's values in one namespace. */
export const defaultsIn = (call: Call, namespace: string): Entry[] =>
  REGISTRY.filter((limit) => limit.namespace === namespace).map((limit) => ({
    key: limit.key,
    namespace,
    value: defaultOf(call, limit),
  }))
